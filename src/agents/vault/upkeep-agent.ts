import { transfer } from 'comlink';
import type { Configuration } from '../../config/configuration';
import { effectiveRetentionDays } from '../../config/policy-restriction';
import type { VaultEvent } from '../../vault/maintenance/upkeep-state';
import type { Engine } from '../engine';
import { watchVault } from './vault-watch';

const MINUTE_MS = 60_000;
/** Where everything at intervals happens faster, so does this. */
const FAST_MS = 1_000;

/** Tells the vault how it is to be kept up, and the page how far that is. */
export class UpkeepAgent {
  readonly #engine: Engine;
  readonly #configuration: () => Configuration;

  /** @param configuration as it is at the moment of asking */
  constructor(engine: Engine, configuration: () => Configuration) {
    this.#engine = engine;
    this.#configuration = configuration;
    const line = new MessageChannel();
    line.port1.onmessage = ({ data }: MessageEvent<VaultEvent>) => this.#receive(data);
    void engine.vault.connectEvents(transfer(line.port2, [line.port2]));
    watchVault(engine.store, { onOpened: () => this.look(), onClosed: () => undefined });
  }

  /** The settings or the policy changed, or there is something to do: upkeep looks soon. */
  look(): void {
    const { settings, policy } = this.#engine.store.state;
    const configuration = this.#configuration();
    void this.#engine.vault.configureUpkeep({
      retentionDays: effectiveRetentionDays(configuration, settings, policy),
      rotationDays: configuration.security.keyRotationDays,
      intervalMs: configuration.learning.fastIntervals ? FAST_MS : MINUTE_MS,
    });
  }

  #receive(event: VaultEvent): void {
    const { store } = this.#engine;
    switch (event.kind) {
      case 'upkeep':
        store.set({ upkeep: event.state });
        break;
      case 'expired':
        store.update(({ history, typed }) => ({
          history: history.filter(({ heardAt }) => heardAt >= event.beforeMs),
          typed: typed.filter(({ heardAt }) => heardAt >= event.beforeMs),
        }));
        break;
      case 'closed':
        this.#engine.doubtVault();
        break;
    }
  }
}

import { type Remote, transfer } from 'comlink';
import type { SpeechContract } from '../bridge/speech-contract';
import type { VaultContract } from '../bridge/vault-contract';
import { startWorker } from '../bridge/worker-host';
import { type PlainStorage, readJson, writeJson } from '../config/stored-json';
import { type Clock, systemClock } from '../core/clock';
import type { StateStore } from '../core/state-store';
import type { SpeechEvent } from '../speech/speech-events';
import type { VaultError } from '../vault/vault-types';
import type { EchoState, Notice } from './echo-state';

/** What the agents of the page share. */
export interface Engine {
  readonly store: StateStore<EchoState>;
  readonly speech: Remote<SpeechContract>;
  readonly vault: Remote<VaultContract>;
  readonly clock: Clock;
  onEvent(listener: (event: SpeechEvent) => void): void;
  /** Tells the speech worker the settings as they are now. */
  configure(): Promise<void>;
  terminate(): void;
}

const BACKEND_KEY = 'claude-echo.backend';

/** Starts both workers and gives them a line to each other, so that sound never crosses the page. */
export function startEngine(
  store: StateStore<EchoState>,
  addresses: { readonly speechWorker: string; readonly vaultWorker: string },
  storage: PlainStorage,
): Engine {
  const onCrash = (detail: string): void => store.set({ vault: { kind: 'unavailable', detail } });
  const speechHost = startWorker<SpeechContract>(addresses.speechWorker, 'speech', onCrash);
  const vaultHost = startWorker<VaultContract>(addresses.vaultWorker, 'vault', onCrash);
  const speech = speechHost.remote;
  const vault = vaultHost.remote;

  const line = new MessageChannel();
  void vault.connect(transfer(line.port1, [line.port1]));
  void speech.connectVault(transfer(line.port2, [line.port2]));

  const events = new MessageChannel();
  void speech.connectEvents(transfer(events.port2, [events.port2]));
  return {
    store,
    speech,
    vault,
    clock: systemClock,
    onEvent: (listener) => {
      events.port1.onmessage = ({ data }: MessageEvent<SpeechEvent>) => {
        if (data.kind === 'backend' && data.memory !== undefined)
          writeJson(storage, BACKEND_KEY, data.memory);
        listener(data);
      };
    },
    configure: () => {
      const { endpointing, history, compute } = store.state.settings;
      return speech.configure({ endpointing, history, compute }, readJson(storage, BACKEND_KEY));
    },
    terminate: () => {
      speechHost.terminate();
      vaultHost.terminate();
    },
  };
}

/** The newest few; older ones have been seen or have lost their point. */
const MOST_NOTICES = 4;

export function notify(engine: Engine, notice: Notice): void {
  engine.store.update(({ notices }) => ({ notices: [...notices, notice].slice(-MOST_NOTICES) }));
}

export function notifyVaultError(engine: Engine, error: VaultError): void {
  notify(engine, error.kind === 'quota' ? { kind: 'storage-full' } : { kind: 'vault-error', error });
}

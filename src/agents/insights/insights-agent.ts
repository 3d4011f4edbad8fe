import { sendWhenOnline } from '../../bridge/background-sync';
import type { Language } from '../../core/language';
import type { Result } from '../../core/result';
import { type DeviceFacts, measureMetrics } from '../../insights/measure-metrics';
import type { ParticipationView } from '../../insights/participation-view';
import { type Outbox, uploadReports } from '../../insights/upload-reports';
import type { ReportSource } from '../../vault/participation/participation';
import type { VaultError } from '../../vault/vault-types';
import type { Engine } from '../engine';
import { plainVault } from '../vault/vault-space';
import { watchVault } from '../vault/vault-watch';

/** How often the page looks whether a report is to be made or sent, while it is open. */
const LOOK_EVERY_MS = 3_600_000;
/** A vault that was just opened is first of all shown to whoever opened it. */
const SOON_MS = 5_000;

/**
 * Insights on the page: off unless the person takes part, and then at most two small, noisy answers a month. With
 * nobody who takes part, or no endpoint in the operator's policy, nothing here asks the network for anything.
 */
export class InsightsAgent {
  readonly #engine: Engine;
  readonly #language: () => Language;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #work: Promise<unknown> = Promise.resolve();
  /** Of what is being made and sent. */
  #sending = new AbortController();
  #isLeaving = false;

  constructor(engine: Engine, language: () => Language) {
    this.#engine = engine;
    this.#language = language;
    watchVault(engine.store, {
      onOpened: () => this.#lookIn(SOON_MS),
      onClosed: () => {
        this.close();
        engine.store.set({ participation: { kind: 'closed' } });
      },
    });
    addEventListener('online', () => this.#lookIn(0));
  }

  /** Reads everything anew; the answer is in `state.participation`. */
  refresh(): Promise<Result<ParticipationView, VaultError>> {
    return this.#show();
  }

  /** Takes part from here on; the first report is made at once, as it was shown. */
  async join(): Promise<Result<void, VaultError>> {
    return this.#inTurn(async () => {
      const source = this.#source();
      if (source === undefined) return { ok: false, error: { kind: 'unavailable', detail: 'no endpoint' } };
      const joined = await this.#engine.vault.joinInsights(source.endpoint);
      if (joined.ok) await this.#engine.vault.makeReport(source);
      await this.#show();
      this.#lookIn(0);
      return joined;
    });
  }

  /** What waits is not sent any more, and what was written down of it is destroyed. */
  leave(): Promise<Result<void, VaultError>> {
    this.#isLeaving = true;
    this.#sending.abort();
    return this.#inTurn(async () => {
      const left = await this.#engine.vault.leaveInsights();
      this.#isLeaving = false;
      await this.#show();
      return left;
    });
  }

  /** Makes and sends nothing more before the vault is opened again. */
  close(): void {
    clearTimeout(this.#timer);
    this.#sending.abort();
  }

  #lookIn(ms: number): void {
    clearTimeout(this.#timer);
    if (this.#engine.store.state.vault.kind !== 'open') return;
    this.#timer = setTimeout(() => void this.#inTurn(() => this.#look()), ms);
  }

  async #look(): Promise<void> {
    const source = this.#source();
    this.#sending = new AbortController();
    if (source !== undefined && !this.#isLeaving && (await this.#show()).ok) {
      const { participation } = this.#engine.store.state;
      if (participation.kind === 'on' && !participation.isMoved) await this.#makeAndSend(source);
    }
    this.#lookIn(LOOK_EVERY_MS);
  }

  async #makeAndSend(source: ReportSource): Promise<void> {
    const made = await this.#engine.vault.makeReport(source);
    const sent = await uploadReports(this.#outbox(), source.endpoint, this.#sending.signal);
    if (sent.isMore) await sendWhenOnline();
    if (sent.settled > 0 || (made.ok && made.value)) await this.#show();
  }

  /** The vault's outbox. One that cannot be read now has nothing that is due. */
  #outbox(): Outbox {
    const { vault } = this.#engine;
    return {
      due: async (endpoint) => {
        const due = await vault.dueReports(endpoint);
        return due.ok ? due.value : [];
      },
      settle: async (id, delivery) => {
        // Not written down, it is sent once more, and counted once by its key.
        await vault.settleReport(id, delivery);
      },
    };
  }

  async #show(): Promise<Result<ParticipationView, VaultError>> {
    const { store, vault } = this.#engine;
    const source = this.#source();
    if (source === undefined) {
      const view: ParticipationView = { kind: store.state.vault.kind === 'open' ? 'no-endpoint' : 'closed' };
      store.set({ participation: view });
      return { ok: true, value: view };
    }
    const viewed = await plainVault(vault).viewParticipation(source);
    if (viewed.ok) store.set({ participation: viewed.value });
    return viewed;
  }

  /** `undefined` where nothing may be told to anybody. */
  #source(): ReportSource | undefined {
    const { policy, vault } = this.#engine.store.state;
    if (policy.syncEndpoint === undefined || vault.kind !== 'open') return undefined;
    return { endpoint: policy.syncEndpoint, values: measureMetrics(this.#facts()) };
  }

  #facts(): DeviceFacts {
    const { backend, phrases, history } = this.#engine.store.state;
    return {
      nowMs: this.#engine.clock.now(),
      language: this.#language(),
      backend: backendOf(backend),
      takesOfPhrases: phrases.map(({ takes }) => takes.filter(({ role }) => role === 'example').length),
      interactions: history,
    };
  }

  /** One after another: what is made must be what was shown. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#work.then(work, work);
    this.#work = next.catch(() => undefined);
    return next;
  }
}

type Backend = Engine['store']['state']['backend'];

function backendOf(status: Backend): DeviceFacts['backend'] {
  if (status.kind === 'unavailable') return 'none';
  if (status.kind !== 'ready') return undefined;
  return status.backend === 'cpu' ? 'none' : status.backend;
}

import { transfer } from 'comlink';
import { err, ok, type Result } from '../core/result';
import type { RecordOf, TableName } from '../learning/records';
import type { VaultError, VaultProtection, VaultStatus } from '../vault/vault-types';
import type { EchoState, PhraseView } from './echo-state';
import { type Engine, notify, notifyVaultError } from './engine';
import { learningErrorOf } from './learning-error';
import type { MicrophoneAgent } from './microphone-agent';
import type { ReplayAgent } from './replay-agent';
import type { TimerAgent } from './timer-agent';

/** What the page shows of an open vault, and forgets when it is locked. */
const NOTHING_KNOWN: Partial<EchoState> = {
  phrases: [],
  history: [],
  notes: [],
  timers: [],
  answer: undefined,
  listening: { kind: 'off' },
  playing: undefined,
  // Their details quote what was copied, spoken or noted.
  notices: [],
};

/** One tab works with the vault; the others wait. */
const TAB_LOCK = 'claude-echo.tab';

interface Colleagues {
  readonly timers: TimerAgent;
  readonly microphone: MicrophoneAgent;
  readonly replay: ReplayAgent;
  /** Everything was deleted: what is kept outside the vault goes too. */
  readonly onDestroyed: () => void;
}

/** Opens and closes the vault, and brings what is in it onto the page. */
export class SessionAgent {
  readonly #engine: Engine;
  readonly #with: Colleagues;

  constructor(engine: Engine, colleagues: Colleagues) {
    this.#engine = engine;
    this.#with = colleagues;
    engine.onRestart(() => void this.#recover());
  }

  /** First thing on the page: claims the vault for this tab and opens it as far as no passphrase is needed. */
  async begin(): Promise<void> {
    if (!(await this.#claimTab({ ifAvailable: true }))) {
      this.#engine.store.set({ isElsewhere: true });
      return;
    }
    await this.#openIfPossible();
  }

  async takeOver(): Promise<void> {
    await this.#claimTab({ steal: true });
    this.#engine.store.set({ isElsewhere: false });
    await this.#openIfPossible();
  }

  async create(protection: VaultProtection, passphrase?: string): Promise<Result<void, VaultError>> {
    if (this.#isForbidden(protection)) return err({ kind: 'passphrase-required' });
    return this.#enter(this.#engine.vault.create(protection, passphrase));
  }

  unlock(passphrase: string): Promise<Result<void, VaultError>> {
    return this.#enter(this.#engine.vault.unlock(passphrase));
  }

  async protect(protection: VaultProtection, passphrase?: string): Promise<Result<void, VaultError>> {
    if (this.#isForbidden(protection)) return err({ kind: 'passphrase-required' });
    return this.#showStatus(await this.#engine.vault.protect(protection, passphrase));
  }

  async lock(): Promise<void> {
    await this.#forget();
    this.#showStatus(await this.#engine.vault.lock());
  }

  async exportBackup(passphrase: string): Promise<Result<Blob, VaultError>> {
    const exported = await this.#engine.vault.exportBackup(passphrase);
    if (!exported.ok) return exported;
    return ok(new Blob([Uint8Array.from(exported.value)], { type: 'application/octet-stream' }));
  }

  async importBackup(file: Blob, passphrase: string): Promise<Result<void, VaultError>> {
    const bytes = new Uint8Array(await file.arrayBuffer());
    return this.#enter(this.#engine.vault.importBackup(transfer(bytes, [bytes.buffer]), passphrase));
  }

  async destroy(): Promise<Result<void, VaultError>> {
    await this.#forget();
    const destroyed = await this.#engine.vault.destroy();
    if (destroyed.ok) this.#with.onDestroyed();
    return this.#showStatus(destroyed);
  }

  /** Asks the browser not to evict the store. */
  async persist(): Promise<boolean> {
    const isPersisted = (await navigator.storage?.persist?.()) ?? false;
    await this.refreshStatus();
    return isPersisted;
  }

  async refreshStatus(): Promise<void> {
    this.#showStatus(await this.#engine.vault.status());
  }

  /** Nothing of the vault stays on the page, in the loudspeaker or in front of the microphone. */
  async #forget(): Promise<void> {
    this.#with.microphone.close();
    this.#with.replay.stop();
    await this.#engine.speech.unload();
    this.#with.timers.load([]);
    this.#engine.store.set(NOTHING_KNOWN);
  }

  /** The speech worker was replaced: it learns the settings and the takes anew. */
  async #recover(): Promise<void> {
    const { store } = this.#engine;
    this.#with.microphone.close();
    store.set({ listening: { kind: 'off' } });
    void this.#engine.configure();
    void this.#engine.startCompute();
    if (store.state.vault.kind === 'open') await this.#engine.speech.load();
    notify(this.#engine, { kind: 'engine-restarted' });
  }

  /** The operator may require a passphrase. */
  #isForbidden(protection: VaultProtection): boolean {
    return protection === 'convenience' && this.#engine.store.state.policy.requirePassphrase;
  }

  async #openIfPossible(): Promise<void> {
    const status = await this.#engine.vault.status();
    if (status.ok && status.value.kind === 'locked' && status.value.protection === 'convenience') {
      await this.#enter(this.#engine.vault.unlock());
      return;
    }
    if (status.ok && status.value.kind === 'open') await this.#bringIn();
    this.#showStatus(status);
  }

  /** Vault calls that end with an open vault: then everything in it is brought onto the page. */
  async #enter(opening: Promise<Result<VaultStatus, VaultError>>): Promise<Result<void, VaultError>> {
    const opened = await opening;
    if (!opened.ok) return opened.error.kind === 'unavailable' ? this.#showStatus(opened) : err(opened.error);
    if (opened.value.kind === 'open') await this.#bringIn();
    return this.#showStatus(opened);
  }

  async #bringIn(): Promise<void> {
    const { store, speech } = this.#engine;
    const [phrases, takes, history, notes, timers] = await Promise.all([
      this.#rows('phrases'),
      this.#rows('takes'),
      this.#rows('interactions'),
      this.#rows('notes'),
      this.#rows('timers'),
    ]);
    const strengths = await speech.load();
    if (!strengths.ok) notifyVaultError(this.#engine, learningErrorOf(strengths.error));
    const strengthOf = new Map(
      strengths.ok ? strengths.value.map((strength) => [strength.phraseId, strength] as const) : [],
    );
    const byTime = [...takes].sort((a, b) => a.recordedAt - b.recordedAt);
    const views: PhraseView[] = phrases
      .toSorted((a, b) => a.createdAt - b.createdAt)
      .map((phrase) => ({
        ...phrase,
        takes: byTime.filter((take) => take.phraseId === phrase.id),
        strength: strengthOf.get(phrase.id),
      }));
    store.set({
      phrases: views,
      history: history.toSorted((a, b) => b.heardAt - a.heardAt),
      notes: notes.toSorted((a, b) => b.createdAt - a.createdAt),
    });
    this.#with.timers.load(timers);
  }

  async #rows<T extends TableName>(table: T): Promise<readonly RecordOf<T>[]> {
    const listed = await this.#engine.vault.list(table);
    if (!listed.ok) {
      notifyVaultError(this.#engine, listed.error);
      return [];
    }
    const { rows, quarantined } = listed.value;
    if (quarantined.length > 0) notify(this.#engine, { kind: 'rows-set-aside', count: quarantined.length });
    return rows as readonly RecordOf<T>[];
  }

  #showStatus(status: Result<VaultStatus, VaultError>): Result<void, VaultError> {
    if (status.ok) {
      this.#engine.store.set({ vault: status.value });
      return ok(undefined);
    }
    if (status.error.kind === 'unavailable') {
      this.#engine.store.set({ vault: { kind: 'unavailable', detail: status.error.detail } });
    }
    return status;
  }

  /** Holds the lock until the tab closes, or another tab takes it. */
  #claimTab(options: { readonly ifAvailable: true } | { readonly steal: true }): Promise<boolean> {
    if (navigator.locks === undefined) return Promise.resolve(true);
    return new Promise((resolve) => {
      navigator.locks
        .request(TAB_LOCK, options, (lock) => {
          resolve(lock !== null);
          return lock === null ? undefined : new Promise<void>(() => undefined);
        })
        .catch(() => void this.#yieldTab());
    });
  }

  /** Another tab took the vault: forget everything here, so that two tabs never write over each other. */
  async #yieldTab(): Promise<void> {
    await this.lock();
    this.#engine.store.set({ isElsewhere: true });
  }
}

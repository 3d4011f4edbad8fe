import { transfer } from 'comlink';
import type { PlainStorage } from '../../config/stored-json';
import { err, ok, type Result } from '../../core/result';
import type { VaultError, VaultProtection, VaultSecret, VaultStatus } from '../../vault/vault-types';
import type { EchoState } from '../echo-state';
import { type Engine, notify } from '../engine';
import type { MicrophoneAgent } from '../talk/microphone-agent';
import type { ReplayAgent } from '../talk/replay-agent';
import type { TimerAgent } from '../talk/timer-agent';
import { TabLock } from './tab-lock';
import { showContents } from './vault-contents';
import { VaultMarker } from './vault-marker';

/** What the page shows of an open vault, and forgets when it is locked. */
const NOTHING_KNOWN: Partial<EchoState> = {
  phrases: [],
  history: [],
  typed: [],
  notes: [],
  timers: [],
  answer: undefined,
  listening: { kind: 'off' },
  playing: undefined,
  // Their details quote what was copied, spoken or noted.
  notices: [],
};

interface Colleagues {
  /** Whose vault this is; every space has one tab that works with it. */
  readonly space: string;
  /** The plain storage of that person. */
  readonly storage: PlainStorage;
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
  readonly #tab: TabLock;
  readonly #marker: VaultMarker;
  /** Settles when what another tab took is put away here. */
  #yielding: Promise<void> = Promise.resolve();

  constructor(engine: Engine, colleagues: Colleagues) {
    this.#engine = engine;
    this.#with = colleagues;
    this.#marker = new VaultMarker(colleagues.storage);
    this.#tab = new TabLock(`${colleagues.space}.tab`, {
      onFallen: () => void this.#resume(),
      onLost: () => {
        this.#yielding = this.#yieldTab();
      },
    });
    engine.onRestart(() => void this.#recover());
    engine.onVaultDoubt(() => void this.#lookAgain());
  }

  /**
   * First thing on the page: claims the vault for this tab and opens it as far as no passphrase is needed.
   * Where another tab has it, this one takes over by itself as soon as that one is gone.
   */
  async begin(): Promise<void> {
    const claim = await this.#tab.identify();
    if (claim !== undefined) void this.#engine.vault.keepTo(claim);
    if (await this.#tab.claim()) await this.#openIfPossible();
    else this.#engine.store.set({ isElsewhere: true });
  }

  /** This page has ended: another may work with the vault, in the same tab too. */
  leave(): void {
    this.#tab.release();
  }

  /** Takes the vault from the tab that has it. */
  async takeOver(): Promise<void> {
    await this.#tab.steal();
    await this.#resume();
  }

  async create(protection: VaultProtection, passphrase?: string): Promise<Result<void, VaultError>> {
    if (this.#isForbidden(protection)) return err({ kind: 'passphrase-required' });
    return this.#enter(this.#engine.vault.create(protection, passphrase));
  }

  /** @param secret text is a passphrase; the output of a passkey is moved */
  unlock(secret: VaultSecret | string): Promise<Result<void, VaultError>> {
    const { vault } = this.#engine.store.state;
    // Nothing has to be shown to it, and whatever is typed is no secret of it.
    if (vault.kind === 'locked' && vault.protection === 'convenience') {
      return this.#enter(this.#engine.vault.unlock());
    }
    const isPasskey = typeof secret !== 'string' && secret.kind === 'passkey';
    const shown = isPasskey ? transfer(secret, [secret.prf.buffer]) : secret;
    return this.#enter(this.#engine.vault.unlock(shown));
  }

  async protect(protection: VaultProtection, passphrase?: string): Promise<Result<void, VaultError>> {
    if (this.#isForbidden(protection)) return err({ kind: 'passphrase-required' });
    return this.show(await this.#engine.vault.protect(protection, passphrase));
  }

  async lock(): Promise<void> {
    await this.#forget();
    this.show(await this.#engine.vault.lock());
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
    // Before, so that nobody who looks in between takes it for a loss; one that stays there is noted again.
    this.#marker.forget();
    const destroyed = await this.#engine.vault.destroy();
    if (destroyed.ok) this.#with.onDestroyed();
    return this.show(destroyed);
  }

  /** Asks the browser not to evict the store. */
  async persist(): Promise<boolean> {
    const isPersisted = (await navigator.storage?.persist?.()) ?? false;
    await this.refreshStatus();
    return isPersisted;
  }

  async refreshStatus(): Promise<void> {
    this.show(await this.#engine.vault.status());
  }

  /** Shows the vault as it is now. */
  show(status: Result<VaultStatus, VaultError>): Result<void, VaultError> {
    if (status.ok) {
      this.#engine.store.set({ vault: this.#marker.shown(status.value) });
      return ok(undefined);
    }
    if (status.error.kind === 'unavailable') {
      this.#engine.store.set({ vault: { kind: 'unavailable', detail: status.error.detail } });
    }
    return status;
  }

  /** Nothing of the vault stays on the page, in the loudspeaker or in front of the microphone. */
  async #forget(): Promise<void> {
    this.#with.microphone.close();
    this.#with.replay.stop();
    await this.#engine.speech.unload();
    this.#clearPage();
  }

  #clearPage(): void {
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

  /** Stops whatever still counts on a vault that was locked, or that the browser evicted. */
  async #lookAgain(): Promise<void> {
    const status = await this.#engine.vault.status();
    if (status.ok && status.value.kind === 'open') return;
    if (this.#engine.store.state.vault.kind === 'open') await this.#forget();
    this.show(status);
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
    if (status.ok && status.value.kind === 'open') await showContents(this.#engine, this.#with.timers);
    this.show(status);
  }

  /** Vault calls that end with an open vault: then everything in it is brought onto the page. */
  async #enter(opening: Promise<Result<VaultStatus, VaultError>>): Promise<Result<void, VaultError>> {
    const opened = await opening;
    if (!opened.ok) return opened.error.kind === 'unavailable' ? this.show(opened) : err(opened.error);
    if (opened.value.kind === 'open') await showContents(this.#engine, this.#with.timers);
    if (this.#tab.isHeld) return this.show(opened);
    // Another tab took the vault while this one brought it onto the page.
    await this.#putAway();
    return err({ kind: 'locked' });
  }

  /** This tab works with the vault from here on, unless another one has taken it again. */
  async #resume(): Promise<void> {
    await this.#yielding;
    if (!this.#tab.isHeld) return;
    this.#engine.store.set({ isElsewhere: false });
    await this.#openIfPossible();
  }

  /** Another tab took the vault, and this one can change nothing in it any more: first of all it says so. */
  async #yieldTab(): Promise<void> {
    this.#engine.store.set({ isElsewhere: true });
    await this.#putAway();
  }

  /** As `lock`, with no time to lose: the page is cleared and the keys dropped however busy the speech worker is. */
  async #putAway(): Promise<void> {
    this.#clearPage();
    const forgotten = this.#forget();
    this.show(await this.#engine.vault.lock());
    await forgotten;
  }
}

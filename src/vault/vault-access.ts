import type { Clock } from '../core/clock';
import { err, ok, type Result } from '../core/result';
import { KeyRing } from './keys/key-ring';
import { KeyStore } from './keys/key-store';
import { foldLog } from './log-folding';
import { StaleEpoch } from './rows/epoch-fence';
import { type Ownership, RowStore } from './rows/row-store';
import { isHeld, type TabClaim } from './tab-claim';
import { isConnectionLost, unavailable, VaultFailure, vaultErrorOf } from './vault-failure';
import { VaultQueue } from './vault-queue';
import type { VaultSession, VaultStores } from './vault-session';
import type { VaultError } from './vault-types';

type Answer<T> = Promise<Result<T, VaultError>>;

/**
 * The way to one vault's stores and keys: opens the databases, holds the ring while the vault is open, orders
 * calls within this tab and across tabs, and turns what they throw into the error half of a `Result`.
 */
export class VaultAccess {
  readonly #name: string;
  readonly #clock: Clock;
  readonly #queue = new VaultQueue();
  readonly #lockListeners = new Set<() => void>();
  #opening: Promise<VaultStores> | undefined;
  /** Of the stores that are open or opening: those before it may close as they like. */
  #connection: object | undefined;
  /** The store went away under open keys, and no caller knows yet. */
  #isLossUntold = false;
  #ring: KeyRing | undefined;
  #epoch = 0;
  #tab: TabClaim | undefined;

  /** @param name prefix of the two databases, and of the lock that tabs share */
  constructor(name: string, clock: Clock) {
    this.#name = name;
    this.#clock = clock;
  }

  get clock(): Clock {
    return this.#clock;
  }

  /** The keys while the vault is open. */
  get ring(): KeyRing | undefined {
    return this.#ring;
  }

  /** Calls `listener` whenever the keys leave memory, for whatever reason. */
  onLock(listener: () => void): void {
    this.#lockListeners.add(listener);
  }

  keepTo(tab: TabClaim): void {
    this.#tab = tab;
  }

  adopt(ring: KeyRing, { epoch }: Ownership): void {
    this.#ring = ring;
    this.#epoch = epoch;
    this.#isLossUntold = false;
  }

  /** Drops the keys. */
  leave(): void {
    this.#ring = undefined;
    for (const listener of this.#lockListeners) listener();
  }

  /** @throws VaultFailure `locked`; once `unavailable`, when the store was lost since */
  openRing(): KeyRing {
    if (this.#ring !== undefined) return this.#ring;
    if (!this.#isLossUntold) throw new VaultFailure({ kind: 'locked' });
    this.#isLossUntold = false;
    throw unavailable('the store was deleted, evicted, or taken over by a newer version');
  }

  /** @throws VaultFailure `locked` */
  async session(): Promise<VaultSession> {
    const ring = this.openRing();
    const stores = await this.stores();
    const owner = { vaultId: ring.vaultId, epoch: this.#epoch };
    return { ...stores, ring, owner, clock: this.#clock };
  }

  /** From here on no other tab writes a row before it read the keys again. */
  async advanceEpoch(): Promise<VaultSession> {
    const { rows, owner } = await this.session();
    this.#epoch = (await rows.advanceEpoch(owner)).epoch;
    return await this.session();
  }

  /** Opens both databases when first needed, and again after their connection was lost. */
  stores(): Promise<VaultStores> {
    this.#opening ??= this.#openStores();
    return this.#opening;
  }

  /** Takes the stores away, to be deleted: the next call opens new ones. */
  async takeStores(): Promise<VaultStores> {
    const stores = await this.stores();
    this.#opening = undefined;
    this.#connection = undefined;
    return stores;
  }

  /** Lets go of keys and databases once everything asked for before has ended. */
  close(): Promise<void> {
    return this.#queue.alone(async () => {
      this.leave();
      const opening = this.#opening;
      this.#opening = undefined;
      if (opening === undefined) return;
      const [opened] = await Promise.allSettled([opening]);
      if (opened.status === 'rejected') return;
      opened.value.keys.close();
      opened.value.rows.close();
    });
  }

  /** Runs beside other readers, whether the vault is open or not. */
  reading<T>(job: () => Promise<T>): Answer<T> {
    return this.#queue.read(() => this.#answer(job));
  }

  /** Runs alone in this tab. */
  alone<T>(job: () => Promise<T>): Answer<T> {
    return this.#queue.alone(() => this.#answer(job));
  }

  /**
   * Runs alone, and no other tab changes the same vault meanwhile. A tab that was taken the vault from changes
   * nothing any more: who has its lock is looked up while nobody else can change anything, so one that takes it from
   * then on begins when this has ended.
   */
  acrossTabs<T>(job: () => Promise<T>): Answer<T> {
    return this.alone(() =>
      navigator.locks.request(`${this.#name}-vault`, async () => {
        if (this.#tab !== undefined && !(await isHeld(this.#tab))) throw new VaultFailure({ kind: 'locked' });
        return await job();
      }),
    );
  }

  /** Runs beside other readers, on an open vault. */
  read<T>(job: (session: VaultSession) => Promise<T>): Answer<T> {
    return this.reading(async () => job(await this.session()));
  }

  /**
   * Runs alone, in this tab and across tabs, on an open vault. When another tab changed the keys meanwhile the
   * job runs once more with the new ones, so it must have written nothing before its one transaction.
   */
  change<T>(job: (session: VaultSession) => Promise<T>): Answer<T> {
    return this.acrossTabs(async () => {
      try {
        return await job(await this.session());
      } catch (error) {
        if (!(error instanceof StaleEpoch)) throw error;
        await this.#readKeysAgain();
        return await job(await this.session());
      }
    });
  }

  async #readKeysAgain(): Promise<void> {
    const { master } = this.openRing();
    const { keys, rows } = await this.stores();
    // The epoch first: whoever changes the keys after it was read stops this session's writes once more.
    const owner = await rows.claim(master.vaultId, { keepRows: true });
    this.adopt(await KeyRing.open(master, keys, this.#clock), owner);
  }

  async #openStores(): Promise<VaultStores> {
    const connection = {};
    this.#connection = connection;
    const onLost = () => {
      if (this.#connection === connection) this.#lose();
    };
    try {
      await foldLog(this.#name);
      const keys = await KeyStore.open(`${this.#name}-keys`, onLost);
      return { keys, rows: await RowStore.open(`${this.#name}-learning`, onLost) };
    } catch (error) {
      this.#opening = undefined;
      throw error;
    }
  }

  /** The store is gone from under an open vault: nothing may go on as if it were there. */
  #lose(): void {
    this.#connection = undefined;
    this.#opening = undefined;
    if (this.#ring === undefined) return;
    this.leave();
    this.#isLossUntold = true;
  }

  async #answer<T>(job: () => Promise<T>): Answer<T> {
    try {
      return ok(await job());
    } catch (error) {
      const isLost = isConnectionLost(error);
      if (isLost) this.#opening = undefined;
      if (isLost || (error instanceof VaultFailure && error.error.kind === 'locked')) this.leave();
      return err(vaultErrorOf(error));
    }
  }
}

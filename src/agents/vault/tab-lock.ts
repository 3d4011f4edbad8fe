import type { TabClaim } from '../../vault/tab-claim';

/** What the holder of the lock is told. */
interface Told {
  /** It fell to this tab, because the one that had it closed or crashed. */
  readonly onFallen: () => void;
  /** Another tab took it. */
  readonly onLost: () => void;
}

/**
 * One tab works with a vault; the others wait in line. The browser lets go of the lock of a tab that is closed
 * or has crashed, and hands it to the next one at once.
 */
export class TabLock {
  readonly #name: string;
  readonly #told: Told;
  /** Ends the waiting; `undefined` while not in line. */
  #waiting: AbortController | undefined;
  /** The request that holds the lock. */
  #holder: object | undefined;
  #letGo: () => void = () => undefined;

  constructor(name: string, told: Told) {
    this.#name = name;
    this.#told = told;
  }

  /** Whether this tab has the lock, as far as it has heard. */
  get isHeld(): boolean {
    return navigator.locks === undefined || this.#holder !== undefined;
  }

  /** By what others can ask the browser whether this tab has the lock; `undefined` where it does not tell. */
  async identify(): Promise<TabClaim | undefined> {
    if (navigator.locks === undefined) return undefined;
    // Nobody else asks for this one: whoever has it is this page.
    const own = crypto.randomUUID();
    const { held = [] } = await navigator.locks.request(own, () => navigator.locks.query());
    const clientId = held.find(({ name }) => name === own)?.clientId;
    return clientId === undefined ? undefined : { lock: this.#name, clientId };
  }

  /** Takes the lock if nobody has it, else gets in line. Resolves with whether this tab has it now. */
  async claim(): Promise<boolean> {
    const isFree = await this.#request({ ifAvailable: true });
    if (!isFree) this.#wait();
    return isFree;
  }

  /** Takes the lock from whoever has it. */
  async steal(): Promise<void> {
    this.#waiting?.abort();
    this.#waiting = undefined;
    // Should the line have reached this tab just now, it takes the lock from itself: that is no loss.
    this.#holder = undefined;
    await this.#request({ steal: true });
  }

  /** Lets go of the lock, or leaves the line: this page has ended, though its tab lives on. */
  release(): void {
    this.#waiting?.abort();
    this.#waiting = undefined;
    this.#holder = undefined;
    this.#letGo();
  }

  #wait(): void {
    const waiting = new AbortController();
    this.#waiting = waiting;
    void this.#request({ signal: waiting.signal }).then((isHeld) => {
      if (this.#waiting !== waiting) return;
      this.#waiting = undefined;
      if (isHeld) this.#told.onFallen();
    });
  }

  /** Resolves with whether it was granted. It is held until the tab closes, or another tab takes it. */
  #request(options: LockOptions): Promise<boolean> {
    if (navigator.locks === undefined) return Promise.resolve(true);
    return new Promise((resolve) => {
      const request = {};
      navigator.locks
        .request(this.#name, options, (lock) => {
          resolve(lock !== null);
          if (lock === null) return undefined;
          this.#holder = request;
          return new Promise<void>((letGo) => {
            this.#letGo = letGo;
          });
        })
        .catch(() => {
          resolve(false);
          // Not granted: the waiting was ended. Granted: another tab took it, and this one gets in line.
          if (this.#holder !== request) return;
          this.#holder = undefined;
          this.#told.onLost();
          this.#wait();
        });
    });
  }
}

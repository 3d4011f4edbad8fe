import type { Engine } from '../engine';

const MINUTE_MS = 60_000;
/** How often it is looked, beside every sign of life; a timer alone stands still while the device sleeps. */
const LOOK_EVERY_MS = 10_000;

/** Recordings that are not saved would be lost by locking: they hold it up, but not for ever. */
const MOST_PATIENCE_MS = 60 * MINUTE_MS;

const SIGNS_OF_LIFE = ['pointerdown', 'pointermove', 'wheel', 'keydown'] as const;
const SIGNS_OF_RETURN = ['visibilitychange', 'resume'] as const;

interface Colleagues {
  /** Locks the vault and clears the page. */
  readonly lock: () => Promise<void>;
  readonly hasUnsavedWork: () => boolean;
}

/**
 * Locks a vault with a passphrase after nobody did or said anything for as long as the person chose, also while
 * the page was hidden or the device slept. It waits until nobody speaks or records and Echo is silent, and up to an
 * hour for recordings to be saved.
 */
export class AutoLockAgent {
  readonly #engine: Engine;
  readonly #with: Colleagues;
  #lastAt: { readonly calendarMs: number; readonly monotonicMs: number };
  #isLocking = false;
  readonly #ended = new AbortController();

  constructor(engine: Engine, colleagues: Colleagues) {
    this.#engine = engine;
    this.#with = colleagues;
    this.#lastAt = this.#now();
    const stirred = () => this.#stir();
    const looks = () => this.#look();
    const { signal } = this.#ended;
    for (const sign of SIGNS_OF_LIFE)
      addEventListener(sign, stirred, { capture: true, passive: true, signal });
    for (const sign of SIGNS_OF_RETURN) document.addEventListener(sign, looks, { signal });
    addEventListener('focus', looks, { signal });
    const timer = setInterval(looks, LOOK_EVERY_MS);
    let { vault } = engine.store.state;
    const unsubscribe = engine.store.subscribe(() => {
      const { state } = engine.store;
      if (state.listening.kind === 'hearing') stirred();
      // Unlocking is the first sign of life.
      if (state.vault.kind === 'open' && vault.kind !== 'open') this.#lastAt = this.#now();
      vault = state.vault;
    });
    signal.addEventListener('abort', () => {
      clearInterval(timer);
      unsubscribe();
    });
  }

  /** Ends the watch. */
  close(): void {
    this.#ended.abort();
  }

  /** Somebody is there; but who comes back after the time was over finds the vault locked all the same. */
  #stir(): void {
    this.#look();
    if (!this.#isOver()) this.#lastAt = this.#now();
  }

  #look(): void {
    if (this.#isLocking || !this.#isOver() || this.#isBusy()) return;
    if (this.#with.hasUnsavedWork() && !this.#isOver(MOST_PATIENCE_MS)) return;
    this.#isLocking = true;
    void this.#with.lock().finally(() => {
      this.#isLocking = false;
    });
  }

  /** @param longerMs on top of the time that was chosen */
  #isOver(longerMs = 0): boolean {
    const { vault, settings } = this.#engine.store.state;
    const { autoLockMinutes } = settings.privacy;
    if (vault.kind !== 'open' || vault.protection !== 'passphrase' || autoLockMinutes === 0) return false;
    const now = this.#now();
    // The calendar goes on while the device sleeps, and the other one cannot be set back.
    const passedMs = Math.max(
      now.calendarMs - this.#lastAt.calendarMs,
      now.monotonicMs - this.#lastAt.monotonicMs,
    );
    return passedMs >= autoLockMinutes * MINUTE_MS + longerMs;
  }

  #isBusy(): boolean {
    const { listening, answer, playing } = this.#engine.store.state;
    if (answer?.stage === 'acting' || playing !== undefined) return true;
    switch (listening.kind) {
      case 'opening':
      case 'hearing':
      case 'deciding':
        return true;
      case 'waiting':
        return listening.mode !== 'hands-free';
      default:
        return false;
    }
  }

  #now(): { readonly calendarMs: number; readonly monotonicMs: number } {
    const { clock } = this.#engine;
    return { calendarMs: clock.now(), monotonicMs: clock.monotonic() };
  }
}

import { chime } from '../../audio/chime';
import { newId, type TimerId } from '../../core/ids';
import type { Timer } from '../../learning/records';
import { type Engine, notifyVaultError } from '../engine';
import type { ListeningAgent } from './listening-agent';

const CHIME_EVERY_MS = 3_000;
/** A ringing that nobody answers falls silent after this; it stays on the page. */
const MOST_CHIMES = 20;
/** `setTimeout` stands still while the device sleeps and knows nothing of a clock that is set: look often. */
const LONGEST_WAIT_MS = 15_000;

/** Timers and alarms. They survive a reload; one that ran out meanwhile rings when the app opens. */
export class TimerAgent {
  readonly #engine: Engine;
  readonly #listening: ListeningAgent;
  #wake: ReturnType<typeof setTimeout> | undefined;
  #chimes: ReturnType<typeof setInterval> | undefined;

  constructor(engine: Engine, listening: ListeningAgent) {
    this.#engine = engine;
    this.#listening = listening;
    // Waking from sleep, or coming back to the tab, is when a late one should ring.
    document.addEventListener('visibilitychange', () => this.#show(this.#engine.store.state.timers));
  }

  /** Takes over what the vault had. */
  load(timers: readonly Timer[]): void {
    this.#show(timers.filter((timer) => timer.state !== 'done'));
  }

  async start(given: Omit<Timer, 'id' | 'state'>): Promise<Timer | undefined> {
    const timer: Timer = { ...given, id: newId<TimerId>(), state: 'running' };
    const written = await this.#engine.vault.write([{ op: 'put', table: 'timers', row: timer }]);
    if (!written.ok) {
      notifyVaultError(this.#engine, written.error);
      return undefined;
    }
    this.#show([...this.#engine.store.state.timers, timer]);
    return timer;
  }

  /** Ends a running or silences a ringing timer. */
  async remove(id: TimerId): Promise<void> {
    this.#show(this.#engine.store.state.timers.filter((timer) => timer.id !== id));
    const written = await this.#engine.vault.write([{ op: 'delete', table: 'timers', id }]);
    if (!written.ok) notifyVaultError(this.#engine, written.error);
  }

  async askToNotify(): Promise<'granted' | 'denied' | 'unsupported'> {
    if (typeof Notification === 'undefined') return 'unsupported';
    return (await Notification.requestPermission()) === 'granted' ? 'granted' : 'denied';
  }

  #show(timers: readonly Timer[]): void {
    const now = this.#engine.clock.now();
    const due = timers.filter((timer) => timer.state === 'running' && timer.ringsAt <= now);
    const shown = timers
      .map((timer) => (due.includes(timer) ? { ...timer, state: 'ringing' as const } : timer))
      .sort((a, b) => a.ringsAt - b.ringsAt);
    this.#engine.store.set({ timers: shown });
    for (const timer of due) void announce(timer);
    this.#ringWhile(
      shown.some((timer) => timer.state === 'ringing'),
      due.length > 0,
    );

    clearTimeout(this.#wake);
    const next = shown.find((timer) => timer.state === 'running');
    if (next === undefined) return;
    const waitMs = Math.min(Math.max(0, next.ringsAt - now), LONGEST_WAIT_MS);
    this.#wake = setTimeout(() => this.#show(this.#engine.store.state.timers), waitMs);
  }

  #ringWhile(isRinging: boolean, isNew: boolean): void {
    if (!isRinging || isNew) clearInterval(this.#chimes);
    if (!isRinging || !isNew) return;
    let count = 1;
    void this.#listening.whileEchoSounds(chime);
    this.#chimes = setInterval(() => {
      count += 1;
      if (count > MOST_CHIMES) clearInterval(this.#chimes);
      else void this.#listening.whileEchoSounds(chime);
    }, CHIME_EVERY_MS);
  }
}

/** A system notification, when the person allowed them; through the service worker, as phones require. */
async function announce(timer: Timer): Promise<void> {
  if (typeof Notification === 'undefined' || Notification.permission !== 'granted') return;
  const registration = await navigator.serviceWorker?.getRegistration();
  await registration?.showNotification(timer.label, {
    tag: timer.id,
    icon: 'icons/icon-192.png',
    requireInteraction: true,
  });
}

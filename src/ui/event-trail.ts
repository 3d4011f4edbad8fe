import type { Echo, LearningEvent } from '../echo';

/** Older ones are let go. */
export const MOST_EVENTS = 100;

/**
 * What happened since somebody first looked, newest first: events come while one is on other screens. Forgotten
 * when the vault closes, because payloads name what the person does.
 */
export class EventTrail {
  #events: readonly LearningEvent[] = [];
  readonly #listeners = new Set<() => void>();

  constructor(echo: Pick<Echo, 'learning' | 'state' | 'subscribe'>) {
    const isOpen = () => echo.state.vault.kind === 'open';
    echo.learning.onEvent((event) => {
      if (isOpen()) this.#set([event, ...this.#events].slice(0, MOST_EVENTS));
    });
    echo.subscribe(() => {
      if (!isOpen() && this.#events.length > 0) this.clear();
    });
  }

  get events(): readonly LearningEvent[] {
    return this.#events;
  }

  /** Returns a function that ends the subscription. */
  subscribe(onChange: () => void): () => void {
    this.#listeners.add(onChange);
    return () => this.#listeners.delete(onChange);
  }

  clear(): void {
    this.#set([]);
  }

  #set(events: readonly LearningEvent[]): void {
    this.#events = events;
    for (const listener of this.#listeners) listener();
  }
}

const trails = new WeakMap<Echo, EventTrail>();

/** The one trail of an engine; it begins with the first call. */
export function eventTrailOf(echo: Echo): EventTrail {
  const known = trails.get(echo);
  if (known !== undefined) return known;
  const trail = new EventTrail(echo);
  trails.set(echo, trail);
  return trail;
}

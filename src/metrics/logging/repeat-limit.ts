import type { LogEntry } from './log-entry';

const MOST_KEPT = 200;

interface Seen {
  startedAt: number;
  count: number;
  last: LogEntry;
}

/**
 * Keeps something that goes wrong a hundred times a second from pushing everything else out of a bounded log: the
 * same message of the same component passes a few times in a window, and the rest is counted.
 */
export class RepeatLimit {
  readonly #most: number;
  readonly #windowMs: number;
  readonly #seen = new Map<string, Seen>();

  constructor(most = 5, windowMs = 60_000) {
    this.#most = most;
    this.#windowMs = windowMs;
  }

  /** What to write for an entry: summaries of what was held back and has become due, then the entry or nothing. */
  admit(entry: LogEntry): readonly LogEntry[] {
    const key = `${entry.level}|${entry.component}|${entry.message}`;
    const seen = this.#seen.get(key);
    // A clock that was set back starts a new window too.
    const age = seen === undefined ? Number.NaN : entry.at - seen.startedAt;
    if (seen !== undefined && age >= 0 && age < this.#windowMs) {
      seen.count += 1;
      seen.last = entry;
      return seen.count <= this.#most ? [entry] : [];
    }
    this.#seen.delete(key);
    this.#seen.set(key, { startedAt: entry.at, count: 1, last: entry });
    return [...this.#summary(seen), ...this.#evicted(), entry];
  }

  /** Summaries of all that is held back. */
  drain(): readonly LogEntry[] {
    const summaries = [...this.#seen.values()].flatMap((seen) => this.#summary(seen));
    this.#seen.clear();
    return summaries;
  }

  #summary(seen: Seen | undefined): readonly LogEntry[] {
    if (seen === undefined || seen.count <= this.#most) return [];
    return [{ ...seen.last, fields: { ...seen.last.fields, repeats: seen.count - this.#most } }];
  }

  #evicted(): readonly LogEntry[] {
    const [oldest] = this.#seen;
    if (oldest === undefined || this.#seen.size <= MOST_KEPT) return [];
    this.#seen.delete(oldest[0]);
    return this.#summary(oldest[1]);
  }
}

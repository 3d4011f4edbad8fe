/** Guesses the next action in a simple way; what a learner has to be better than. */
export interface SimplePredictor {
  readonly name: string;
  /** Everything known, best guess first, each with its share; shares sum to 1. */
  ranked(): readonly { readonly action: string; readonly share: number }[];
  learn(action: string): void;
}

type Counts = Map<string, number>;

const add = (counts: Counts, action: string): void => void counts.set(action, (counts.get(action) ?? 0) + 1);

/** Ties are broken by what was done last. */
function sorted(shares: ReadonlyMap<string, number>, recent: readonly string[]) {
  return recent
    .map((action) => ({ action, share: shares.get(action) ?? 0 }))
    .sort((a, b) => b.share - a.share);
}

/** Counts of the shorter context stand in for what was not seen in the longer one (Witten and Bell 1991). */
function backOff(counts: Counts | undefined, shorter: ReadonlyMap<string, number>): Map<string, number> {
  const shares = new Map(shorter);
  if (counts === undefined) return shares;
  let total = 0;
  for (const count of counts.values()) total += count;
  const kinds = counts.size;
  for (const [action, share] of shares) shares.set(action, (share * kinds) / (total + kinds));
  for (const [action, count] of counts)
    shares.set(action, (shares.get(action) ?? 0) + count / (total + kinds));
  return shares;
}

class History {
  /** What was done last first. */
  recent: string[] = [];
  last: readonly string[] = [];

  learn(action: string): void {
    this.recent = [action, ...this.recent.filter((one) => one !== action)];
    this.last = [action, ...this.last].slice(0, 2);
  }
}

/** What was done most often. */
export class MostFrequent implements SimplePredictor {
  readonly name = 'most-frequent';
  readonly #history = new History();
  readonly #counts: Counts = new Map();
  #events = 0;

  ranked() {
    const shares = new Map([...this.#counts].map(([action, count]) => [action, count / this.#events]));
    return sorted(shares, this.#history.recent);
  }

  learn(action: string): void {
    add(this.#counts, action);
    this.#events += 1;
    this.#history.learn(action);
  }
}

/** What was done last, as often as that was so; then what was done before that. */
export class MostRecent implements SimplePredictor {
  readonly name = 'most-recent';
  readonly #history = new History();
  #repeats = 1;
  #events = 2;

  ranked() {
    const { recent } = this.#history;
    const repeat = recent.length === 1 ? 1 : this.#repeats / this.#events;
    const shares = recent.map((_, rank) => (rank === 0 ? 0 : 1 / rank));
    const sum = shares.reduce((total, share) => total + share, 0);
    return recent.map((action, rank) => ({
      action,
      share: rank === 0 ? repeat : ((1 - repeat) * (shares[rank] ?? 0)) / sum,
    }));
  }

  learn(action: string): void {
    const [last] = this.#history.recent;
    if (this.#history.recent.includes(action)) {
      this.#events += 1;
      if (last === action) this.#repeats += 1;
    }
    this.#history.learn(action);
  }
}

/** What most often followed the last `order` actions, 1 or 2; shorter contexts stand in where nothing did. */
export class Markov implements SimplePredictor {
  readonly name: string;
  readonly #order: 1 | 2;
  readonly #history = new History();
  readonly #counts: Counts = new Map();
  readonly #after = new Map<string, Counts>();
  #events = 0;

  constructor(order: 1 | 2) {
    this.#order = order;
    this.name = `markov-${order}`;
  }

  ranked() {
    let shares = new Map([...this.#counts].map(([action, count]) => [action, count / this.#events]));
    for (const context of this.#contexts()) shares = backOff(this.#after.get(context), shares);
    return sorted(shares, this.#history.recent);
  }

  learn(action: string): void {
    for (const context of this.#contexts()) {
      const counts = this.#after.get(context) ?? new Map<string, number>();
      add(counts, action);
      this.#after.set(context, counts);
    }
    add(this.#counts, action);
    this.#events += 1;
    this.#history.learn(action);
  }

  /** Shortest first. */
  #contexts(): readonly string[] {
    const { last } = this.#history;
    return Array.from({ length: Math.min(this.#order, last.length) }, (_, index) =>
      last.slice(0, index + 1).join('\n'),
    );
  }
}

import type { UserId } from '../../core/ids';
import type { LearningData } from '../../learning/learning-data';

/** What is stored about one thing somebody asked for. */
export const INTERACTION_DATA = 'user-interaction';
/** What is stored about the person saying what it should have been. */
export const CORRECTION_DATA = 'correction';

export interface CountedName {
  readonly name: string;
  readonly count: number;
  /** Share that went well, in [0, 1]; `undefined` where that is not known of any. */
  readonly successRate: number | undefined;
}

export interface FollowedBy {
  readonly from: string;
  readonly to: string;
  readonly count: number;
  /** Share of what followed `from` in the same session, in [0, 1]. */
  readonly share: number;
}

/** What somebody does with Echo, when, in what order, and how well it goes. Ids and counts, no words. */
export interface BehaviorPatterns {
  readonly userId: UserId;
  readonly interactions: number;
  readonly corrections: number;
  readonly undone: number;
  /** Epoch milliseconds of the first and last observation. */
  readonly firstAt: number | undefined;
  readonly lastAt: number | undefined;
  /** Shares of the interactions, in [0, 1]; `undefined` before the first. */
  readonly successRate: number | undefined;
  readonly correctionRate: number | undefined;
  readonly averageDurationMs: number | undefined;
  readonly averageConfidence: number | undefined;
  /** Most frequent first. */
  readonly byAction: readonly CountedName[];
  readonly byOutcome: readonly CountedName[];
  readonly byPhrase: readonly CountedName[];
  /** Interactions in each hour of the person's day, from midnight. */
  readonly hours: readonly number[];
  /** Interactions on each day of the week, from Sunday. */
  readonly weekdays: readonly number[];
  /** Which phrase follows which, most frequent first. */
  readonly sequences: readonly FollowedBy[];
}

/** More names than this are not shown; the rarest are let go when there are many more. */
const MOST_NAMES = 100;
const MOST_SEQUENCES = 50;
/** Two phrases further apart have nothing to do with each other. */
const LONGEST_PAUSE_MS = 10 * 60_000;

interface Tally {
  count: number;
  successes: number;
  judged: number;
}

/** Counts what a person does, one record at a time and oldest first, in memory that does not grow with their past. */
export class BehaviorTally {
  readonly #userId: UserId;
  #interactions = 0;
  #corrections = 0;
  #undone = 0;
  #successes = 0;
  #firstAt: number | undefined;
  #lastAt: number | undefined;
  readonly #duration = new Mean();
  readonly #confidence = new Mean();
  readonly #actions = new Map<string, Tally>();
  readonly #outcomes = new Map<string, Tally>();
  readonly #phrases = new Map<string, Tally>();
  readonly #hours = new Array<number>(24).fill(0);
  readonly #weekdays = new Array<number>(7).fill(0);
  readonly #pairs = new Map<string, Tally>();
  readonly #followed = new Map<string, Tally>();
  #previous: { readonly phraseId: string; readonly at: number; readonly sessionId: string } | undefined;

  constructor(userId: UserId) {
    this.#userId = userId;
  }

  /** What is about somebody else, or of another kind, is left out. */
  add({ userId, dataType, content, createdAt, sessionId = '' }: LearningData): void {
    if (userId !== this.#userId) return;
    if (dataType === CORRECTION_DATA) this.#corrections += 1;
    if (dataType !== INTERACTION_DATA) return;
    if (content['interactionType'] === 'undo') {
      this.#undone += 1;
      return;
    }
    // After a correction what was meant is done: it was still asked for once.
    if (content['followUp'] === true) return;
    this.#interactions += 1;
    this.#firstAt = Math.min(this.#firstAt ?? createdAt, createdAt);
    this.#lastAt = Math.max(this.#lastAt ?? createdAt, createdAt);
    const isSuccess = content['result'] === 'success';
    if (isSuccess) this.#successes += 1;
    this.#duration.add(content['durationMs']);
    this.#confidence.add(content['confidence']);
    const phraseId = content['phraseId'];
    count(this.#actions, content['actionKind'], isSuccess);
    count(this.#outcomes, content['recognition'], isSuccess);
    count(this.#phrases, phraseId, isSuccess);
    countAt(this.#hours, content['hour']);
    countAt(this.#weekdays, content['weekday']);
    if (typeof phraseId === 'string') this.#follow(phraseId, createdAt, sessionId);
  }

  patterns(): BehaviorPatterns {
    const share = (part: number): number | undefined =>
      this.#interactions === 0 ? undefined : Math.min(1, part / this.#interactions);
    return {
      userId: this.#userId,
      interactions: this.#interactions,
      corrections: this.#corrections,
      undone: this.#undone,
      firstAt: this.#firstAt,
      lastAt: this.#lastAt,
      successRate: share(this.#successes),
      correctionRate: share(this.#corrections),
      averageDurationMs: this.#duration.value,
      averageConfidence: this.#confidence.value,
      byAction: ranked(this.#actions),
      byOutcome: ranked(this.#outcomes),
      byPhrase: ranked(this.#phrases),
      hours: [...this.#hours],
      weekdays: [...this.#weekdays],
      sequences: this.#sequences(),
    };
  }

  #follow(phraseId: string, at: number, sessionId: string): void {
    const before = this.#previous;
    this.#previous = { phraseId, at, sessionId };
    if (before?.sessionId !== sessionId || at - before.at > LONGEST_PAUSE_MS) return;
    count(this.#pairs, `${before.phraseId} ${phraseId}`, undefined);
    count(this.#followed, before.phraseId, undefined);
  }

  #sequences(): readonly FollowedBy[] {
    return mostFrequent(this.#pairs, MOST_SEQUENCES).map(([pair, tally]) => {
      const [from = '', to = ''] = pair.split(' ');
      const all = this.#followed.get(from)?.count ?? tally.count;
      return { from, to, count: tally.count, share: Math.min(1, tally.count / all) };
    });
  }
}

class Mean {
  #sum = 0;
  #count = 0;

  add(value: unknown): void {
    if (typeof value !== 'number') return;
    this.#sum += value;
    this.#count += 1;
  }

  get value(): number | undefined {
    return this.#count === 0 ? undefined : this.#sum / this.#count;
  }
}

function count(tallies: Map<string, Tally>, name: unknown, isSuccess: boolean | undefined): void {
  if (typeof name !== 'string') return;
  let tally = tallies.get(name);
  if (tally === undefined) {
    if (tallies.size >= MOST_NAMES * 10) letGoOfTheRarest(tallies);
    tally = { count: 0, successes: 0, judged: 0 };
    tallies.set(name, tally);
  }
  tally.count += 1;
  if (isSuccess === undefined) return;
  tally.judged += 1;
  if (isSuccess) tally.successes += 1;
}

function countAt(counts: number[], index: unknown): void {
  if (typeof index === 'number' && counts[index] !== undefined) counts[index] += 1;
}

function letGoOfTheRarest(tallies: Map<string, Tally>): void {
  const kept = new Set(mostFrequent(tallies, MOST_NAMES * 5).map(([name]) => name));
  for (const name of [...tallies.keys()]) if (!kept.has(name)) tallies.delete(name);
}

function mostFrequent(tallies: ReadonlyMap<string, Tally>, most: number): readonly [string, Tally][] {
  return [...tallies].sort(([, a], [, b]) => b.count - a.count).slice(0, most);
}

function ranked(tallies: ReadonlyMap<string, Tally>): readonly CountedName[] {
  return mostFrequent(tallies, MOST_NAMES).map(([name, tally]) => ({
    name,
    count: tally.count,
    successRate: tally.judged === 0 ? undefined : tally.successes / tally.judged,
  }));
}

import type { LearningData } from '../../learning/learning-data';
import { CORRECTION_DATA, INTERACTION_DATA } from './behaviour-patterns';

export interface UseCounts {
  /** Things said. */
  readonly count: number;
  /** Of them, understood and carried out. */
  readonly understood: number;
  /** Of them, corrected, taken back or turned down. */
  readonly complaints: number;
  /** How content the person was, in [0, 1]; `undefined` where nothing tells. */
  readonly satisfaction: number | undefined;
}

export interface DayOfUse extends UseCounts {
  /** Local date, `2026-05-03`. */
  readonly day: string;
}

/** Monday to Sunday. */
export interface WeekOfUse extends UseCounts {
  /** Local date of its Monday. */
  readonly from: string;
  readonly activeDays: number;
  /** Most frequent first, at most three. Phrase ids. */
  readonly phrases: readonly { readonly phraseId: string; readonly count: number }[];
  /** Phrases that had not been said in any week before. */
  readonly newPhrases: readonly string[];
  /** The hour and the weekday (from Sunday) in which most was said. */
  readonly busiest: { readonly weekday: number; readonly hour: number } | undefined;
}

/** How often the first guess was right over one stretch: guessed first, learnt after (prequential). */
export interface RecognitionPoint {
  /** Number of its first utterance, from 0. */
  readonly fromEvent: number;
  readonly events: number;
  /** Epoch milliseconds of its last utterance. */
  readonly endedAt: number;
  readonly hitRate: Readonly<Record<RecognitionGuess, number>>;
}
/** `most-frequent`, `most-recent`: what one would guess without listening. */
export type RecognitionGuess = 'echo' | 'most-frequent' | 'most-recent';

/** What somebody did with Echo over time. Ids, counts and dates; no words. */
export interface UsageHistory {
  /** Things said in each hour (from midnight) of each day of the week (from Sunday). */
  readonly heat: readonly (readonly number[])[];
  /** Oldest first; days on which nothing was said are left out. */
  readonly days: readonly DayOfUse[];
  /** Oldest first; weeks in which nothing was said are left out. */
  readonly weeks: readonly WeekOfUse[];
  /** Oldest first, at most 24 stretches of equal length. */
  readonly recognition: readonly RecognitionPoint[];
}

/** Utterances that something can still be said about. */
const MOST_OPEN = 200;
const MOST_DAYS = 800;
const MOST_STRETCHES = 24;
const LEAST_STRETCH = 5;
const MOST_PHRASES = 1_000;

interface Tally {
  count: number;
  understood: number;
  complaints: number;
  satisfactionSum: number;
  satisfactionCount: number;
}

interface WeekTally extends Tally {
  readonly days: Set<string>;
  readonly phrases: Map<string, number>;
  readonly hours: Map<number, number>;
}

interface Open {
  readonly tallies: readonly Tally[];
  readonly phraseId: string | undefined;
  readonly isAccepted: boolean;
  readonly event: number | undefined;
  isComplaint: boolean;
}

interface Guessed {
  truth: string | null;
  readonly at: number;
  readonly said: string | undefined;
}

const newTally = (): Tally => ({
  count: 0,
  understood: 0,
  complaints: 0,
  satisfactionSum: 0,
  satisfactionCount: 0,
});

/** Reads records one at a time, oldest first, in memory that grows with the days and hardly with what was done. */
export class UsageTally {
  readonly #heat = Array.from({ length: 7 }, () => new Array<number>(24).fill(0));
  readonly #days = new Map<string, Tally>();
  readonly #weeks = new Map<string, WeekTally>();
  readonly #open = new Map<string, Open>();
  #guesses: Guessed[] = [];

  add({ dataType, content, createdAt }: Pick<LearningData, 'dataType' | 'content' | 'createdAt'>): void {
    if (dataType === CORRECTION_DATA) this.#correct(content['subjectId'], content['after']);
    else if (dataType !== INTERACTION_DATA) return;
    else if (content['interactionType'] === 'undo') this.#complain(content['utteranceId']);
    else this.#hear(content, createdAt);
  }

  history(): UsageHistory {
    const seen = new Set<string>();
    return {
      heat: this.#heat.map((hours) => [...hours]),
      days: [...this.#days].map(([day, tally]) => ({ day, ...countsOf(tally) })),
      weeks: [...this.#weeks].map(([from, week]) => {
        const newPhrases = [...week.phrases.keys()].filter((id) => !seen.has(id));
        for (const id of newPhrases) seen.add(id);
        return { from, ...countsOf(week), ...weekFacts(week), newPhrases };
      }),
      recognition: this.#recognition(),
    };
  }

  #hear(content: LearningData['content'], at: number): void {
    const { utteranceId, phraseId, hour, weekday, recognition, satisfaction } = content;
    if (typeof utteranceId !== 'string') return;
    // After a correction what was meant is done, and told again: it was still said once, and taken for something else.
    if (this.#open.has(utteranceId)) return;
    const day = localDay(at);
    const tallies = [this.#dayOf(day), this.#weekOf(day)] as const;
    const isUnderstood = content['result'] === 'success' && typeof phraseId === 'string';
    for (const tally of tallies) {
      tally.count += 1;
      if (isUnderstood) tally.understood += 1;
      if (typeof satisfaction === 'number') {
        tally.satisfactionSum += satisfaction;
        tally.satisfactionCount += 1;
      }
    }
    const [, week] = tallies;
    week.days.add(day);
    if (typeof hour === 'number' && typeof weekday === 'number') {
      const hours = this.#heat[weekday];
      if (hours?.[hour] !== undefined) hours[hour] += 1;
      week.hours.set(weekday * 24 + hour, (week.hours.get(weekday * 24 + hour) ?? 0) + 1);
    }
    const said = typeof phraseId === 'string' ? phraseId : undefined;
    if (said !== undefined && week.phrases.size < MOST_PHRASES)
      week.phrases.set(said, (week.phrases.get(said) ?? 0) + 1);
    const isAccepted = recognition === 'accepted';
    let event: number | undefined;
    if (said !== undefined || recognition === 'unknown') {
      event = this.#guesses.length;
      this.#guesses.push({ truth: said ?? null, at, said: isAccepted ? said : undefined });
    }
    this.#remember(utteranceId, { tallies, phraseId: said, isAccepted, event, isComplaint: false });
    if (content['declined'] === true) this.#complain(utteranceId);
  }

  #correct(id: unknown, after: unknown): void {
    const open = typeof id === 'string' ? this.#open.get(id) : undefined;
    if (open === undefined) return;
    const to = typeof after === 'object' && after !== null && 'phraseId' in after ? after.phraseId : null;
    const truth = typeof to === 'string' ? to : null;
    const guess = open.event === undefined ? undefined : this.#guesses[open.event];
    if (guess !== undefined) guess.truth = truth;
    if (truth !== (open.phraseId ?? null)) this.#complain(id);
  }

  #complain(id: unknown): void {
    const open = typeof id === 'string' ? this.#open.get(id) : undefined;
    if (open === undefined || open.isComplaint) return;
    open.isComplaint = true;
    for (const tally of open.tallies) tally.complaints += 1;
  }

  #remember(id: string, open: Open): void {
    this.#open.set(id, open);
    const [oldest] = this.#open.keys();
    if (this.#open.size > MOST_OPEN && oldest !== undefined) this.#open.delete(oldest);
  }

  #dayOf(day: string): Tally {
    let tally = this.#days.get(day);
    if (tally === undefined) {
      tally = newTally();
      this.#days.set(day, tally);
      const [oldest] = this.#days.keys();
      if (this.#days.size > MOST_DAYS && oldest !== undefined) this.#days.delete(oldest);
    }
    return tally;
  }

  #weekOf(day: string): WeekTally {
    const from = mondayOf(day);
    let week = this.#weeks.get(from);
    if (week === undefined) {
      week = { ...newTally(), days: new Set(), phrases: new Map(), hours: new Map() };
      this.#weeks.set(from, week);
    }
    return week;
  }

  /** What nobody meant for Echo is no guess to be right about. */
  #recognition(): readonly RecognitionPoint[] {
    const counts = new Map<string, number>();
    let [frequent, recent]: (string | undefined)[] = [undefined, undefined];
    const judged = this.#guesses.flatMap(({ truth, at, said }) => {
      if (truth === null) return [];
      const hits = {
        echo: said === truth,
        'most-frequent': frequent === truth,
        'most-recent': recent === truth,
      };
      const count = (counts.get(truth) ?? 0) + 1;
      counts.set(truth, count);
      if (count >= (counts.get(frequent ?? '') ?? 0)) frequent = truth;
      recent = truth;
      return [{ at, hits }];
    });
    const length = Math.max(LEAST_STRETCH, Math.ceil(judged.length / MOST_STRETCHES));
    const points: RecognitionPoint[] = [];
    for (let from = 0; from + LEAST_STRETCH <= judged.length; from += length) {
      const stretch = judged.slice(from, from + length);
      const rate = (guess: RecognitionGuess): number =>
        stretch.filter(({ hits }) => hits[guess]).length / stretch.length;
      points.push({
        fromEvent: from,
        events: stretch.length,
        endedAt: stretch.at(-1)?.at ?? 0,
        hitRate: {
          echo: rate('echo'),
          'most-frequent': rate('most-frequent'),
          'most-recent': rate('most-recent'),
        },
      });
    }
    return points;
  }
}

function countsOf({ count, understood, complaints, satisfactionSum, satisfactionCount }: Tally): UseCounts {
  return {
    count,
    understood,
    complaints,
    satisfaction: satisfactionCount === 0 ? undefined : satisfactionSum / satisfactionCount,
  };
}

function weekFacts({
  days,
  phrases,
  hours,
}: WeekTally): Pick<WeekOfUse, 'activeDays' | 'phrases' | 'busiest'> {
  const [busiest] = [...hours].toSorted(([, one], [, other]) => other - one);
  return {
    activeDays: days.size,
    phrases: [...phrases]
      .toSorted(([, one], [, other]) => other - one)
      .slice(0, 3)
      .map(([phraseId, count]) => ({ phraseId, count })),
    busiest:
      busiest === undefined ? undefined : { weekday: Math.floor(busiest[0] / 24), hour: busiest[0] % 24 },
  };
}

function localDay(epochMs: number): string {
  const date = new Date(epochMs);
  return dayText(date.getFullYear(), date.getMonth() + 1, date.getDate());
}

/** Reckoned in UTC, where every day has 24 hours. */
function mondayOf(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  return date.toISOString().slice(0, 10);
}

const dayText = (year: number, month: number, day: number): string =>
  `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

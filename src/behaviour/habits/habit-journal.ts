import * as v from 'valibot';
import { HabitKnowledge, type SavedKnowledge, SavedKnowledgeSchema } from './habit-knowledge';
import type { HabitMoment } from './habit-moment';
import { MomentSchema } from './moment-features';

/** Things done that can be taken back: never fewer than this, as long as so many were done. */
const KEPT_OPEN = 32;
const LONGEST_ACTION = 120;

/** Something that was done; `subject` is the utterance it came from, empty when nobody can refer to it. */
const EntrySchema = v.strictObject({
  action: v.pipe(v.string(), v.minLength(1), v.maxLength(LONGEST_ACTION)),
  subject: v.pipe(v.string(), v.maxLength(LONGEST_ACTION)),
  moment: MomentSchema,
});
type Entry = v.InferOutput<typeof EntrySchema>;

export const SavedJournalSchema = v.strictObject({
  /** What was known before the first entry; `null` for nothing. Its weights are apart from it, in bytes. */
  base: v.nullable(SavedKnowledgeSchema),
  /** Oldest first. */
  entries: v.pipe(v.array(EntrySchema), v.maxLength(2 * KEPT_OPEN)),
});

export interface SavedJournal {
  readonly saved: v.InferOutput<typeof SavedJournalSchema>;
  /** Of `base`; left out with it. */
  readonly weights: Uint8Array<ArrayBuffer> | undefined;
}

/**
 * Knowledge of habits in which the last things done can still turn out not to have been wanted. Counts that fade, weights
 * that move along slopes and trust in experts cannot be unlearnt one event at a time; so an older state of knowledge is
 * kept with what was done since, and taking something back is to learn the rest of it again. What is taken back leaves
 * nothing behind, and what came after it is learnt as what followed the thing before.
 *
 * Two older states are kept by turns, so that a new one has to be taken only every 32 actions.
 */
export class HabitJournal {
  readonly #maximumActions: number;
  #knowledge: HabitKnowledge;
  /** Before the first entry. */
  #base: SavedKnowledge | undefined;
  /** After the first 32 entries, once there are so many. */
  #middle: SavedKnowledge | undefined;
  #entries: Entry[] = [];

  /** @param maximumActions that are known at one time */
  constructor(maximumActions: number) {
    this.#maximumActions = maximumActions;
    this.#knowledge = new HabitKnowledge(maximumActions);
  }

  get knowledge(): HabitKnowledge {
    return this.#knowledge;
  }

  /**
   * Something was done. What comes from an utterance that did something already takes the place of that: it was
   * corrected. Returns how probable it had seemed, in [0, 1].
   */
  add(action: string, subject: string, moment: HabitMoment): number {
    if (this.#find(subject) >= 0) {
      this.replace(subject, action);
      return 0;
    }
    if (this.#entries.length === 2 * KEPT_OPEN) {
      this.#base = this.#middle;
      this.#entries.splice(0, KEPT_OPEN);
      this.#middle = this.#knowledge.save();
    }
    this.#entries.push({ action, subject, moment });
    return this.#learnLast();
  }

  /** What an utterance did was not wanted then. What is not known, or long ago, stays as it is. */
  remove(subject: string): void {
    const at = this.#find(subject);
    if (at >= 0) this.#learnAgain(this.#entries.toSpliced(at, 1));
  }

  /** What an utterance did was not wanted then; this was. */
  replace(subject: string, action: string): void {
    const at = this.#find(subject);
    const entry = this.#entries[at];
    if (entry !== undefined && entry.action !== action)
      this.#learnAgain(this.#entries.with(at, { ...entry, action }));
  }

  save(): SavedJournal {
    return {
      saved: { base: this.#base?.saved ?? null, entries: this.#entries.map((entry) => ({ ...entry })) },
      weights: this.#base?.weights,
    };
  }

  /** @throws TypeError when it does not belong together; the journal is then no longer of use */
  restore({ saved: { base, entries }, weights }: SavedJournal): void {
    if ((base === null) !== (weights === undefined)) throw new TypeError('weights of nothing, or none');
    this.#base = base === null || weights === undefined ? undefined : { saved: base, weights };
    this.#learnAgain(entries);
  }

  #find(subject: string): number {
    return subject === '' ? -1 : this.#entries.findLastIndex((entry) => entry.subject === subject);
  }

  #learnAgain(entries: readonly Entry[]): void {
    this.#knowledge = new HabitKnowledge(this.#maximumActions);
    if (this.#base !== undefined) this.#knowledge.restore(this.#base);
    this.#middle = undefined;
    this.#entries = [];
    for (const entry of entries) {
      this.#entries.push(entry);
      this.#learnLast();
    }
  }

  #learnLast(): number {
    const entry = this.#entries.at(-1);
    if (entry === undefined) return 0;
    const seemed = this.#knowledge.learn(entry.action, entry.moment);
    if (this.#entries.length === KEPT_OPEN) this.#middle = this.#knowledge.save();
    return seemed;
  }
}

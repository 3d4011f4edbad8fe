import * as v from 'valibot';
import { err, ok, type Result } from '../../core/result';
import type { EpochMs } from '../../core/units';
import { VOICEPRINT_DIMENSIONS } from './cohort';
import { localDayAt, type PartOfDay, partOfDayAt, partsOfDay } from './part-of-day';

/** One utterance that was recognised and is taken to be this person's. */
export interface DayUtterance {
  /** 64 dimensions, unit length; not kept. */
  readonly voiceprint: Float32Array;
  readonly at: EpochMs;
  /** Of local time, positive to the east. */
  readonly utcOffsetMinutes: number;
  /** How much nearer the phrase was than the runner-up, in natural log of distance; larger is clearer. */
  readonly margin: number;
}

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const CellSchema = v.strictObject({
  part: v.picklist(partsOfDay),
  count,
  /** Sum of the voiceprints: its direction is the centroid, its length tells how much they agree. */
  sum: v.pipe(v.array(v.pipe(v.number(), v.finite())), v.length(VOICEPRINT_DIMENSIONS)),
  margins: v.pipe(v.array(v.pipe(v.number(), v.finite())), v.minLength(1)),
});
const DaySchema = v.strictObject({
  /** Days since 1970 in local time. */
  day: v.pipe(v.number(), v.safeInteger()),
  cells: v.pipe(v.array(CellSchema), v.minLength(1)),
});
const DaysSchema = v.strictObject({ version: v.literal(1), days: v.array(DaySchema) });

/** Voiceprints of one part of one day, summed up. Of the voice, so `confidential`. */
export type VoiceCell = v.InferOutput<typeof CellSchema>;
export type VoiceDay = v.InferOutput<typeof DaySchema>;
export type VoiceDaysSnapshot = v.InferOutput<typeof DaysSchema>;

/** The first days tell what the voice was like, the last ones what it is like. */
const FIRST_DAYS = 14;
const LAST_DAYS = 30;
const MOST_MARGINS = 40;

/** What the voice was like day by day: sums over the parts of each day, no utterance by itself. Bounded. */
export class VoiceDays {
  #days = new Map<number, Map<PartOfDay, VoiceCell>>();

  add({ voiceprint, at, utcOffsetMinutes, margin }: DayUtterance): void {
    if (!Number.isFinite(margin)) return;
    const number = localDayAt(at, utcOffsetMinutes);
    const part = partOfDayAt(at, utcOffsetMinutes);
    const day = this.#days.get(number) ?? new Map<PartOfDay, VoiceCell>();
    const known = day.get(part);
    day.set(part, {
      part,
      count: (known?.count ?? 0) + 1,
      sum: Array.from(voiceprint, (value, index) => (known?.sum[index] ?? 0) + value),
      margins: [...(known?.margins ?? []), margin].slice(-MOST_MARGINS),
    });
    this.#days.set(number, day);
    this.#forgetSurplus();
  }

  /** Earliest first. */
  get days(): readonly VoiceDay[] {
    return [...this.#days]
      .sort(([a], [b]) => a - b)
      .map(([day, cells]) => ({ day, cells: [...cells.values()] }));
  }

  /** After a refresh the enrolled voice is another one: what was before does not compare. */
  forget(): void {
    this.#days.clear();
  }

  snapshot(): VoiceDaysSnapshot {
    return structuredClone({ version: 1, days: [...this.days] });
  }

  /** Replaces everything; a snapshot that cannot be read changes nothing. */
  restore(value: unknown): Result<void, { readonly kind: 'bad-snapshot'; readonly path: string }> {
    const parsed = v.safeParse(DaysSchema, value);
    if (!parsed.success) return err({ kind: 'bad-snapshot', path: v.getDotPath(parsed.issues[0]) ?? '' });
    this.#days = new Map(
      parsed.output.days.map(({ day, cells }) => [day, new Map(cells.map((cell) => [cell.part, cell]))]),
    );
    this.#forgetSurplus();
    return ok(undefined);
  }

  #forgetSurplus(): void {
    const numbers = [...this.#days.keys()].sort((a, b) => a - b);
    for (const number of numbers.slice(FIRST_DAYS, -LAST_DAYS)) this.#days.delete(number);
  }
}

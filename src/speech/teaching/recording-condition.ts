import type { PhraseId } from '../../core/ids';
import type { PartOfDay } from '../voice/part-of-day';
import { partsOfDay } from '../voice/part-of-day';
import { medianOf } from '../voice/robust-statistics';

/** How something was recorded or said; absent where it is not known. */
export interface RecordingCondition {
  readonly signalToNoiseDb?: number;
  /** Of the speech, relative to full scale: how loud or how near. */
  readonly levelDb?: number;
  readonly energyPeaksPerSecond?: number;
  readonly partOfDay?: PartOfDay;
}

/** What can be asked for, one thing at a time. */
export type AskedCondition =
  | { readonly kind: 'as-usual' }
  | { readonly kind: 'room'; readonly value: 'quiet' | 'noisy' }
  | { readonly kind: 'distance'; readonly value: 'closer' | 'further' }
  | { readonly kind: 'pace'; readonly value: 'faster' | 'slower' }
  | { readonly kind: 'time-of-day'; readonly value: PartOfDay };

/** Something that was said in everyday use, and whether it was taken for something else. */
export interface UseEvidence {
  readonly phraseId: PhraseId;
  readonly condition: RecordingCondition;
  readonly wasWrong: boolean;
}

/** A condition in which the person speaks, and how far the takes of a phrase cover it. */
export interface ConditionNeed {
  readonly condition: Exclude<AskedCondition, { readonly kind: 'as-usual' }>;
  /** Share of what was said lately. */
  readonly shareOfUse: number;
  /** Takes of the phrase that were recorded so. */
  readonly takes: number;
}

/** Below it the background is heard along with the voice. */
const NOISY_BELOW_DB = 18;
/** Half the distance to the microphone is 6 dB; half of that is heard. */
const LEVEL_STEP_DB = 4;
const PACE_STEP = Math.log(1.15);
/** Fewer utterances do not tell where somebody speaks. */
const LEAST_USE = 8;
/** Conditions that are rarer are not worth a recording of their own. */
const LEAST_SHARE = 0.15;
/** How much more is missed in the condition than in the others of its kind before it is asked for. */
const LEAST_NEED = 1.5;
/** Errors in a condition are drawn towards the errors in all of them by this many utterances. */
const PRIOR_UTTERANCES = 5;

interface Axis {
  readonly kind: ConditionNeed['condition']['kind'];
  /** `undefined`: not known; `middle`: neither this nor that. */
  readonly sideOfAxis: (condition: RecordingCondition) => string | undefined;
  readonly values: readonly ConditionNeed['condition'][];
}

/**
 * The condition that the takes of a phrase lack most: where the person often speaks, errors are made, and few of its takes
 * come from. `undefined` when what was said lately does not point to one.
 *
 * @param takes of the phrase
 * @param usual conditions of all takes of the person, against which closer, further, faster and slower are meant
 */
export function neededCondition(
  takes: readonly RecordingCondition[],
  usual: readonly RecordingCondition[],
  use: readonly UseEvidence[],
): ConditionNeed | undefined {
  let best: { need: ConditionNeed; ratio: number } | undefined;
  for (const { sideOfAxis, values } of axesOf(usual)) {
    const told = use.filter(({ condition }) => sideOfAxis(condition) !== undefined);
    if (told.length < LEAST_USE) continue;
    const overall = told.filter(({ wasWrong }) => wasWrong).length / told.length;
    const buckets = [...new Set(told.map(({ condition }) => sideOfAxis(condition)))].map((value) => {
      const within = told.filter(({ condition }) => sideOfAxis(condition) === value);
      const wrong = within.filter(({ wasWrong }) => wasWrong).length;
      const error = (wrong + PRIOR_UTTERANCES * (overall + 0.01)) / (within.length + PRIOR_UTTERANCES);
      const shareOfUse = within.length / told.length;
      const count = takes.filter((condition) => sideOfAxis(condition) === value).length;
      return { value, shareOfUse, takes: count, missing: (shareOfUse * error) / (1 + count) };
    });
    const average = buckets.reduce((sum, { missing }) => sum + missing, 0) / buckets.length;
    for (const { value, shareOfUse, takes: count, missing } of buckets) {
      const condition = values.find((each) => each.value === value);
      const ratio = missing / average;
      if (condition === undefined || shareOfUse < LEAST_SHARE || ratio < LEAST_NEED) continue;
      if (best === undefined || ratio > best.ratio)
        best = { need: { condition, shareOfUse, takes: count }, ratio };
    }
  }
  return best?.need;
}

function axesOf(usual: readonly RecordingCondition[]): readonly Axis[] {
  const usualLevel = medianOf(usual.flatMap(({ levelDb }) => levelDb ?? []));
  const usualPace = medianOf(usual.flatMap(({ energyPeaksPerSecond: pace }) => pace ?? []));
  return [
    {
      kind: 'room',
      sideOfAxis: ({ signalToNoiseDb: ratio }) =>
        ratio === undefined ? undefined : ratio < NOISY_BELOW_DB ? 'noisy' : 'quiet',
      values: [
        { kind: 'room', value: 'noisy' },
        { kind: 'room', value: 'quiet' },
      ],
    },
    {
      kind: 'distance',
      sideOfAxis: ({ levelDb }) => sideOf(levelDb, usualLevel, LEVEL_STEP_DB, 'further', 'closer'),
      values: [
        { kind: 'distance', value: 'further' },
        { kind: 'distance', value: 'closer' },
      ],
    },
    {
      kind: 'pace',
      sideOfAxis: ({ energyPeaksPerSecond: pace }) =>
        sideOf(
          pace === undefined ? undefined : Math.log(pace),
          Math.log(usualPace),
          PACE_STEP,
          'slower',
          'faster',
        ),
      values: [
        { kind: 'pace', value: 'slower' },
        { kind: 'pace', value: 'faster' },
      ],
    },
    {
      kind: 'time-of-day',
      sideOfAxis: ({ partOfDay }) => partOfDay,
      values: partsOfDay.map((value) => ({ kind: 'time-of-day', value }) as const),
    },
  ];
}

function sideOf(
  value: number | undefined,
  usual: number,
  step: number,
  less: string,
  more: string,
): string | undefined {
  if (value === undefined || Number.isNaN(usual)) return undefined;
  if (value < usual - step) return less;
  return value > usual + step ? more : 'middle';
}

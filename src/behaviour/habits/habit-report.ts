import * as v from 'valibot';

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const action = v.pipe(v.string(), v.minLength(1), v.maxLength(120));

/** Every predictor of the next action that is tried on every event, the simple ones for comparison. */
export const PREDICTORS = ['next-action', 'most-frequent', 'most-recent', 'markov-1'] as const;
export type PredictorName = (typeof PREDICTORS)[number];

/** How often each predictor was right over one stretch of events: predicted first, then learnt (prequential). */
export const CurvePointSchema = v.object({
  /** Number of the first event of the stretch, from 0. */
  fromEvent: count,
  events: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  /** Epoch milliseconds of the last event of the stretch. */
  endedAt: count,
  /** Share of the events whose action was the first guess. */
  hitRate: v.object({
    'next-action': share,
    'most-frequent': share,
    'most-recent': share,
    'markov-1': share,
  }),
});

/** What tends to follow what. */
export const TransitionSchema = v.object({
  from: action,
  to: action,
  /** How often, with what is long ago counting less. */
  weight: v.pipe(v.number(), v.minValue(0)),
  /** Share of what followed `from`. */
  probability: share,
});

/** Two actions that are nearly always done one after the other, soon after each other. */
export const RoutineSchema = v.object({
  first: action,
  second: action,
  count,
  /** Share of the times of `first` after which `second` followed. */
  share,
});

/** What the person did not want to be offered: an action, or `first>second` of a routine. */
export const DismissalSchema = v.object({
  offer: v.pipe(v.string(), v.minLength(1), v.maxLength(250)),
  times: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  /** Epoch milliseconds of the last time. */
  at: count,
});

/** What the next-action learner tells of itself; action ids only. */
export const HabitReportSchema = v.object({
  events: count,
  actions: count,
  curve: v.array(CurvePointSchema),
  transitions: v.array(TransitionSchema),
  routines: v.array(RoutineSchema),
  dismissals: v.array(DismissalSchema),
});

export type CurvePoint = v.InferOutput<typeof CurvePointSchema>;
/** Oldest first, at most 64 stretches of equal length. */
export type LearningCurves = readonly CurvePoint[];
export type Transition = v.InferOutput<typeof TransitionSchema>;
export type Routine = v.InferOutput<typeof RoutineSchema>;
export type Dismissal = v.InferOutput<typeof DismissalSchema>;
export type HabitReport = v.InferOutput<typeof HabitReportSchema>;

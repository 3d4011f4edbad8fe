import * as v from 'valibot';
import { err, ok, type Result } from '../core/result';
import { DataPrivacyLevelSchema } from './data-privacy-level';
import type { LearnerError, LearningMode } from './learner';

/** Settings that every learner understands; a learner adds its own. */
const commonEntries = {
  /** The first supported mode when left out. */
  learningMode: v.optional(v.picklist(['online', 'batch'])),
  /** How far one observation moves what is known, above 0 and up to 1. */
  learningRate: v.optional(v.pipe(v.number(), v.gtValue(0), v.maxValue(1)), 0.01),
  /** Observations that are learnt from together in batch mode. */
  batchSize: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000)), 100),
  /** Where whoever owns the learner keeps its snapshot or files. A learner has no store and never looks there. */
  modelPath: v.optional(v.string()),
  /** Data that can be relied on less is left out, in [0, 1]. */
  minimumQuality: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1)), 0),
  /** Data of other levels is left out: the voice is not learnt from unless asked for. */
  privacyLevels: v.optional(v.array(DataPrivacyLevelSchema), ['public', 'internal', 'private']),
};

type CommonEntries = typeof commonEntries;
export type CommonConfig = v.InferOutput<v.StrictObjectSchema<CommonEntries, undefined>>;
/** What a learner is configured with: the common settings and its own. */
export type LearnerConfig<Own extends v.ObjectEntries> = CommonConfig & {
  readonly learningMode: LearningMode;
} & v.InferOutput<v.StrictObjectSchema<Own, undefined>>;

/** A setting nobody knows is refused like a wrong one: it is a misspelt one. */
export function parseLearnerConfig<Own extends v.ObjectEntries>(
  own: Own,
  supportedModes: readonly LearningMode[],
  value: unknown,
): Result<LearnerConfig<Own>, LearnerError> {
  const parsed = v.safeParse(v.strictObject({ ...commonEntries, ...own }), value ?? {});
  if (!parsed.success) {
    const [issue] = parsed.issues;
    const path = v.getDotPath(issue) ?? '';
    const isUnknown = issue.expected === 'never';
    return err({
      kind: 'bad-config',
      path,
      expected: isUnknown ? 'no setting of this name' : (issue.expected ?? issue.message),
    });
  }
  const config = parsed.output as CommonConfig;
  const learningMode = config.learningMode ?? supportedModes[0] ?? 'online';
  if (!supportedModes.includes(learningMode))
    return err({ kind: 'bad-config', path: 'learningMode', expected: supportedModes.join(' or ') });
  // The compiler cannot follow the schema put together above.
  return ok({ ...config, learningMode } as LearnerConfig<Own>);
}

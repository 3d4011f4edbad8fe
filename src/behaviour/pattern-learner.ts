import * as v from 'valibot';
import type { JsonObject } from '../core/json';
import { BaseLearner } from '../learning/base-learner';
import type { Prediction } from '../learning/learner';
import type { LearnerConfig } from '../learning/learner-config';
import type { LearningData } from '../learning/learning-data';
import type { LearnerState, LearningItem, Observation } from '../learning/observation';

/** A pattern needs this many observations before its success rate is trusted in full. */
const TRUSTED_COUNT = 10;
const HIGH_CONFIDENCE = 0.7;
/** Patterns trusted less than this are counted, and not listed. */
const LISTED_CONFIDENCE = 0.5;
/** From here on the person was content; the middle of the scale is not. */
const SATISFIED_ABOVE = 0.5;
const LONGEST_TYPE = 120;
const MODEL_VERSION = '1.0';

interface Outcome {
  readonly isSuccess: boolean;
  readonly isSatisfied: boolean;
}

interface Pattern {
  readonly count: number;
  readonly successes: number;
}

const patternEntries = {
  /** Patterns that are remembered; beyond, the one seen longest ago is forgotten. */
  maximumPatterns: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000)), 1_000),
};
type PatternEntries = typeof patternEntries;

const StateSchema = v.strictObject({
  /** Seen longest ago first. */
  patterns: v.array(
    v.pipe(
      v.strictObject({
        pattern: v.pipe(v.string(), v.regex(/^.+:(true|false)$/s)),
        count: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
        successes: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
      }),
      v.check(({ count, successes }) => successes <= count, 'more successes than observations'),
    ),
  ),
});

/**
 * How often each kind of interaction succeeds, apart for when the person was content and when not. A pattern is
 * `interactionType:satisfied`; its confidence is `min(count / 10, success rate)`.
 *
 * Learns from content with `result` (`success` or `failure`), `interactionType` (`unknown` when left out) and
 * `satisfaction` in [0, 1] (0.5 when left out). Online and batch give the same. Predicts the expected success of an
 * `interactionType`, over both of its patterns. Memory is bounded by `maximumPatterns`.
 *
 * @example
 * const learner = new PatternLearner('habits');
 * await learner.initialize({ learningMode: 'online', maximumPatterns: 200 });
 */
export class PatternLearner extends BaseLearner<string, Outcome, PatternEntries> {
  readonly learnerType = 'pattern';
  readonly supportedModes = ['online', 'batch'] as const;
  override readonly dataTypes = ['user-interaction', 'correction'];
  protected readonly configEntries = patternEntries;
  protected readonly snapshotVersion = 1;

  #maximumPatterns = 0;
  /** Seen longest ago first. */
  #patterns = new Map<string, Pattern>();
  readonly #updated = new Set<string>();

  protected initializeLearner({ maximumPatterns }: LearnerConfig<PatternEntries>): void {
    this.#maximumPatterns = maximumPatterns;
    this.#patterns = new Map();
    this.#updated.clear();
  }

  protected extractFeatures({ content }: Observation): string | undefined {
    const { interactionType = 'unknown' } = content;
    const isName = typeof interactionType === 'string' && interactionType.length > 0;
    return isName && interactionType.length <= LONGEST_TYPE ? interactionType : undefined;
  }

  protected extractTarget({ content }: LearningData): Outcome | undefined {
    const { result, satisfaction = SATISFIED_ABOVE, followUp } = content;
    // Done after a correction: it was asked for once.
    if (followUp === true) return undefined;
    if (result !== 'success' && result !== 'failure') return undefined;
    if (typeof satisfaction !== 'number' || satisfaction < 0 || satisfaction > 1) return undefined;
    return { isSuccess: result === 'success', isSatisfied: satisfaction > SATISFIED_ABOVE };
  }

  protected learnOnline({ features, target }: LearningItem<string, Outcome>): number {
    const key = keyOf(features, target.isSatisfied);
    const known = this.#patterns.get(key) ?? { count: 0, successes: 0 };
    const pattern = { count: known.count + 1, successes: known.successes + (target.isSuccess ? 1 : 0) };
    this.#patterns.delete(key);
    this.#patterns.set(key, pattern);
    this.#updated.add(key);
    this.#forgetSurplus();
    return confidenceOf(pattern);
  }

  protected learnBatch(items: readonly LearningItem<string, Outcome>[]): number {
    const confidences = items.map((item) => this.learnOnline(item));
    return confidences.reduce((sum, confidence) => sum + confidence, 0) / confidences.length;
  }

  protected override concludeLearning(): JsonObject {
    const patternsUpdated = this.#updated.size;
    this.#updated.clear();
    return { patternsUpdated };
  }

  protected predictFrom(interactionType: string): Prediction {
    const patterns = [true, false].flatMap(
      (isSatisfied) => this.#patterns.get(keyOf(interactionType, isSatisfied)) ?? [],
    );
    const all = patterns.reduce(
      (sum, { count, successes }) => ({ count: sum.count + count, successes: sum.successes + successes }),
      { count: 0, successes: 0 },
    );
    if (all.count === 0) return { value: {}, confidence: 0 };
    const { count } = all;
    return {
      value: { interactionType, expectedSuccess: successRateOf(all), count },
      confidence: confidenceOf(all),
    };
  }

  protected describe(): JsonObject {
    const patterns = [...this.#patterns].map(([pattern, counts]) => ({
      pattern,
      confidence: confidenceOf(counts),
      successRate: successRateOf(counts),
      count: counts.count,
    }));
    const totalPatterns = patterns.length;
    if (totalPatterns === 0) return { totalPatterns };
    return {
      totalPatterns,
      highConfidencePatterns: patterns.filter(({ confidence }) => confidence > HIGH_CONFIDENCE).length,
      averageSuccessRate: patterns.reduce((sum, { successRate }) => sum + successRate, 0) / totalPatterns,
      modelVersion: MODEL_VERSION,
      patternsDetail: patterns.filter(({ confidence }) => confidence > LISTED_CONFIDENCE),
    };
  }

  protected snapshot(): LearnerState {
    return { state: { patterns: [...this.#patterns].map(([pattern, counts]) => ({ pattern, ...counts })) } };
  }

  protected restore({ state, weights }: LearnerState): void {
    if (weights !== undefined) throw new TypeError('patterns have no weights');
    const { patterns } = v.parse(StateSchema, state);
    const restored = new Map(patterns.map(({ pattern, ...counts }) => [pattern, counts]));
    if (restored.size !== patterns.length) throw new TypeError('a pattern is there twice');
    this.#patterns = restored;
    this.#updated.clear();
    this.#forgetSurplus();
  }

  protected override release(): void {
    this.#patterns = new Map();
  }

  #forgetSurplus(): void {
    for (const key of this.#patterns.keys()) {
      if (this.#patterns.size <= this.#maximumPatterns) return;
      this.#patterns.delete(key);
    }
  }
}

const keyOf = (interactionType: string, isSatisfied: boolean): string => `${interactionType}:${isSatisfied}`;
const successRateOf = ({ count, successes }: Pattern): number => successes / count;
const confidenceOf = (pattern: Pattern): number =>
  Math.min(pattern.count / TRUSTED_COUNT, successRateOf(pattern));

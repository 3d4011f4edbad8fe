import * as v from 'valibot';
import { isId, type PhraseId } from '../../core/ids';
import type { JsonObject } from '../../core/json';
import { BaseLearner } from '../../learning/base-learner';
import type { Prediction } from '../../learning/learner';
import type { LearnerConfig } from '../../learning/learner-config';
import type { LearningData } from '../../learning/learning-data';
import type { LearnerState, LearningItem, Observation } from '../../learning/observation';
import { medianOf, robustDeviationOf } from '../voice/robust-statistics';
import { type MedoidAlignment, SEGMENT_COUNT } from './medoid-alignment';

/** Kind of learning data that it learns from. */
export const PRONUNCIATION_DATA = 'pronunciation';

const TRUSTED_UTTERANCES = 8;
const positive = v.pipe(v.number(), v.gtValue(0));
const costs = v.pipe(v.array(v.pipe(v.number(), v.minValue(0))), v.length(SEGMENT_COUNT));

/** One utterance of a phrase: how it lay on the medoid, and what it was taken for. */
const UtteranceSchema = v.object({
  rate: v.optional(positive),
  segmentCosts: v.optional(costs),
  heardId: v.optional(v.custom<PhraseId>(isId)),
});
type Said = v.InferOutput<typeof UtteranceSchema>;

const entries = {
  /** Utterances of a phrase that are remembered; beyond, the ones learnt longest ago are forgotten. */
  utterancesPerPhrase: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000)), 40),
  /** Phrases that are remembered; beyond, the one said longest ago is forgotten. */
  maximumPhrases: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000)), 500),
};

const StateSchema = v.strictObject({
  /** Said longest ago first, and so are the utterances. */
  phrases: v.array(
    v.strictObject({
      phraseId: v.custom<PhraseId>(isId),
      said: v.pipe(
        v.array(
          v.strictObject({
            rate: v.optional(positive),
            segmentCosts: v.optional(costs),
            heardId: v.optional(v.custom<PhraseId>(isId)),
          }),
        ),
        v.minLength(1),
      ),
    }),
  ),
});

/** Content of the learning data of one utterance, once it is known which phrase it was. */
export const pronunciationContent = (
  phraseId: PhraseId,
  alignment: MedoidAlignment | undefined,
  heardId: PhraseId | undefined,
): JsonObject => ({
  phraseId,
  ...(alignment === undefined ? {} : { rate: alignment.rate, segmentCosts: alignment.segmentCosts }),
  ...(heardId === undefined ? {} : { heardId }),
});

/**
 * Learns from everyday utterances how each phrase is said lately: its pace, which part of it varies most, and what it is
 * taken for. The takes are `PronunciationPatterns`' business, where one can be removed; this remembers a bounded number of
 * plain figures (no features, no sound: a voice cannot be made from them) of what was said since, the latest of each phrase.
 *
 * Learns from `pronunciation` data: `phraseId`, and any of `rate`, `segmentCosts` (six numbers) and `heardId`, the phrase it was
 * taken for; without it nothing was wrong. Predicts for a `phraseId`. Online and batch give the same.
 *
 * @example
 * const learner = new PronunciationPatternLearner('pronunciation');
 * await learner.initialize({ utterancesPerPhrase: 40 });
 */
export class PronunciationPatternLearner extends BaseLearner<PhraseId, Said, typeof entries> {
  readonly learnerType = 'pronunciation-pattern';
  readonly supportedModes = ['online', 'batch'] as const;
  override readonly dataTypes = [PRONUNCIATION_DATA];
  protected readonly configEntries = entries;
  protected readonly snapshotVersion = 1;
  #utterancesPerPhrase = 1;
  #maximumPhrases = 1;
  /** Said longest ago first. */
  #phrases = new Map<PhraseId, readonly Said[]>();

  protected initializeLearner(config: LearnerConfig<typeof entries>): void {
    this.#utterancesPerPhrase = config.utterancesPerPhrase;
    this.#maximumPhrases = config.maximumPhrases;
    this.#phrases = new Map();
  }

  protected extractFeatures({ content }: Observation): PhraseId | undefined {
    const { phraseId } = content;
    return isId<PhraseId>(phraseId) ? phraseId : undefined;
  }

  protected extractTarget({ content }: LearningData): Said | undefined {
    const said = v.safeParse(UtteranceSchema, content);
    return said.success ? said.output : undefined;
  }

  protected learnOnline({ features, target }: LearningItem<PhraseId, Said>): number {
    const said = [...(this.#phrases.get(features) ?? []), target].slice(-this.#utterancesPerPhrase);
    this.#phrases.delete(features);
    this.#phrases.set(features, said);
    this.#forgetSurplus();
    return trustIn(said);
  }

  protected learnBatch(items: readonly LearningItem<PhraseId, Said>[]): number {
    return items.reduce((sum, item) => sum + this.learnOnline(item), 0) / items.length;
  }

  protected predictFrom(phraseId: PhraseId): Prediction {
    const said = this.#phrases.get(phraseId);
    return said === undefined
      ? { value: {}, confidence: 0 }
      : { value: summaryOf(said), confidence: trustIn(said) };
  }

  protected describe(): JsonObject {
    return {
      phrases: Object.fromEntries([...this.#phrases].map(([phraseId, said]) => [phraseId, summaryOf(said)])),
    };
  }

  protected snapshot(): LearnerState {
    const phrases = [...this.#phrases].map(([phraseId, said]) => ({
      phraseId,
      said: said.map(({ rate, segmentCosts, heardId }) => ({
        ...(rate === undefined ? {} : { rate }),
        ...(segmentCosts === undefined ? {} : { segmentCosts }),
        ...(heardId === undefined ? {} : { heardId }),
      })),
    }));
    return { state: { phrases } };
  }

  protected restore({ state, weights }: LearnerState): void {
    if (weights !== undefined) throw new TypeError('patterns have no weights');
    const { phrases } = v.parse(StateSchema, state);
    const restored = new Map(
      phrases.map(({ phraseId, said }) => [phraseId, said.slice(-this.#utterancesPerPhrase)]),
    );
    if (restored.size !== phrases.length) throw new TypeError('a phrase is there twice');
    this.#phrases = restored;
    this.#forgetSurplus();
  }

  protected override release(): void {
    this.#phrases = new Map();
  }

  #forgetSurplus(): void {
    for (const phraseId of this.#phrases.keys()) {
      if (this.#phrases.size <= this.#maximumPhrases) return;
      this.#phrases.delete(phraseId);
    }
  }
}

const trustIn = (said: readonly Said[]): number => Math.min(said.length / TRUSTED_UTTERANCES, 1);

function summaryOf(said: readonly Said[]): JsonObject {
  const logs = said.flatMap(({ rate }) => (rate === undefined ? [] : [Math.log(rate)]));
  const aligned = said.flatMap(({ segmentCosts }) => (segmentCosts === undefined ? [] : [segmentCosts]));
  const mistaken = new Map<PhraseId, number>();
  for (const { heardId } of said)
    if (heardId !== undefined) mistaken.set(heardId, (mistaken.get(heardId) ?? 0) + 1);
  const [worst] = [...mistaken].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return {
    utterances: said.length,
    ...(logs.length === 0 ? {} : { pace: Math.exp(medianOf(logs)), paceVariation: robustDeviationOf(logs) }),
    ...(aligned.length === 0
      ? {}
      : {
          segmentSpreads: Array.from({ length: SEGMENT_COUNT }, (_, segment) =>
            medianOf(aligned.map((each) => each[segment] as number)),
          ),
        }),
    ...(worst === undefined ? {} : { mistakenForId: worst[0], mistakenShare: worst[1] / said.length }),
  };
}

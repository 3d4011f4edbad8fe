import * as v from 'valibot';
import { isId, type PhraseId, type TakeId } from '../../core/ids';
import type { JsonObject, JsonValue } from '../../core/json';
import { epochMs } from '../../core/units';
import { BaseLearner } from '../../learning/base-learner';
import type { Prediction } from '../../learning/learner';
import type { LearnerConfig } from '../../learning/learner-config';
import type { LearningData } from '../../learning/learning-data';
import type { LearnerState, LearningItem, Observation } from '../../learning/observation';
import { type Cohort, unitOf, VOICEPRINT_DIMENSIONS } from './cohort';
import { bandOf, probabilityOf } from './voice-calibration';
import { VoiceProfile, type VoiceTake } from './voice-profile';

/** Kind of learning data that it learns from; always at level `confidential`. */
export const VOICE_TAKE_DATA = 'voice-take';

const TRUSTED_TAKES = 20;
const BYTES_A_TAKE = 4 * VOICEPRINT_DIMENSIONS;

type Change =
  | { readonly kind: 'enrol'; readonly takeId: TakeId; readonly phraseId: PhraseId }
  | { readonly kind: 'remove'; readonly takeId: TakeId };

const entries = {
  /** Takes that are remembered; beyond, the ones recorded longest ago are forgotten. */
  maximumTakes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(3), v.maxValue(10_000)), 1_000),
};

const StateSchema = v.strictObject({
  takes: v.array(
    v.strictObject({
      takeId: v.custom<TakeId>(isId),
      phraseId: v.custom<PhraseId>(isId),
      recordedAt: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
    }),
  ),
});

/** Content of the learning data that enrols a take. */
export const voiceTakeContent = ({
  takeId,
  phraseId,
  voiceprint,
}: Omit<VoiceTake, 'recordedAt'>): JsonObject => ({
  takeId,
  phraseId,
  voiceprint: [...voiceprint],
});

/** Content of the learning data that removes one, as if it had never been there. */
export const removedVoiceTakeContent = (takeId: TakeId): JsonObject => ({ takeId, isRemoved: true });

/**
 * Learns one person's voice from all takes of all phrases, and tells how likely an utterance is theirs: `VoiceProfile`
 * behind the contract of every learner. What it knows is a function of the takes that are enrolled, so a removed one leaves
 * no trace.
 *
 * Learns from `voice-take` data: `takeId`, `phraseId` and `voiceprint` (64 numbers), or `takeId` and `isRemoved`. They are
 * `confidential`, so the configuration has to name that level. Predicts `band`, `probability` and `score` of a
 * `voiceprint`. Insights are counts only: nothing computed from a voice may become one.
 *
 * @example
 * const learner = new VoiceProfileLearner('voice', new Cohort(shippedRows));
 * await learner.initialize({ privacyLevels: ['confidential'] });
 */
export class VoiceProfileLearner extends BaseLearner<Float32Array | null, Change, typeof entries> {
  readonly learnerType = 'voice-profile';
  readonly supportedModes = ['online', 'batch'] as const;
  override readonly dataTypes = [VOICE_TAKE_DATA];
  protected readonly configEntries = entries;
  protected readonly snapshotVersion = 1;
  readonly #cohort: Cohort;
  #profile: VoiceProfile;
  #maximumTakes = 0;

  constructor(learnerId: string, cohort: Cohort) {
    super(learnerId);
    this.#cohort = cohort;
    this.#profile = new VoiceProfile(cohort);
  }

  /** As of the last call that succeeded; to be read only. */
  get profile(): Pick<VoiceProfile, 'state' | 'scoreOf'> {
    return this.#profile;
  }

  protected initializeLearner({ maximumTakes }: LearnerConfig<typeof entries>): void {
    this.#maximumTakes = maximumTakes;
    this.#profile = new VoiceProfile(this.#cohort);
  }

  /** `null` for a removal, which tells of no voice. */
  protected extractFeatures({ content }: Observation): Float32Array | null | undefined {
    if (content['isRemoved'] === true) return null;
    return voiceprintOf(content['voiceprint']);
  }

  protected extractTarget({ content }: LearningData): Change | undefined {
    const { takeId, phraseId, isRemoved } = content;
    if (!isId<TakeId>(takeId)) return undefined;
    if (isRemoved === true) return { kind: 'remove', takeId };
    return isId<PhraseId>(phraseId) ? { kind: 'enrol', takeId, phraseId } : undefined;
  }

  protected learnOnline({ features, target, at }: LearningItem<Float32Array | null, Change>): number {
    if (target.kind === 'remove') this.#profile.remove(target.takeId);
    else if (features !== null) {
      const { takeId, phraseId } = target;
      this.#profile.enrol({ takeId, phraseId, recordedAt: at, voiceprint: features });
      this.#forgetSurplus();
    }
    return Math.min(this.#profile.takeCount / TRUSTED_TAKES, 1);
  }

  protected learnBatch(items: readonly LearningItem<Float32Array | null, Change>[]): number {
    return items.reduce((sum, item) => sum + this.learnOnline(item), 0) / items.length;
  }

  protected predictFrom(voiceprint: Float32Array | null): Prediction {
    const { state } = this.#profile;
    const score = voiceprint === null ? undefined : this.#profile.scoreOf(voiceprint);
    if (state.kind !== 'ready' || score === undefined) return { value: {}, confidence: 0 };
    const probability = probabilityOf(state.calibration.logOdds(score, 1));
    return {
      value: { band: bandOf(probability), probability, score },
      confidence: Math.abs(2 * probability - 1),
    };
  }

  protected describe(): JsonObject {
    const phrases = new Set(this.#profile.takes.map(({ phraseId }) => phraseId));
    return { takes: this.#profile.takeCount, phrases: phrases.size, state: this.#profile.state.kind };
  }

  protected snapshot(): LearnerState {
    const { takes } = this.#profile;
    const weights = new Uint8Array(takes.length * BYTES_A_TAKE);
    const view = new DataView(weights.buffer);
    for (const [row, { voiceprint }] of takes.entries())
      for (const [column, value] of voiceprint.entries())
        view.setFloat32(row * BYTES_A_TAKE + 4 * column, value, true);
    return {
      state: { takes: takes.map(({ takeId, phraseId, recordedAt }) => ({ takeId, phraseId, recordedAt })) },
      weights,
    };
  }

  protected restore({ state, weights }: LearnerState): void {
    const { takes } = v.parse(StateSchema, state);
    if (weights?.byteLength !== takes.length * BYTES_A_TAKE) throw new TypeError('one voiceprint a take');
    const view = new DataView(weights.buffer, weights.byteOffset, weights.byteLength);
    const profile = new VoiceProfile(this.#cohort);
    for (const [row, { takeId, phraseId, recordedAt }] of takes.entries()) {
      const voiceprint = Float32Array.from({ length: VOICEPRINT_DIMENSIONS }, (_, column) =>
        view.getFloat32(row * BYTES_A_TAKE + 4 * column, true),
      );
      profile.enrol({ takeId, phraseId, recordedAt: epochMs(recordedAt), voiceprint });
    }
    if (profile.takeCount !== takes.length) throw new TypeError('a take is there twice');
    this.#profile = profile;
    this.#forgetSurplus();
  }

  protected override release(): void {
    this.#profile = new VoiceProfile(this.#cohort);
  }

  #forgetSurplus(): void {
    if (this.#profile.takeCount <= this.#maximumTakes) return;
    const oldestFirst = [...this.#profile.takes].sort((a, b) => a.recordedAt - b.recordedAt);
    for (const { takeId } of oldestFirst.slice(0, -this.#maximumTakes)) this.#profile.remove(takeId);
  }
}

/** `undefined` for anything that is no voiceprint. Rounding on the way through JSON is put right. */
function voiceprintOf(value: JsonValue | undefined): Float32Array | undefined {
  if (!Array.isArray(value) || value.length !== VOICEPRINT_DIMENSIONS) return undefined;
  const numbers = value.filter((each): each is number => typeof each === 'number');
  return numbers.length === VOICEPRINT_DIMENSIONS ? unitOf(Float64Array.from(numbers)) : undefined;
}

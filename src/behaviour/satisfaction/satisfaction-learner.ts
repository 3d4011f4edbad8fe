import * as v from 'valibot';
import type { JsonObject } from '../../core/json';
import { BaseLearner } from '../../learning/base-learner';
import type { LearningContext, Prediction } from '../../learning/learner';
import type { LearnerConfig } from '../../learning/learner-config';
import type { LearningData } from '../../learning/learning-data';
import type { LearnerState, LearningItem, Observation } from '../../learning/observation';
import { floatsOf } from '../dense-net';
import { ModelTrial } from '../model-trial';
import { isTrainingDue } from '../training-pace';
import { FEATURES, interactionFeatures } from './interaction-features';
import type { LabelledRow } from './random-forest';
import type { SatisfactionModel, SatisfactionTrainer } from './satisfaction-model';
import { fitScaler, type SavedScaler, SavedScalerSchema, scaled } from './standard-scaler';

/** Saying the same again this soon means that it was not right the first time. */
const REPEATED_WITHIN_MS = 30_000;
const MOST_PENDING = 50;
const MOST_EXAMPLES = 500;
/** Judged interactions before the model may be believed. */
const LEAST_JUDGED = 20;
/** Losses are log losses, in nats. */
const TRIAL_RULES = { leastEvents: LEAST_JUDGED, leastGain: 0.01 };
const LEAST_CHANCE = 0.02;

/** Something was asked for, or taken back, or said to be wrong. `subject` is the utterance. */
type Happening =
  | {
      readonly kind: 'asked';
      readonly subject: string;
      readonly phraseId: string;
      readonly hasFailed: boolean;
    }
  | { readonly kind: 'regretted'; readonly subject: string };

type Own = Record<never, never>;

const finite = v.pipe(v.number(), v.finite());
const amount = v.pipe(finite, v.minValue(0));
const row = v.pipe(v.array(finite), v.length(FEATURES.length));
const PendingSchema = v.strictObject({
  subject: v.string(),
  phraseId: v.string(),
  hasFailed: v.boolean(),
  atMs: v.pipe(v.number(), v.safeInteger()),
  features: row,
});
type Pending = v.InferOutput<typeof PendingSchema>;
const StateSchema = v.strictObject({
  pending: v.pipe(v.array(PendingSchema), v.maxLength(MOST_PENDING)),
  examples: v.pipe(
    v.array(v.strictObject({ features: row, label: v.picklist([0, 1]) })),
    v.maxLength(MOST_EXAMPLES),
  ),
  right: amount,
  judged: amount,
  /** `constantLoss` is the rival's. */
  trial: v.strictObject({ events: amount, weight: amount, modelLoss: amount, constantLoss: amount }),
  scaler: v.nullable(SavedScalerSchema),
  /** Examples there were when it was trained last, and how many came since. */
  trainedOn: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  sinceTraining: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  heldOutAccuracy: v.nullable(v.pipe(finite, v.minValue(0), v.maxValue(1))),
});

/**
 * Foresees whether an interaction is right in the eyes of the person, from what is known before they can say so. What
 * came of it is observed, not asked: an interaction counts as wrong when it failed, was taken back, was corrected, or
 * was repeated within half a minute; as right when the next one comes and none of that happened.
 *
 * Every new outcome is foreseen before it is learnt from, beside a constant guess (the share that was right so far). The
 * model answers only while it did better; its insights say so (`isUsed`). Predicts `{ satisfaction, basis }`.
 *
 * @example
 * const learner = new SatisfactionLearner('satisfaction-forest', forestTrainer);
 * await learner.initialize({});
 */
export class SatisfactionLearner extends BaseLearner<readonly number[], Happening, Own> {
  readonly learnerType: string;
  readonly supportedModes = ['online', 'batch'] as const;
  override readonly dataTypes = ['user-interaction', 'correction'];
  protected readonly configEntries = {};
  protected readonly snapshotVersion = 1;

  readonly #trainer: SatisfactionTrainer;
  #pending: readonly Pending[] = [];
  #examples: readonly LabelledRow[] = [];
  #right = 0;
  #judged = 0;
  #trial = new ModelTrial(TRIAL_RULES);
  #trained: { readonly model: SatisfactionModel; readonly scaler: SavedScaler } | undefined;
  #trainedOn = 0;
  #sinceTraining = 0;
  #heldOutAccuracy: number | undefined;

  constructor(learnerId: string, trainer: SatisfactionTrainer) {
    super(learnerId);
    this.learnerType = trainer.learnerType;
    this.#trainer = trainer;
  }

  protected initializeLearner(_: LearnerConfig<Own>): void {
    this.release();
  }

  protected extractFeatures({ content, at }: Observation): readonly number[] {
    return interactionFeatures(content, at);
  }

  protected extractTarget({ dataType, content }: LearningData): Happening | undefined {
    const { utteranceId, subjectId, interactionType, phraseId, result, followUp } = content;
    if (dataType === 'correction')
      return typeof subjectId === 'string' ? { kind: 'regretted', subject: subjectId } : undefined;
    if (typeof utteranceId !== 'string' || (result !== 'success' && result !== 'failure')) return undefined;
    if (interactionType === 'undo') return { kind: 'regretted', subject: utteranceId };
    // What a correction had done says nothing more of what was said: that was taken for something else.
    if (followUp === true) return undefined;
    return {
      kind: 'asked',
      subject: utteranceId,
      phraseId: typeof phraseId === 'string' ? phraseId : '',
      hasFailed: result === 'failure',
    };
  }

  protected learnOnline({ features, target, at }: LearningItem<readonly number[], Happening>): number {
    if (target.kind === 'regretted') {
      const regretted = this.#pending.find(({ subject }) => subject === target.subject);
      if (regretted !== undefined) this.#settle(regretted, 0);
    } else {
      for (const pending of this.#pending) {
        const isRepeated =
          target.phraseId !== '' &&
          pending.phraseId === target.phraseId &&
          at - pending.atMs <= REPEATED_WITHIN_MS;
        this.#settle(pending, isRepeated || pending.hasFailed ? 0 : 1);
      }
      const { subject, phraseId, hasFailed } = target;
      this.#pending = [
        ...this.#pending,
        { subject, phraseId, hasFailed, atMs: at, features: [...features] },
      ].slice(-MOST_PENDING);
    }
    return this.#judged === 0 ? 0 : Math.min(1, this.#judged / LEAST_JUDGED);
  }

  protected learnBatch(items: readonly LearningItem<readonly number[], Happening>[]): number {
    const trusts = items.map((item) => this.learnOnline(item));
    return trusts.reduce((sum, trust) => sum + trust, 0) / trusts.length;
  }

  protected override async concludeLearning({ random, signal }: LearningContext): Promise<JsonObject> {
    const count = this.#examples.length;
    const isDue = isTrainingDue({
      examples: count,
      leastExamples: this.#trainer.leastExamples,
      trainedOn: this.#trainedOn,
      sinceTraining: this.#sinceTraining,
    });
    if (!isDue) return { trained: false };
    const heldOut = Math.max(1, Math.round(count * this.#trainer.heldOutShare));
    const [old, recent] = [this.#examples.slice(0, -heldOut), this.#examples.slice(-heldOut)];
    const scaler = fitScaler(old.map(({ features }) => features));
    const scaledRows = old.map(({ features, label }) => ({ features: scaled(scaler, features), label }));
    const model = await this.#trainer.train(scaledRows, random, signal);
    if (model === undefined) return { trained: false };
    const hits = recent.filter(
      ({ features, label }) => (model.predict(scaled(scaler, features)) >= 0.5 ? 1 : 0) === label,
    );
    this.#trained = { model, scaler };
    this.#trainedOn = count;
    this.#sinceTraining = 0;
    this.#heldOutAccuracy = hits.length / recent.length;
    return { trained: true, trainedOn: old.length, heldOutAccuracy: this.#heldOutAccuracy };
  }

  protected predictFrom(features: readonly number[]): Prediction {
    if (this.#judged === 0) return { value: {}, confidence: 0 };
    const trained = this.#isUsed ? this.#trained : undefined;
    const satisfaction =
      trained === undefined ? this.#constant : trained.model.predict(scaled(trained.scaler, features));
    return {
      value: { satisfaction, basis: trained === undefined ? 'constant' : 'model' },
      confidence: Math.abs(2 * satisfaction - 1) * Math.min(1, this.#judged / LEAST_JUDGED),
    };
  }

  protected describe(): JsonObject {
    const { model, rival } = this.#trial.means;
    return {
      examples: this.#examples.length,
      shareRight: this.#judged === 0 ? null : this.#right / this.#judged,
      isTrained: this.#trained !== undefined,
      isUsed: this.#isUsed,
      judged: this.#trial.events,
      modelLogLoss: model,
      constantLogLoss: rival,
      heldOutAccuracy: this.#heldOutAccuracy ?? null,
    };
  }

  protected snapshot(): LearnerState {
    const { rivalLoss, ...trial } = this.#trial.save();
    const state = {
      pending: this.#pending.map((one) => ({ ...one, features: [...one.features] })),
      examples: this.#examples.map(({ features, label }) => ({ features: [...features], label })),
      right: this.#right,
      judged: this.#judged,
      trial: { ...trial, constantLoss: rivalLoss },
      scaler: this.#trained?.scaler ?? null,
      trainedOn: this.#trainedOn,
      sinceTraining: this.#sinceTraining,
      heldOutAccuracy: this.#heldOutAccuracy ?? null,
    };
    return this.#trained === undefined
      ? { state }
      : { state, weights: new Uint8Array(Float32Array.from(this.#trained.model.save()).buffer) };
  }

  protected restore({ state, weights }: LearnerState): void {
    const saved = v.parse(StateSchema, state);
    if ((saved.scaler === null) !== (weights === undefined))
      throw new TypeError('a model without its scaler');
    this.#trained =
      saved.scaler === null || weights === undefined
        ? undefined
        : {
            scaler: wholeScaler(saved.scaler),
            model: this.#trainer.restore(floatsOf(weights), FEATURES.length),
          };
    this.#pending = saved.pending;
    this.#examples = saved.examples;
    this.#right = saved.right;
    this.#judged = saved.judged;
    const { constantLoss, ...trial } = saved.trial;
    this.#trial = new ModelTrial(TRIAL_RULES, { ...trial, rivalLoss: constantLoss });
    this.#trainedOn = saved.trainedOn;
    this.#sinceTraining = saved.sinceTraining;
    this.#heldOutAccuracy = saved.heldOutAccuracy ?? undefined;
  }

  protected override release(): void {
    this.#pending = [];
    this.#examples = [];
    this.#right = 0;
    this.#judged = 0;
    this.#trial = new ModelTrial(TRIAL_RULES);
    this.#trained = undefined;
    this.#trainedOn = 0;
    this.#sinceTraining = 0;
    this.#heldOutAccuracy = undefined;
  }

  /** The share that was right so far, as if one had been right and one wrong before the first. */
  get #constant(): number {
    return (this.#right + 1) / (this.#judged + 2);
  }

  get #isUsed(): boolean {
    return this.#trained !== undefined && this.#trial.isWon;
  }

  /** What came of it is known: foresees it first, then learns from it. */
  #settle(pending: Pending, label: 0 | 1): void {
    this.#pending = this.#pending.filter((one) => one !== pending);
    if (this.#trained !== undefined) {
      const { model, scaler } = this.#trained;
      this.#trial.judge(
        lossOf(model.predict(scaled(scaler, pending.features)), label),
        lossOf(this.#constant, label),
      );
    }
    this.#examples = [...this.#examples, { features: pending.features, label }].slice(-MOST_EXAMPLES);
    this.#sinceTraining += 1;
    this.#judged += 1;
    this.#right += label;
  }
}

/** −ln of the chance of what came, in nats; nobody is quite certain. */
function lossOf(chance: number, label: 0 | 1): number {
  const bounded = Math.min(1 - LEAST_CHANCE, Math.max(LEAST_CHANCE, chance));
  return -Math.log(label === 1 ? bounded : 1 - bounded);
}

function wholeScaler(scaler: SavedScaler): SavedScaler {
  const { means, spreads } = scaler;
  const isWhole =
    means.length === FEATURES.length && spreads.length === FEATURES.length && spreads.every((one) => one > 0);
  if (!isWhole) throw new TypeError('a scaler of other features');
  return scaler;
}

import * as v from 'valibot';
import type { Compute } from '../../compute/compute-contract';
import type { JsonObject } from '../../core/json';
import { BaseLearner } from '../../learning/base-learner';
import type { LearningContext, Prediction } from '../../learning/learner';
import type { LearnerConfig } from '../../learning/learner-config';
import type { LearningData } from '../../learning/learning-data';
import type { LearnerState, LearningItem, Observation } from '../../learning/observation';
import { NOTHING_MEANT, TYPED_COMMAND_DATA } from '../../learning/typed-command';
import { floatsOf } from '../dense-net';
import { ModelTrial, SavedTrialSchema } from '../model-trial';
import { isTrainingDue } from '../training-pace';
import { type AskedText, askedText, IntentNameSchema, intentIn, ShortTextSchema } from './asked-text';
import { DenseHead, spaceOf } from './dense-head';
import { ExampleStore } from './example-store';
import { type IntentExample, IntentModel } from './intent-model';
import type { LentHead } from './lent-head';
import type { TextDirections, TextSpaces } from './text-directions';

const entries = {
  /** Examples that are remembered; beyond, the one given longest ago is forgotten. */
  maximumExamples: v.optional(v.pipe(v.number(), v.integer(), v.minValue(25), v.maxValue(5_000)), 1_000),
};
type Entries = typeof entries;

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const StateSchema = v.strictObject({
  /** Given longest ago first; the net was trained on those that say so. */
  examples: v.array(
    v.strictObject({ text: ShortTextSchema, intent: IntentNameSchema, isTrainedOn: v.boolean() }),
  ),
  head: v.nullable(
    v.strictObject({
      intents: v.pipe(v.array(IntentNameSchema), v.minLength(2)),
      space: v.string(),
      inputs: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(10_000)),
    }),
  ),
  trial: SavedTrialSchema,
  sinceTraining: count,
});

const LEAST_EXAMPLES = 20;
/** Losses are 1 for each text whose meaning is not listed first, 0 otherwise. */
const TRIAL_RULES = { leastEvents: 30, leastGain: 0.05 };
/** Of the examples there is room for, the newest share is trained on: the others can be forgotten without it. */
const TRAINED_SHARE = 0.8;

interface Services {
  readonly compute: Pick<Compute, 'train'>;
  readonly spaces: TextSpaces;
  /** Where the net is left while it does better than what answers without it. */
  readonly lent: LentHead;
}

/**
 * A net over the embedding of what a person types, trained on their own examples: 128 rectified units, dropout 0.1, softmax.
 * Learns from `typed-command` data, `{ text, intent }`. Every new text is first put to the model that answers without the
 * net and to the same model with it; only while the net made fewer mistakes is it lent to the learner that answers.
 *
 * The net never holds what is forgotten or was corrected: it is let go at once when an example that it was trained on
 * changes, and trained anew from those that are left.
 *
 * Predicts from `{ text, candidates? }` the `ranking` of the intents it was trained on.
 */
export class TextNetLearner extends BaseLearner<AskedText, string, Entries> {
  readonly learnerType = 'text-net';
  readonly supportedModes = ['online', 'batch'] as const;
  override readonly dataTypes = [TYPED_COMMAND_DATA];
  protected readonly configEntries = entries;
  protected readonly snapshotVersion = 1;

  readonly #services: Services;
  #maximumExamples = 1;
  #examples = new ExampleStore(1);
  #head: DenseHead | undefined;
  /** Examples that are in the weights of the net; their objects are those of the store. */
  #trainedOn: ReadonlySet<IntentExample> = new Set();
  #sinceTraining = 0;
  #trial = new ModelTrial(TRIAL_RULES);
  /** What answers without the net, as of the beginning of a call. */
  #rival: { readonly model: IntentModel; readonly directions: TextDirections | undefined } | undefined;

  constructor(learnerId: string, services: Services) {
    super(learnerId);
    this.#services = services;
  }

  protected initializeLearner({ maximumExamples }: LearnerConfig<Entries>): void {
    this.#maximumExamples = maximumExamples;
    this.#examples = new ExampleStore(maximumExamples);
    this.release();
  }

  protected extractFeatures({ content }: Observation): AskedText | undefined {
    return askedText(content);
  }

  protected extractTarget({ content }: LearningData): string | undefined {
    return intentIn(content);
  }

  protected async learnOnline({ features, target }: LearningItem<AskedText, string>): Promise<number> {
    const { text } = features;
    const known = this.#examples.intentOf(text);
    if (known === undefined) await this.#judge(text, target);
    // The same again: nothing to learn, and it stays the example that the net may have been trained on.
    if (known !== target) {
      const gone = this.#examples.put({ text, intent: target });
      this.#sinceTraining += 1;
      if (gone.some((example) => this.#trainedOn.has(example))) this.#dropHead();
    }
    return Math.min(1, this.#examples.countOf(target) / LEAST_EXAMPLES);
  }

  protected async learnBatch(items: readonly LearningItem<AskedText, string>[]): Promise<number> {
    let sum = 0;
    for (const item of items) sum += await this.learnOnline(item);
    return sum / items.length;
  }

  protected override async concludeLearning({ random, signal }: LearningContext): Promise<JsonObject> {
    this.#rival = undefined;
    const examples = this.#examples.all.slice(-Math.ceil(TRAINED_SHARE * this.#maximumExamples));
    const isDue = isTrainingDue({
      examples: examples.length,
      leastExamples: LEAST_EXAMPLES,
      trainedOn: this.#trainedOn.size,
      sinceTraining: this.#sinceTraining,
    });
    const directions = await this.#services.spaces.directionsFor(examples.map(({ text }) => text));
    const isElsewhere = this.#head !== undefined && this.#head.space !== spaceOf(directions);
    const isTelling = new Set(examples.map(({ intent }) => intent)).size > 1;
    const head =
      isTelling && (isDue || isElsewhere)
        ? await DenseHead.train(this.#services.compute, examples, directions, random, signal)
        : undefined;
    if (head !== undefined) {
      // How a net did in another space says nothing of this one.
      if (isElsewhere) this.#trial = new ModelTrial(TRIAL_RULES);
      this.#head = head;
      this.#trainedOn = new Set(examples);
      this.#sinceTraining = 0;
    }
    this.#lend();
    return { trained: head !== undefined, trainedOn: this.#trainedOn.size };
  }

  protected async predictFrom({ text, candidates }: AskedText): Promise<Prediction> {
    const directions = await this.#services.spaces.directionsFor([text]);
    const head = this.#head;
    if (head === undefined || head.space !== spaceOf(directions)) return { value: {}, confidence: 0 };
    const offered = candidates === undefined ? undefined : new Set(candidates.map(({ intent }) => intent));
    const chances = head.chances(text, directions);
    const ranking = head.intents
      .map((intent, at) => ({ intent, confidence: chances[at] ?? 0 }))
      .filter(({ intent }) => intent !== NOTHING_MEANT && offered?.has(intent) !== false)
      .sort((a, b) => b.confidence - a.confidence)
      .slice(0, 10);
    const [best] = ranking;
    return best === undefined
      ? { value: {}, confidence: 0 }
      : { value: { ranking }, confidence: best.confidence };
  }

  protected describe(): JsonObject {
    const { model, rival } = this.#trial.means;
    return {
      examples: this.#examples.size,
      isTrained: this.#head !== undefined,
      isUsed: this.#isUsed,
      trainedOn: this.#trainedOn.size,
      judged: this.#trial.events,
      mistakesWithNet: model,
      mistakesWithout: rival,
      space: this.#head?.space ?? null,
    };
  }

  protected snapshot(): LearnerState {
    const state = {
      examples: this.#examples.all.map((example) => ({
        text: example.text,
        intent: example.intent,
        isTrainedOn: this.#trainedOn.has(example),
      })),
      head: headState(this.#head),
      trial: this.#trial.save(),
      sinceTraining: this.#sinceTraining,
    };
    return this.#head === undefined
      ? { state }
      : { state, weights: new Uint8Array(Float32Array.from(this.#head.weights()).buffer) };
  }

  protected restore({ state, weights }: LearnerState): void {
    const saved = v.parse(StateSchema, state);
    if ((saved.head === null) !== (weights === undefined)) throw new TypeError('a net without its weights');
    const head =
      saved.head === null || weights === undefined
        ? undefined
        : DenseHead.restore(saved.head, floatsOf(weights));
    const store = new ExampleStore(this.#maximumExamples);
    const trainedOn = new Set<IntentExample>();
    let isWhole = true;
    for (const { isTrainedOn, ...example } of saved.examples) {
      const gone = store.put(example);
      if (isTrainedOn) trainedOn.add(example);
      // There is room for fewer than there was: what the net was trained on is no longer all there.
      if (gone.some((each) => trainedOn.has(each))) isWhole = false;
    }
    if ((head !== undefined) !== trainedOn.size > 0) throw new TypeError('a net of no examples');
    this.#examples = store;
    this.#head = head;
    this.#trainedOn = trainedOn;
    this.#sinceTraining = saved.sinceTraining;
    this.#trial = new ModelTrial(TRIAL_RULES, saved.trial);
    this.#rival = undefined;
    if (!isWhole) this.#dropHead();
    this.#lend();
  }

  protected override release(): void {
    this.#examples = this.#examples.holding([]);
    this.#trial = new ModelTrial(TRIAL_RULES);
    this.#sinceTraining = 0;
    this.#dropHead();
    this.#rival = undefined;
    this.#services.spaces.forget();
  }

  get #isUsed(): boolean {
    return this.#head !== undefined && this.#trial.isWon;
  }

  /** With and without the net, before the meaning of a new text is known. */
  async #judge(text: string, intent: string): Promise<void> {
    const head = this.#head;
    if (head === undefined) return;
    const examples = this.#examples.all;
    const directions = await this.#services.spaces.directionsFor([...examples.map((one) => one.text), text]);
    if (head.space !== spaceOf(directions)) return;
    const rival =
      this.#rival?.directions === directions && this.#rival !== undefined
        ? this.#rival
        : { model: new IntentModel(examples, directions), directions };
    this.#rival = rival;
    const { model } = rival;
    const lossOf = (ranked: readonly { readonly intent: string }[]): number =>
      ranked[0]?.intent === intent ? 0 : 1;
    this.#trial.judge(lossOf(model.rank(text, head)), lossOf(model.rank(text)));
  }

  #dropHead(): void {
    this.#head = undefined;
    this.#trainedOn = new Set();
    this.#services.lent.head = undefined;
  }

  #lend(): void {
    this.#services.lent.head = this.#isUsed ? this.#head : undefined;
  }
}

function headState(head: DenseHead | undefined) {
  if (head === undefined) return null;
  const { intents, space, inputs } = head.describe();
  return { intents: [...intents], space, inputs };
}

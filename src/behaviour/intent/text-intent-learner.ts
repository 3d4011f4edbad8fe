import * as v from 'valibot';
import type { JsonObject } from '../../core/json';
import { BaseLearner } from '../../learning/base-learner';
import type { Prediction } from '../../learning/learner';
import type { LearnerConfig } from '../../learning/learner-config';
import type { LearningData } from '../../learning/learning-data';
import type { LearnerState, LearningItem, Observation } from '../../learning/observation';
import { NOTHING_MEANT, TYPED_COMMAND_DATA } from '../../learning/typed-command';
import { type AskedText, askedText, IntentNameSchema, intentIn, ShortTextSchema } from './asked-text';
import { spaceOf } from './dense-head';
import { ExampleStore } from './example-store';
import { type IntentExample, IntentModel } from './intent-model';
import { LentHead } from './lent-head';
import { joinedDirections, splitDirections } from './stored-directions';
import type { TextDirections, TextSpaces } from './text-directions';

const entries = {
  /** Examples that are remembered; beyond, the one given longest ago is forgotten. */
  maximumExamples: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20_000)), 2_000),
};
type Entries = typeof entries;

const StateSchema = v.strictObject({
  /** Given longest ago first. */
  examples: v.array(v.strictObject({ text: ShortTextSchema, intent: IntentNameSchema })),
  /** The space of the directions in the weights; `null` where there are none, and absent in version 1. */
  space: v.optional(
    v.nullable(
      v.strictObject({
        id: v.string(),
        dimensions: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(4_096)),
      }),
    ),
    null,
  ),
});

/** Examples of one intent that make it trusted in full. */
const TRUSTED_EXAMPLES = 5;
const MOST_RANKED = 10;

/**
 * What a person means by what they type. Learns from `typed-command` data, `{ text, intent }`: a text that is given
 * another intent than before (a correction) means that one from then on. `intent` `none` says that nothing was meant.
 *
 * Predicts from `{ text, candidates? }` the `ranking` of intents, each with the chance that it is meant. The names of
 * candidates count as examples, so that a phrase can be typed before anything is learnt of it. Works in any script, and
 * without directions of texts by letters alone.
 *
 * Neither insights nor results hold a word that was typed. Memory is bounded by `maximumExamples`.
 *
 * @example
 * const learner = new TextIntentLearner('text-intent', spaceOfItsOwn(table));
 * await learner.initialize({ maximumExamples: 500 });
 */
export class TextIntentLearner extends BaseLearner<AskedText, string, Entries> {
  readonly learnerType = 'text-intent';
  readonly supportedModes = ['online', 'batch'] as const;
  override readonly dataTypes = [TYPED_COMMAND_DATA];
  protected readonly configEntries = entries;
  protected readonly snapshotVersion = 2;

  readonly #spaces: TextSpaces;
  readonly #lent: LentHead;
  #examples = new ExampleStore(1);
  /** As of the last thing learnt or asked. */
  #space = '';
  /** The model of the last question: while somebody types, the candidates stay the same. */
  #fitted:
    | { readonly key: string; readonly directions: TextDirections | undefined; readonly model: IntentModel }
    | undefined;

  /** @param lent where a net is that knows the person's own intents better, while there is one */
  constructor(learnerId: string, spaces: TextSpaces, lent = new LentHead()) {
    super(learnerId);
    this.#spaces = spaces;
    this.#lent = lent;
  }

  protected async initializeLearner({ maximumExamples }: LearnerConfig<Entries>): Promise<void> {
    this.#space = spaceOf(await this.#spaces.directionsFor([]));
    this.#examples = new ExampleStore(maximumExamples);
    this.#fitted = undefined;
  }

  protected extractFeatures({ content }: Observation): AskedText | undefined {
    return askedText(content);
  }

  protected extractTarget({ content }: LearningData): string | undefined {
    return intentIn(content);
  }

  protected learnOnline({ features, target }: LearningItem<AskedText, string>): number {
    this.#examples.put({ text: features.text, intent: target });
    this.#fitted = undefined;
    return Math.min(1, this.#examples.countOf(target) / TRUSTED_EXAMPLES);
  }

  protected learnBatch(items: readonly LearningItem<AskedText, string>[]): number {
    const trusts = items.map((item) => this.learnOnline(item));
    return trusts.reduce((sum, trust) => sum + trust, 0) / trusts.length;
  }

  /** Directions of what is new are made now, and stored with it, not when the next question waits for them. */
  protected override async concludeLearning(): Promise<JsonObject> {
    this.#space = spaceOf(await this.#spaces.directionsFor(this.#examples.all.map(({ text }) => text)));
    return {};
  }

  protected async predictFrom({ text, candidates }: AskedText): Promise<Prediction> {
    const known = this.#examples.all;
    const asked = candidates === undefined ? known : examplesFor(candidates, known);
    const directions = await this.#spaces.directionsFor([...asked.map((example) => example.text), text]);
    this.#space = spaceOf(directions);
    const { head } = this.#lent;
    // A text that was given means what was said of it, whatever the net makes of it.
    const isHeadAsked = head?.space === this.#space && this.#examples.intentOf(text) === undefined;
    const ranked = this.#modelOf(asked, directions).rank(text, isHeadAsked ? head : undefined);
    const meant = ranked.filter(({ intent }) => intent !== NOTHING_MEANT).slice(0, MOST_RANKED);
    if (meant.length === 0) return { value: {}, confidence: 0 };
    return {
      value: { ranking: meant.map(({ intent, confidence }) => ({ intent, confidence })) },
      confidence: meant[0]?.confidence ?? 0,
    };
  }

  protected describe(): JsonObject {
    const { all } = this.#examples;
    return {
      examples: all.length,
      intents: new Set(all.map(({ intent }) => intent)).size,
      rejected: this.#examples.countOf(NOTHING_MEANT),
      space: this.#space,
    };
  }

  protected snapshot(): LearnerState {
    const examples = this.#examples.all.map(({ text, intent }) => ({ text, intent }));
    const texts = examples.map(({ text }) => text);
    const stored = this.#spaces.store(texts);
    if (stored === undefined || stored.directions.size === 0) return { state: { examples, space: null } };
    const { space: id, dimensions } = stored;
    return {
      state: { examples, space: { id, dimensions } },
      weights: joinedDirections(texts, stored),
    };
  }

  protected restore({ state, weights }: LearnerState): void {
    const { examples, space } = v.parse(StateSchema, state);
    if ((space === null) !== (weights === undefined)) throw new TypeError('directions of no space');
    const texts = examples.map(({ text }) => text);
    const stored =
      space === null || weights === undefined
        ? undefined
        : splitDirections(texts, weights, { space: space.id, dimensions: space.dimensions });
    this.#spaces.offer(stored);
    this.#examples = this.#examples.holding(examples);
    this.#fitted = undefined;
  }

  protected override release(): void {
    this.#examples = this.#examples.holding([]);
    this.#fitted = undefined;
    this.#spaces.forget();
  }

  #modelOf(examples: readonly IntentExample[], directions: TextDirections | undefined): IntentModel {
    const key = JSON.stringify(examples.map(({ text, intent }) => [intent, text]));
    if (this.#fitted?.key !== key || this.#fitted.directions !== directions)
      this.#fitted = { key, directions, model: new IntentModel(examples, directions) };
    return this.#fitted.model;
  }
}

/** The candidates' names and what was learnt of them; what was learnt to mean nothing always takes part. */
function examplesFor(
  candidates: readonly { readonly intent: string; readonly texts: readonly string[] }[],
  known: readonly IntentExample[],
): readonly IntentExample[] {
  const offered = new Set([...candidates.map(({ intent }) => intent), NOTHING_MEANT]);
  return [
    ...candidates.flatMap(({ intent, texts }) => texts.map((text) => ({ text, intent }))),
    ...known.filter(({ intent }) => offered.has(intent)),
  ];
}

import * as v from 'valibot';
import type { JsonObject } from '../../core/json';
import { BaseLearner } from '../../learning/base-learner';
import type { LearningContext, Prediction } from '../../learning/learner';
import type { LearnerConfig } from '../../learning/learner-config';
import type { LearningData } from '../../learning/learning-data';
import type { LearnerState, LearningItem, Observation } from '../../learning/observation';
import { NOTHING_MEANT, TYPED_COMMAND_DATA } from '../../learning/typed-command';
import { ExampleStore } from './example-store';
import { type IntentExample, IntentModel } from './intent-model';
import { wordsOf } from './text-features';
import type { TextTable } from './text-table';

const entries = {
  /** Examples that are remembered; beyond, the one given longest ago is forgotten. */
  maximumExamples: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20_000)), 2_000),
};
type Entries = typeof entries;

const short = v.pipe(v.string(), v.minLength(1), v.maxLength(500));
const intentName = v.pipe(v.string(), v.minLength(1), v.maxLength(120));

const CandidateSchema = v.object({
  intent: intentName,
  /** What it is called: as good as one example each. */
  texts: v.pipe(v.array(short), v.maxLength(20)),
});
const AskedSchema = v.looseObject({
  text: short,
  /** What may be meant; everything it has examples of when left out. */
  candidates: v.optional(v.pipe(v.array(CandidateSchema), v.maxLength(1_000))),
});
type Asked = v.InferOutput<typeof AskedSchema>;

const StateSchema = v.strictObject({
  /** Given longest ago first. */
  examples: v.array(v.strictObject({ text: short, intent: intentName })),
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
 * without a table of text pieces by letters alone.
 *
 * Neither insights nor results hold a word that was typed. Memory is bounded by `maximumExamples`.
 *
 * @example
 * const learner = new TextIntentLearner('text-intent', async () => table);
 * await learner.initialize({ maximumExamples: 500 });
 */
export class TextIntentLearner extends BaseLearner<Asked, string, Entries> {
  readonly learnerType = 'text-intent';
  readonly supportedModes = ['online', 'batch'] as const;
  override readonly dataTypes = [TYPED_COMMAND_DATA];
  protected readonly configEntries = entries;
  protected readonly snapshotVersion = 1;

  readonly #loadTable: () => Promise<TextTable | undefined>;
  #table: TextTable | undefined;
  #examples = new ExampleStore(1);
  /** The model of the last question: while somebody types, the candidates stay the same. */
  #fitted: { readonly key: string; readonly model: IntentModel } | undefined;

  /** @param loadTable brings the table of text pieces; `undefined` where it cannot be had */
  constructor(learnerId: string, loadTable: () => Promise<TextTable | undefined>) {
    super(learnerId);
    this.#loadTable = loadTable;
  }

  protected async initializeLearner({ maximumExamples }: LearnerConfig<Entries>): Promise<void> {
    this.#table = await this.#loadTable();
    this.#examples = new ExampleStore(maximumExamples);
    this.#fitted = undefined;
  }

  protected extractFeatures({ content }: Observation): Asked | undefined {
    const parsed = v.safeParse(AskedSchema, content);
    return parsed.success && wordsOf(parsed.output.text).length > 0 ? parsed.output : undefined;
  }

  protected extractTarget({ content }: LearningData): string | undefined {
    const parsed = v.safeParse(intentName, content['intent']);
    return parsed.success ? parsed.output : undefined;
  }

  protected learnOnline({ features, target }: LearningItem<Asked, string>): number {
    this.#examples.put({ text: features.text, intent: target });
    this.#fitted = undefined;
    return Math.min(1, this.#examples.countOf(target) / TRUSTED_EXAMPLES);
  }

  protected learnBatch(items: readonly LearningItem<Asked, string>[]): number {
    const trusts = items.map((item) => this.learnOnline(item));
    return trusts.reduce((sum, trust) => sum + trust, 0) / trusts.length;
  }

  protected predictFrom({ text, candidates }: Asked, _context: LearningContext): Prediction {
    const known = this.#examples.all;
    const asked = candidates === undefined ? known : examplesFor(candidates, known);
    const ranked = this.#modelOf(asked).rank(text);
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
      hasTable: this.#table !== undefined,
    };
  }

  protected snapshot(): LearnerState {
    return { state: { examples: this.#examples.all.map(({ text, intent }) => ({ text, intent })) } };
  }

  protected restore({ state, weights }: LearnerState): void {
    if (weights !== undefined) throw new TypeError('examples have no weights');
    const { examples } = v.parse(StateSchema, state);
    this.#examples = this.#examples.holding(examples);
    this.#fitted = undefined;
  }

  protected override release(): void {
    this.#examples = this.#examples.holding([]);
    this.#fitted = undefined;
    this.#table = undefined;
  }

  #modelOf(examples: readonly IntentExample[]): IntentModel {
    const key = JSON.stringify(examples.map(({ text, intent }) => [intent, text]));
    if (this.#fitted?.key !== key) this.#fitted = { key, model: new IntentModel(examples, this.#table) };
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

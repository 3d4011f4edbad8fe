import { type IntentSignals, intentConfidence } from './intent-confidence';
import { classScores, type RidgeWeights, solveRidge } from './ridge';
import { TextSpace, type TextVector } from './text-space';
import type { TextTable } from './text-table';

/** A text, and what was meant by it. */
export interface IntentExample {
  readonly text: string;
  readonly intent: string;
}

export interface RankedIntent {
  readonly intent: string;
  /** Chance that this is meant, in [0, 1]; what is left over to 1 is the chance that none of them is. */
  readonly confidence: number;
}

const LAMBDA = 1;
/** Of the scores, before they become shares of the chance that any of them is meant. */
const SCORE_TEMPERATURE = 0.08;

/**
 * Tells texts of a few kinds apart after one example of each or more: ridge regression in a `TextSpace`. One example is
 * enough, because the solution for it is nearly its prototype; with more the classes are told apart by what differs.
 */
export class IntentModel {
  readonly intents: readonly string[];
  readonly #space: TextSpace;
  readonly #vectors: readonly TextVector[];
  readonly #labels: readonly number[];
  readonly #weights: RidgeWeights;

  constructor(examples: readonly IntentExample[], table: TextTable | undefined) {
    this.intents = [...new Set(examples.map(({ intent }) => intent))];
    const classes = new Map(this.intents.map((intent, at) => [intent, at]));
    this.#space = new TextSpace(
      examples.map(({ text }) => text),
      table,
    );
    const usable = examples.flatMap(({ text, intent }) => {
      const vector = this.#space.vectorOf(text);
      const label = classes.get(intent);
      return vector === undefined || label === undefined ? [] : [{ vector, label }];
    });
    this.#vectors = usable.map(({ vector }) => vector);
    this.#labels = usable.map(({ label }) => label);
    this.#weights = solveRidge(
      {
        vectors: this.#vectors,
        labels: this.#labels,
        classCount: this.intents.length,
        featureCount: this.#space.featureCount,
      },
      LAMBDA,
    );
  }

  /** What may be meant, likeliest first; empty for a text without a word, or while there are no examples. */
  rank(text: string): readonly RankedIntent[] {
    const judged = this.judge(text);
    if (judged === undefined) return [];
    const inScope = intentConfidence(judged.signals);
    const best = judged.scores[0]?.score ?? 0;
    const shares = judged.scores.map(({ score }) => Math.exp((score - best) / SCORE_TEMPERATURE));
    const sum = shares.reduce((total, share) => total + share, 0);
    // The model of the confidence is about the best; the others share what it leaves of their part.
    return judged.scores.map(({ intent }, at) => ({
      intent,
      confidence: at === 0 ? inScope : (Math.min(inScope, 1 - inScope) * (shares[at] ?? 0)) / sum,
    }));
  }

  /** Scores, highest first, and what the confidence in the first rests on. */
  judge(text: string):
    | {
        readonly scores: readonly { readonly intent: string; readonly score: number }[];
        readonly signals: IntentSignals;
      }
    | undefined {
    const vector = this.#space.vectorOf(text);
    if (vector === undefined || this.#vectors.length === 0) return undefined;
    const byClass = classScores(vector, this.#weights, this.intents.length);
    const scores = this.intents
      .map((intent, at) => ({ intent, score: byClass[at] ?? 0, at }))
      .sort((a, b) => b.score - a.score);
    const [best, second] = scores;
    if (best === undefined) return undefined;
    return {
      scores,
      signals: {
        score: best.score,
        lead: best.score - (second?.score ?? 0),
        ...this.#nearness(vector, best.at),
        examplesEach: this.#vectors.length / this.intents.length,
      },
    };
  }

  /** Similarity to the nearest example and to the middle of one class. */
  #nearness(vector: TextVector, label: number): { readonly nearest: number; readonly middle: number } {
    const spread = new Float32Array(this.#space.featureCount);
    for (const [at, id] of vector.ids.entries()) spread[id] = vector.values[at] ?? 0;
    let nearest = 0;
    let sum = 0;
    let count = 0;
    for (const [row, { ids, values }] of this.#vectors.entries()) {
      if (this.#labels[row] !== label) continue;
      let similarity = 0;
      for (let at = 0; at < ids.length; at += 1)
        similarity += (values[at] ?? 0) * (spread[ids[at] ?? 0] ?? 0);
      nearest = Math.max(nearest, similarity);
      sum += similarity;
      count += 1;
    }
    return { nearest, middle: count === 0 ? 0 : sum / count };
  }
}

import { headWeights, type IntentSignals, intentConfidence } from './intent-confidence';
import { classScores, type RidgeWeights, solveRidge } from './ridge';
import type { TextDirections } from './text-directions';
import { TextSpace, type TextVector } from './text-space';

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

/** A net that knows some of the intents better: see `DenseHead`. */
export interface IntentHead {
  readonly intents: readonly string[];
  chances(text: string, directions: TextDirections | undefined): ArrayLike<number>;
}

interface Scored {
  readonly intent: string;
  /** Place among the intents of the model. */
  readonly at: number;
  readonly score: number;
  /** Of the chance that any of them is meant. */
  readonly share: number;
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
  readonly #directions: TextDirections | undefined;
  readonly #space: TextSpace;
  readonly #vectors: readonly TextVector[];
  readonly #labels: readonly number[];
  readonly #weights: RidgeWeights;

  constructor(examples: readonly IntentExample[], directions: TextDirections | undefined) {
    this.intents = [...new Set(examples.map(({ intent }) => intent))];
    const classes = new Map(this.intents.map((intent, at) => [intent, at]));
    this.#directions = directions;
    this.#space = new TextSpace(
      examples.map(({ text }) => text),
      directions,
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

  /**
   * What may be meant, likeliest first; empty for a text without a word, or while there are no examples.
   *
   * @param head divides anew, among the intents it knows, what the regression gives to them
   */
  rank(text: string, head?: IntentHead): readonly RankedIntent[] {
    const judged = this.judge(text, head);
    if (judged === undefined) return [];
    const inScope = intentConfidence(judged.signals, judged.isOfHead ? headWeights : undefined);
    // The model of the confidence is about the best; the others share what it leaves of their part.
    return judged.scored.map(({ intent, share }, at) => ({
      intent,
      confidence: at === 0 ? inScope : Math.min(inScope, 1 - inScope) * share,
    }));
  }

  /** Intents, likeliest first, and what the confidence in the first rests on. */
  judge(
    text: string,
    head?: IntentHead,
  ):
    | {
        readonly scored: readonly Scored[];
        readonly signals: IntentSignals;
        /** Whether the score and the lead are the head's. */
        readonly isOfHead: boolean;
      }
    | undefined {
    const vector = this.#space.vectorOf(text);
    if (vector === undefined || this.#vectors.length === 0) return undefined;
    const byRegression = this.#byRegression(vector);
    const byHead = head === undefined ? undefined : this.#byHead(text, head, byRegression);
    const scored = (byHead ?? byRegression).toSorted((a, b) => b.share - a.share);
    const [best] = scored;
    if (best === undefined) return undefined;
    const isOfHead = byHead !== undefined && head?.intents.includes(best.intent) === true;
    const rivals = isOfHead ? scored.filter(({ intent }) => head?.intents.includes(intent)) : byRegression;
    const ownScore = isOfHead ? best.score : (byRegression[best.at]?.score ?? 0);
    const next = rivals.reduce(
      (most, { at, score }) => (at === best.at ? most : Math.max(most, score)),
      rivals.length > 1 ? Number.NEGATIVE_INFINITY : 0,
    );
    return {
      scored,
      isOfHead,
      signals: {
        score: ownScore,
        lead: ownScore - next,
        ...this.#nearness(vector, best.at),
        examplesEach: this.#vectors.length / this.intents.length,
      },
    };
  }

  /** In the order of the intents. */
  #byRegression(vector: TextVector): readonly Scored[] {
    const scores = classScores(vector, this.#weights, this.intents.length);
    const best = scores.reduce((most, score) => Math.max(most, score), Number.NEGATIVE_INFINITY);
    const shares = scores.map((score) => Math.exp((score - best) / SCORE_TEMPERATURE));
    const sum = shares.reduce((total, share) => total + share, 0);
    return this.intents.map((intent, at) => ({
      intent,
      at,
      score: scores[at] ?? 0,
      share: (shares[at] ?? 0) / sum,
    }));
  }

  #byHead(text: string, head: IntentHead, before: readonly Scored[]): readonly Scored[] {
    const all = head.chances(text, this.#directions);
    const chanceOf = new Map(head.intents.map((intent, at) => [intent, all[at] ?? 0]));
    const known = before.filter(({ intent }) => chanceOf.has(intent));
    const chances = known.reduce((sum, { intent }) => sum + (chanceOf.get(intent) ?? 0), 0);
    const shares = known.reduce((sum, { share }) => sum + share, 0);
    if (chances === 0) return before;
    return before.map((scored) => {
      const chance = chanceOf.get(scored.intent);
      if (chance === undefined) return scored;
      const score = chance / chances;
      return { ...scored, score, share: shares * score };
    });
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

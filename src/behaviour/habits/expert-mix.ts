import * as v from 'valibot';
import { softmax } from './log-linear';
import { quickLog } from './quick-math';

interface Options {
  /** Actions that there may be. */
  readonly capacity: number;
  /** Share of the trust that is dealt out anew at each event, so that an expert can come back. */
  readonly share: number;
  /** Step size of the product's exponents. */
  readonly rate: number;
  /** Exponents of the product before anything is learnt, one an expert. */
  readonly voices: readonly number[];
}

/** What an expert is taken to say of an action at least: nobody may rule out anything. */
const LEAST_PROBABILITY = 1e-6;
const MOST_VOICE = 3;

const amounts = v.array(v.pipe(v.number(), v.finite(), v.minValue(0)));
export const SavedMixSchema = v.strictObject({ trust: amounts, voices: amounts });
export type SavedMix = v.InferOutput<typeof SavedMixSchema>;

/**
 * Makes one opinion of many. Two ways are learnt side by side: a weighted mean, whose weights follow how well each
 * expert foresaw (fixed share: Herbster and Warmuth, Tracking the best expert, Machine Learning 1998), and a weighted
 * product, which can be surer than any of the experts (Mattern, Mixing strategies in data compression, DCC 2012). The
 * product is one more expert of the mean, so that it counts as far as it has proved itself.
 */
export class ExpertMix {
  readonly #options: Options;
  /** Of every expert, and last of the product; they sum to 1. */
  readonly #trust: Float64Array;
  readonly #voices: Float64Array;
  readonly #product: Float64Array;
  readonly #mean: Float64Array;
  /** Logs of the opinions, expert by expert. */
  readonly #logs: Float64Array;

  constructor(options: Options) {
    this.#options = options;
    const { voices, capacity } = options;
    this.#voices = Float64Array.from(voices);
    this.#trust = new Float64Array(voices.length + 1).fill(0.5 / voices.length);
    this.#trust[voices.length] = 0.5;
    this.#product = new Float64Array(capacity);
    this.#mean = new Float64Array(capacity);
    this.#logs = new Float64Array(voices.length * capacity);
  }

  /** How far each expert is trusted now, and last the product; they sum to 1. */
  get trust(): readonly number[] {
    return [...this.#trust];
  }

  /** @returns probabilities of the first `count` actions; good until the next call */
  predict(opinions: readonly Float64Array[], count: number): Float64Array {
    const product = this.#product;
    const mean = this.#mean;
    const logs = this.#logs;
    product.fill(0, 0, count);
    for (const [expert, opinion] of opinions.entries()) {
      const voice = this.#voices[expert] ?? 0;
      const from = expert * this.#options.capacity;
      for (let one = 0; one < count; one += 1) {
        const said = opinion[one] ?? 0;
        const log = quickLog(said > LEAST_PROBABILITY ? said : LEAST_PROBABILITY);
        logs[from + one] = log;
        product[one] = (product[one] ?? 0) + voice * log;
      }
    }
    softmax(product, count);
    const trustInProduct = this.#trust[opinions.length] ?? 0;
    for (let one = 0; one < count; one += 1) mean[one] = trustInProduct * (product[one] ?? 0);
    for (const [expert, opinion] of opinions.entries()) {
      const trust = this.#trust[expert] ?? 0;
      for (let one = 0; one < count; one += 1) mean[one] = (mean[one] ?? 0) + trust * (opinion[one] ?? 0);
    }
    return mean;
  }

  /** After `predict` with the same opinions: `target` was done. */
  learn(opinions: readonly Float64Array[], count: number, target: number): void {
    const { share, rate, capacity } = this.#options;
    const trust = this.#trust;
    const voices = this.#voices;
    const product = this.#product;
    const logs = this.#logs;
    let sum = 0;
    for (let expert = 0; expert < trust.length; expert += 1) {
      const said = (opinions[expert] ?? product)[target] ?? 0;
      const earned = (trust[expert] ?? 0) * Math.max(LEAST_PROBABILITY, said);
      trust[expert] = earned;
      sum += earned;
    }
    const dealt = share / trust.length;
    for (let expert = 0; expert < trust.length; expert += 1)
      trust[expert] = (1 - share) * ((trust[expert] ?? 0) / sum) + dealt;
    for (let expert = 0; expert < voices.length; expert += 1) {
      const from = expert * capacity;
      let expected = 0;
      for (let one = 0; one < count; one += 1) expected += (product[one] ?? 0) * (logs[from + one] ?? 0);
      const voice = (voices[expert] ?? 0) + rate * ((logs[from + target] ?? 0) - expected);
      voices[expert] = Math.min(MOST_VOICE, Math.max(0, voice));
    }
  }

  save(): SavedMix {
    return { trust: [...this.#trust], voices: [...this.#voices] };
  }

  /** @throws TypeError when it is of other experts */
  restore({ trust, voices }: SavedMix): void {
    if (trust.length !== this.#trust.length || voices.length !== this.#voices.length)
      throw new TypeError('another number of experts');
    this.#trust.set(trust);
    this.#voices.set(voices);
  }
}

import type { UtteranceFeatures } from '../../features/utterance-features';
import { type Matcher, type MatchingView, TemplateMatcher } from './template-matcher';

/**
 * Compares any two utterances once: leaving takes out one by one asks for the same distances again and again, and so does
 * every scorer that holds other takes. What it knows of an utterance goes with the utterance, so nothing outlives a take
 * that is forgotten.
 */
export class RememberingMatcher implements Matcher {
  readonly #matcher: Matcher;
  readonly #fine = new PairMemory<MatchingView>();
  readonly #coarse = new PairMemory<MatchingView>();

  constructor(matcher: Matcher = new TemplateMatcher()) {
    this.#matcher = matcher;
  }

  viewOf(features: UtteranceFeatures): MatchingView {
    return this.#matcher.viewOf(features);
  }

  coarse(a: MatchingView, b: MatchingView): number {
    return this.#coarse.get(a, b, () => this.#matcher.coarse(a, b));
  }

  fine(a: MatchingView, b: MatchingView): number {
    return this.#fine.get(a, b, () => this.#matcher.fine(a, b));
  }
}

/** Values of unordered pairs, kept for as long as both of a pair live. */
export class PairMemory<T extends object> {
  readonly #values = new WeakMap<T, WeakMap<T, number>>();

  get(a: T, b: T, compute: () => number): number {
    const known = this.#values.get(a)?.get(b) ?? this.#values.get(b)?.get(a);
    if (known !== undefined) return known;
    const value = compute();
    let row = this.#values.get(a);
    if (row === undefined) {
      row = new WeakMap();
      this.#values.set(a, row);
    }
    row.set(b, value);
    return value;
  }
}

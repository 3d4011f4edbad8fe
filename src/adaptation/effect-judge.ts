import type { Adaptation } from './adaptation';
import {
  LEAST_BEFORE,
  LOOKS,
  type Metric,
  MOST_BEFORE,
  measuredEffect,
  type Observation,
  summaryOf,
  verdictOf,
} from './measured-effect';

/** What was observed of a metric, oldest first. */
export type Observations = (metric: string) => readonly Observation[];

export type Judgement =
  /** With what is known of its effect by now; the very same object while nothing new is. */
  | { readonly kind: 'stays'; readonly adaptation: Adaptation }
  /** It has to be taken back: surely worse than before, or no better at the last look. */
  | { readonly kind: 'goes'; readonly adaptation: Adaptation; readonly by: 'hurt' | 'no-better' };

/** Compares what was observed before and after a change, at the looks that are due, and says whether it may stay. */
export class EffectJudge {
  readonly #observations: Observations;

  constructor(observations: Observations) {
    this.#observations = observations;
  }

  /** Whether there would be something to compare with. @param at epoch milliseconds of the change */
  canCompare(metric: Metric, at: number): boolean {
    return this.#before(metric, at).length >= LEAST_BEFORE;
  }

  judge(adaptation: Adaptation): Judgement {
    const { state, action, at } = adaptation;
    const { metric } = action;
    if (state.kind !== 'measuring' || metric === undefined) return { kind: 'stays', adaptation };
    const after = this.#observations(metric.name)
      .filter((each) => each.at > at)
      .slice(0, LOOKS.at(-1))
      .map(({ value }) => value);
    // What is no longer kept is remembered from the last time it was measured.
    const before = this.#before(metric, at);
    const known = adaptation.effect?.before;
    const from = known !== undefined && known.count >= before.length ? known : summaryOf(before);
    const effect = measuredEffect(metric, from, summaryOf(after));
    if (effect === undefined) return { kind: 'stays', adaptation };
    let measured: Adaptation = { ...adaptation, effect };
    for (let look = state.looks; after.length >= (LOOKS[look] ?? Number.POSITIVE_INFINITY); look += 1) {
      const asOfLook = measuredEffect(metric, from, summaryOf(after.slice(0, LOOKS[look])));
      if (asOfLook === undefined) break;
      measured = { ...measured, effect: asOfLook, state: { kind: 'measuring', looks: look + 1 } };
      const verdict = verdictOf(metric, asOfLook, look);
      if (verdict === 'open') continue;
      return verdict === 'helped' || verdict === 'no-difference'
        ? { kind: 'stays', adaptation: { ...measured, state: { kind: 'in-force', verdict } } }
        : { kind: 'goes', adaptation: measured, by: verdict };
    }
    return { kind: 'stays', adaptation: measured };
  }

  #before(metric: Metric, at: number): readonly number[] {
    return this.#observations(metric.name)
      .filter((each) => each.at <= at)
      .slice(-MOST_BEFORE)
      .map(({ value }) => value);
  }
}

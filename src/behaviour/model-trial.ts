import * as v from 'valibot';

const amount = v.pipe(v.number(), v.finite(), v.minValue(0));
export const SavedTrialSchema = v.strictObject({
  events: amount,
  weight: amount,
  modelLoss: amount,
  rivalLoss: amount,
});
export type SavedTrial = v.InferOutput<typeof SavedTrialSchema>;

interface Rules {
  /** Events that were judged before the model may be believed. */
  readonly leastEvents: number;
  /** The model's mean loss must be below its rival's by this. */
  readonly leastGain: number;
}

/** What the sums of losses keep at each event: the last hundred or so count. */
const KEEP = 0.99;

export const noTrial: SavedTrial = { events: 0, weight: 0, modelLoss: 0, rivalLoss: 0 };

/**
 * A model against something simpler, each asked before either knew the answer (prequential evaluation: Dawid 1984). The
 * model is used only while it did better lately.
 */
export class ModelTrial {
  readonly #rules: Rules;
  #sums: SavedTrial;

  constructor(rules: Rules, saved: SavedTrial = noTrial) {
    this.#rules = rules;
    this.#sums = saved;
  }

  /** Whether the model did better, by enough and often enough. */
  get isWon(): boolean {
    const { events, weight, modelLoss, rivalLoss } = this.#sums;
    const { leastEvents, leastGain } = this.#rules;
    return events >= leastEvents && modelLoss / weight < rivalLoss / weight - leastGain;
  }

  get events(): number {
    return this.#sums.events;
  }

  /** Mean losses; `null` before there was anything to judge. */
  get means(): { readonly model: number | null; readonly rival: number | null } {
    const { weight, modelLoss, rivalLoss } = this.#sums;
    return weight === 0
      ? { model: null, rival: null }
      : { model: modelLoss / weight, rival: rivalLoss / weight };
  }

  judge(modelLoss: number, rivalLoss: number): void {
    const before = this.#sums;
    this.#sums = {
      events: before.events + 1,
      weight: before.weight * KEEP + 1,
      modelLoss: before.modelLoss * KEEP + modelLoss,
      rivalLoss: before.rivalLoss * KEEP + rivalLoss,
    };
  }

  save(): SavedTrial {
    return { ...this.#sums };
  }
}

import * as v from 'valibot';
import {
  BaseLearner,
  type JsonObject,
  type LearnerState,
  type LearningItem,
  type Observation,
  type Prediction,
} from '../../src/sdk';

const HOURS = 24;
/** Below this there is too little to tell a quiet hour from one that was not seen yet. */
const TRUSTED_OBSERVATIONS = 50;
/** An hour with less than this share of an average hour's doings is quiet. */
const QUIET_SHARE = 0.25;

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const StateSchema = v.strictObject({ counts: v.pipe(v.array(count), v.length(HOURS)) });

/**
 * At which hours of the day the person leaves Echo alone. Learns from the `hour` (0 to 23) that interactions carry, and
 * predicts `{ isQuiet }` for `{ hour }`.
 */
export class QuietHoursLearner extends BaseLearner<number, null, Record<never, never>> {
  readonly learnerType = 'quiet-hours';
  readonly supportedModes = ['online', 'batch'] as const;
  override readonly dataTypes = ['user-interaction'];
  protected readonly configEntries = {};
  protected readonly snapshotVersion = 1;
  #counts = new Array<number>(HOURS).fill(0);

  protected initializeLearner(): void {
    this.#counts = new Array<number>(HOURS).fill(0);
  }

  protected extractFeatures({ content }: Observation): number | undefined {
    const { hour } = content;
    const isHour = typeof hour === 'number' && Number.isInteger(hour) && hour >= 0 && hour < HOURS;
    return isHour ? hour : undefined;
  }

  /** Nobody tells it anything: what happened is all there is. */
  protected extractTarget(): null {
    return null;
  }

  protected learnOnline({ features: hour }: LearningItem<number, null>): number {
    this.#counts[hour] = (this.#counts[hour] ?? 0) + 1;
    return this.#trust();
  }

  protected learnBatch(items: readonly LearningItem<number, null>[]): number {
    const trusts = items.map((item) => this.learnOnline(item));
    return trusts.reduce((sum, trust) => sum + trust, 0) / trusts.length;
  }

  protected predictFrom(hour: number): Prediction {
    const trust = this.#trust();
    return trust === 0
      ? { value: {}, confidence: 0 }
      : { value: { isQuiet: this.#isQuiet(hour) }, confidence: trust };
  }

  protected describe(): JsonObject {
    const quiet =
      this.#trust() === 0 ? [] : this.#counts.flatMap((_, hour) => (this.#isQuiet(hour) ? hour : []));
    return { observations: this.#total(), quietHours: quiet };
  }

  protected snapshot(): LearnerState {
    return { state: { counts: this.#counts } };
  }

  protected restore({ state, weights }: LearnerState): void {
    if (weights !== undefined) throw new TypeError('counts have no weights');
    this.#counts = v.parse(StateSchema, state).counts;
  }

  #total(): number {
    return this.#counts.reduce((sum, each) => sum + each, 0);
  }

  #trust(): number {
    return Math.min(1, this.#total() / TRUSTED_OBSERVATIONS);
  }

  #isQuiet(hour: number): boolean {
    return (this.#counts[hour] ?? 0) < (QUIET_SHARE * this.#total()) / HOURS;
  }
}

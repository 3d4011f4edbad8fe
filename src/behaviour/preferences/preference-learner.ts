import * as v from 'valibot';
import type { JsonObject } from '../../core/json';
import { BaseLearner } from '../../learning/base-learner';
import type { Prediction } from '../../learning/learner';
import type { LearnerConfig } from '../../learning/learner-config';
import type { LearningData } from '../../learning/learning-data';
import type { LearnerState, LearningItem, Observation } from '../../learning/observation';
import { type Belief, isPreferenceValue, PREFERENCES, type Preference } from './belief';
import { PREFERENCE_DATA } from './preference-data';

/** Somebody who chooses says more than somebody who only does something. */
const WEIGHTS = { chosen: 3, done: 1 } as const;
/** What evidence keeps each time there is new evidence about the same preference. */
const KEEP = 0.95;
const LEAST_WEIGHT = 0.02;
/** Evidence that says nothing, beside what there is: little evidence is not believed much. */
const DOUBT = 2;
/** Values remembered of one preference. */
const MOST_VALUES = 20;

/** `chosen`: in Settings. `done`: by what the person does. `set`: said of the belief itself. `forgotten`: taken back. */
type Act = 'chosen' | 'done' | 'set' | 'forgotten';

interface Evidence {
  readonly act: Act;
  readonly value: string;
}

type Settings = Record<never, never>;

interface Known {
  /** By value. */
  readonly weights: Map<string, number>;
  count: number;
  updatedAt: number;
  set: string | undefined;
}

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const StateSchema = v.strictObject({
  known: v.array(
    v.pipe(
      v.strictObject({
        preference: v.picklist(PREFERENCES),
        weights: v.pipe(
          v.array(v.strictTuple([v.string(), v.pipe(v.number(), v.finite(), v.minValue(0))])),
          v.maxLength(MOST_VALUES),
        ),
        count,
        updatedAt: count,
        set: v.nullable(v.string()),
      }),
      v.check(
        ({ preference, weights, set }) =>
          weights.every(([value]) => isPreferenceValue(preference, value)) &&
          (set === null || isPreferenceValue(preference, set)),
        'a value that the preference cannot have',
      ),
    ),
  ),
});

/**
 * How the person likes Echo to be, from what they choose in Settings and from what they do, never from what they say.
 * What is long ago counts less. What the person sets themselves holds until they forget it, whatever is observed.
 *
 * Learns from data of the kind `preference`, whose content is `{ preference, value, act }`. Predicts `{ value }` for a
 * `{ preference }`. Its insights are `{ beliefs: Belief[] }`.
 *
 * @example
 * const learner = new PreferenceLearner('preferences');
 * await learner.initialize({});
 */
export class PreferenceLearner extends BaseLearner<Preference, Evidence, Settings> {
  readonly learnerType = 'preferences';
  readonly supportedModes = ['online', 'batch'] as const;
  override readonly dataTypes = [PREFERENCE_DATA];
  protected readonly configEntries = {};
  protected readonly snapshotVersion = 1;

  #known = new Map<Preference, Known>();

  protected initializeLearner(_: LearnerConfig<Settings>): void {
    this.#known = new Map();
  }

  protected extractFeatures({ content }: Observation): Preference | undefined {
    return PREFERENCES.find((preference) => preference === content['preference']);
  }

  protected extractTarget({ content }: LearningData): Evidence | undefined {
    const { preference, value, act } = content;
    const known = PREFERENCES.find((one) => one === preference);
    if (known === undefined) return undefined;
    if (act === 'forgotten') return { act, value: '' };
    if (act !== 'chosen' && act !== 'done' && act !== 'set') return undefined;
    const isValue = typeof value === 'string' && isPreferenceValue(known, value);
    return isValue ? { act, value } : undefined;
  }

  protected learnOnline({ features, target, at }: LearningItem<Preference, Evidence>): number {
    const { act, value } = target;
    if (act === 'forgotten') {
      this.#known.delete(features);
      return 0;
    }
    const known = this.#known.get(features) ?? { weights: new Map(), count: 0, updatedAt: 0, set: undefined };
    this.#known.set(features, known);
    known.updatedAt = at;
    if (act === 'set') known.set = value;
    else {
      known.count += 1;
      for (const [other, weight] of known.weights) known.weights.set(other, weight * KEEP);
      known.weights.set(value, (known.weights.get(value) ?? 0) + WEIGHTS[act]);
      forgetLeast(known.weights);
    }
    return beliefOf(features, known)?.confidence ?? 0;
  }

  protected learnBatch(items: readonly LearningItem<Preference, Evidence>[]): number {
    const trusts = items.map((item) => this.learnOnline(item));
    return trusts.reduce((sum, trust) => sum + trust, 0) / trusts.length;
  }

  protected predictFrom(preference: Preference): Prediction {
    const known = this.#known.get(preference);
    const belief = known === undefined ? undefined : beliefOf(preference, known);
    return belief === undefined
      ? { value: {}, confidence: 0 }
      : { value: { value: belief.value, source: belief.source }, confidence: belief.confidence };
  }

  protected describe(): JsonObject {
    const beliefs = [...this.#known].flatMap(([preference, known]) => beliefOf(preference, known) ?? []);
    return { beliefs: beliefs.sort((a, b) => b.confidence - a.confidence) };
  }

  protected snapshot(): LearnerState {
    return {
      state: {
        known: [...this.#known].map(([preference, { weights, set, ...rest }]) => ({
          ...rest,
          preference,
          weights: [...weights],
          set: set ?? null,
        })),
      },
    };
  }

  protected restore({ state, weights }: LearnerState): void {
    if (weights !== undefined) throw new TypeError('preferences have no weights');
    const { known } = v.parse(StateSchema, state);
    const restored = new Map(
      known.map(({ preference, set, ...rest }) => [
        preference,
        { ...rest, weights: new Map(rest.weights), set: set ?? undefined },
      ]),
    );
    if (restored.size !== known.length) throw new TypeError('a preference is there twice');
    this.#known = restored;
  }

  protected override release(): void {
    this.#known = new Map();
  }
}

function beliefOf(
  preference: Preference,
  { weights, count: evidenceCount, updatedAt, set }: Known,
): Belief | undefined {
  const common = { id: preference, preference, evidenceCount, updatedAt };
  if (set !== undefined) return { ...common, value: set, confidence: 1, source: 'set' };
  let total = DOUBT;
  let best: readonly [string, number] | undefined;
  for (const [value, weight] of weights) {
    total += weight;
    if (best === undefined || weight > best[1]) best = [value, weight];
  }
  if (best === undefined) return undefined;
  return { ...common, value: best[0], confidence: best[1] / total, source: 'learnt' };
}

function forgetLeast(weights: Map<string, number>): void {
  for (const [value, weight] of weights) if (weight < LEAST_WEIGHT) weights.delete(value);
  while (weights.size > MOST_VALUES) {
    const [least] = [...weights].sort(([, a], [, b]) => a - b);
    if (least === undefined) return;
    weights.delete(least[0]);
  }
}

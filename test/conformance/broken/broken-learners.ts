import { isJsonObject, type JsonObject } from '../../../src/core/json';
import { pause } from '../../../src/core/pause';
import { err, ok } from '../../../src/core/result';
import type { Learner, LearningContext, LearningMode, LearningResult } from '../../../src/learning/learner';
import type { LearningData } from '../../../src/learning/learning-data';
import { AlteredLearner } from './altered-learner';

type Learn = ReturnType<Learner['learn']>;
type Predict = ReturnType<Learner['predict']>;

/** Stands for what a backend holds. */
export const tensors = { count: 0 };

class ThrowsAfterShutdown extends AlteredLearner {
  override async predict(input: JsonObject, context: LearningContext): Predict {
    if (!this.inner.isInitialized) throw new TypeError('the model is undefined');
    return super.predict(input, context);
  }
}

class FailsToShutDownTwice extends AlteredLearner {
  #wasShutDown = false;
  override async shutdown(): Promise<void> {
    // The suite tidies up with a call of its own, after the check.
    if (this.#wasShutDown && this.#hasLearnt) {
      this.#hasLearnt = false;
      throw new Error('disposed already');
    }
    this.#wasShutDown = true;
    return super.shutdown();
  }
  #hasLearnt = false;
  override async learn(data: readonly LearningData[], context: LearningContext): Learn {
    const result = await super.learn(data, context);
    this.#hasLearnt ||= result.success;
    return result;
  }
}

class BlamesNothing extends AlteredLearner {
  override async initialize(config: unknown): ReturnType<Learner['initialize']> {
    const initialised = await super.initialize(config);
    if (initialised.ok || initialised.error.kind !== 'bad-config') return initialised;
    return err({ ...initialised.error, path: '' });
  }
}

class TakesAnyMode extends AlteredLearner {
  override setMode(mode: LearningMode): ReturnType<Learner['setMode']> {
    const set = super.setMode(mode);
    return !set.ok && set.error.kind === 'unsupported-mode' ? ok(undefined) : set;
  }
}

class AlwaysSaysOnline extends AlteredLearner {
  override async learn(data: readonly LearningData[], context: LearningContext): Learn {
    const result = await super.learn(data, context);
    if (!result.success) return result;
    return { ...result, insights: { ...result.insights, learningMode: 'online' } };
  }
}

class SucceedsOnNothing extends AlteredLearner {
  override async learn(data: readonly LearningData[], context: LearningContext): Learn {
    const isNothing = this.isInitialized && Array.isArray(data) && data.length === 0;
    return isNothing
      ? { success: true, confidence: 0, insights: {}, samples: 0 }
      : super.learn(data, context);
  }
}

class TripsOverJunk extends AlteredLearner {
  override async learn(data: readonly LearningData[], context: LearningContext): Learn {
    for (const { dataType } of data) dataType.trim();
    return super.learn(data, context);
  }
}

class WritesIntoItsInput extends AlteredLearner {
  override predict(input: JsonObject, context: LearningContext): Predict {
    if (!Object.isFrozen(input)) Object.assign(input, { seen: true });
    return super.predict(input, context);
  }
}

class TrustsTheFirstMember extends AlteredLearner {
  override async predict(input: JsonObject, context: LearningContext): Predict {
    const prediction = await super.predict(input, context);
    if (!prediction.ok) return prediction;
    return ok({ ...prediction.value, value: { first: Object.keys(input)[0] ?? null } });
  }
}

class KnowsOnlyItsMembers extends AlteredLearner {
  override async predict(input: JsonObject, context: LearningContext): Predict {
    const isKnown = Object.keys(input).every((name) => ['interactionType', 'hour'].includes(name));
    return isKnown || !this.isInitialized
      ? super.predict(input, context)
      : err({ kind: 'bad-data', detail: 'unknown member' });
  }
}

const isAboutOthers = (result: LearningResult): boolean =>
  !result.success && result.error.kind === 'bad-data' && result.error.detail.includes('somebody else');

class MixesPeople extends AlteredLearner {
  override async learn(data: readonly LearningData[], context: LearningContext): Learn {
    const result = await super.learn(data, context);
    const [first] = isAboutOthers(result) ? data : [];
    return first === undefined ? result : super.learn(data, { ...context, userId: first.userId });
  }
}

class KnowsBeforehand extends AlteredLearner {
  #hasLearnt = false;
  override async learn(data: readonly LearningData[], context: LearningContext): Learn {
    const result = await super.learn(data, context);
    this.#hasLearnt ||= result.success;
    return result;
  }
  override async load(snapshot: unknown): ReturnType<Learner['load']> {
    const loaded = await super.load(snapshot);
    this.#hasLearnt ||= loaded.ok;
    return loaded;
  }
  override async predict(input: JsonObject, context: LearningContext): Predict {
    const prediction = await super.predict(input, context);
    return prediction.ok && !this.#hasLearnt ? ok({ value: { guess: 'tea' }, confidence: 0.5 }) : prediction;
  }
}

class LearnsNothing extends AlteredLearner {
  override async predict(input: JsonObject, context: LearningContext): Predict {
    const prediction = await super.predict(input, context);
    return prediction.ok ? ok({ ...prediction.value, confidence: 0 }) : prediction;
  }
}

class IsMoreThanSure extends AlteredLearner {
  override async predict(input: JsonObject, context: LearningContext): Predict {
    const prediction = await super.predict(input, context);
    if (!prediction.ok) return prediction;
    return ok({ ...prediction.value, confidence: prediction.value.confidence * 10 });
  }
}

class GivesDates extends AlteredLearner {
  override getInsights(): JsonObject {
    // At run time nothing keeps a learner from it.
    return { ...super.getInsights(), since: new Date(0) as unknown as string };
  }
}

class IsNeverTheSame extends AlteredLearner {
  readonly #salt = Math.random();
  override getInsights(): JsonObject {
    return { ...super.getInsights(), salt: this.#salt };
  }
}

class DropsTheRemainder extends AlteredLearner {
  override learn(data: readonly LearningData[], context: LearningContext): Learn {
    const isBatch = this.isInitialized && this.mode === 'batch' && Array.isArray(data);
    return super.learn(isBatch ? data.slice(0, -1) : data, context);
  }
}

class LosesUpdates extends AlteredLearner {
  override async learn(data: readonly LearningData[], context: LearningContext): Learn {
    const before = await super.save();
    await pause();
    if (before.ok) await super.load(before.value);
    return super.learn(data, context);
  }
}

class ForgetsWhenItFails extends AlteredLearner {
  override async learn(data: readonly LearningData[], context: LearningContext): Learn {
    const result = await super.learn(data, context);
    const isBad = !result.success && result.error.kind === 'bad-data' && !isAboutOthers(result);
    if (isBad) await this.inner.initialize({});
    return result;
  }
}

class KeepsWhatWasAborted extends AlteredLearner {
  override async learn(data: readonly LearningData[], context: LearningContext): Learn {
    const result = await super.learn(data, { ...context, signal: new AbortController().signal });
    if (!result.success || !context.signal.aborted) return result;
    const aborted: LearningResult = { success: false, confidence: 0, error: { kind: 'aborted' } };
    return aborted;
  }
}

class LeaksTensors extends AlteredLearner {
  override async learn(data: readonly LearningData[], context: LearningContext): Learn {
    tensors.count += 1;
    return super.learn(data, context);
  }
}

class SavesHalf extends AlteredLearner {
  override async save(): ReturnType<Learner['save']> {
    const saved = await super.save();
    const patterns = saved.ok ? saved.value.state['patterns'] : undefined;
    if (!saved.ok || !Array.isArray(patterns)) return saved;
    return ok({ ...saved.value, state: { patterns: patterns.slice(1) } });
  }
}

class TakesAnyVersion extends AlteredLearner {
  override async load(snapshot: unknown): ReturnType<Learner['load']> {
    const isNewer = isJsonObject(snapshot) && Number(snapshot['version']) > 1;
    return super.load(isNewer && this.isInitialized ? { ...snapshot, version: 1 } : snapshot);
  }
}

class ShrugsOffDamage extends AlteredLearner {
  override async load(snapshot: unknown): ReturnType<Learner['load']> {
    const loaded = await super.load(snapshot);
    const isDamaged = !loaded.ok && loaded.error.kind === 'bad-snapshot' && isJsonObject(snapshot);
    return isDamaged && snapshot['learnerType'] === 'pattern' && snapshot['version'] === 1
      ? ok(undefined)
      : loaded;
  }
}

class ForgetsWhenItRefuses extends AlteredLearner {
  override async load(snapshot: unknown): ReturnType<Learner['load']> {
    const loaded = await super.load(snapshot);
    if (!loaded.ok && loaded.error.kind === 'bad-snapshot') await this.inner.initialize({});
    return loaded;
  }
}

/** Answers before its turn, from a model that is half-way through a call. */
class AnswersInTheMiddle extends AlteredLearner {
  #learning = 0;
  override async learn(data: readonly LearningData[], context: LearningContext): Learn {
    this.#learning += 1;
    const result = await super.learn(data, context);
    this.#learning -= 1;
    return result;
  }
  override async predict(input: JsonObject, context: LearningContext): Predict {
    const isInTheMiddle = this.#learning > 0;
    const prediction = await super.predict(input, context);
    return prediction.ok && isInTheMiddle ? ok({ value: {}, confidence: 0 }) : prediction;
  }
}

/** Which behaviour each is to fail, and no other. */
export const brokenLearners: readonly (readonly [string, () => Learner])[] = [
  [
    'answers with a result before it is initialised and after it was shut down',
    () => new ThrowsAfterShutdown(),
  ],
  ['can be shut down twice', () => new FailsToShutDownTwice()],
  ['refuses a bad configuration and names what is wrong', () => new BlamesNothing()],
  ['refuses a mode that it does not support', () => new TakesAnyMode()],
  ['learns in every mode that it supports, and says in which', () => new AlwaysSaysOnline()],
  ['does not learn from no data', () => new SucceedsOnNothing()],
  ['refuses malformed data with a result', () => new TripsOverJunk()],
  ['leaves what it is given as it was', () => new WritesIntoItsInput()],
  ['does not care in which order members stand', () => new TrustsTheFirstMember()],
  ['takes members it never saw, and does without those it knows', () => new KnowsOnlyItsMembers()],
  ['learns about one person only', () => new MixesPeople()],
  ['answers before it has learnt anything, with confidence 0', () => new KnowsBeforehand()],
  ['knows something after it has learnt', () => new LearnsNothing()],
  ['gives confidences between 0 and 1', () => new IsMoreThanSure()],
  ['gives insights and predictions that are plain JSON', () => new GivesDates()],
  ['is the same again with the same seed and the same data', () => new IsNeverTheSame()],
  ['learns the same online and in batches', () => new DropsTheRemainder()],
  ['takes calls that overlap one after another', () => new LosesUpdates()],
  ['forgets nothing when a call fails', () => new ForgetsWhenItFails()],
  ['stops when it is aborted, and is as it was', () => new KeepsWhatWasAborted()],
  ['leaves no tensors behind', () => new LeaksTensors()],
  ['goes on from a snapshot as if nothing had happened', () => new SavesHalf()],
  ['refuses a snapshot that is damaged, foreign or newer, and is as it was', () => new TakesAnyVersion()],
  ['refuses a snapshot that is damaged, foreign or newer, and is as it was', () => new ShrugsOffDamage()],
  [
    'refuses a snapshot that is damaged, foreign or newer, and is as it was',
    () => new ForgetsWhenItRefuses(),
  ],
  ['takes calls that overlap one after another', () => new AnswersInTheMiddle()],
];

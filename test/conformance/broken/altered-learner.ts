import { PatternLearner } from '../../../src/behaviour/pattern-learner';
import type { JsonObject } from '../../../src/core/json';
import type { Learner, LearningContext, LearningMode } from '../../../src/learning/learner';
import type { LearningData } from '../../../src/learning/learning-data';

/** A learner that conforms, with every call open to being spoilt. */
export class AlteredLearner implements Learner {
  protected readonly inner = new PatternLearner('altered');

  get learnerId(): string {
    return this.inner.learnerId;
  }
  get learnerType(): string {
    return this.inner.learnerType;
  }
  get supportedModes(): readonly LearningMode[] {
    return this.inner.supportedModes;
  }
  get mode(): LearningMode {
    return this.inner.mode;
  }
  get isInitialized(): boolean {
    return this.inner.isInitialized;
  }
  initialize(config: unknown): ReturnType<Learner['initialize']> {
    return this.inner.initialize(config);
  }
  learn(data: readonly LearningData[], context: LearningContext): ReturnType<Learner['learn']> {
    return this.inner.learn(data, context);
  }
  predict(input: JsonObject, context: LearningContext): ReturnType<Learner['predict']> {
    return this.inner.predict(input, context);
  }
  setMode(mode: LearningMode): ReturnType<Learner['setMode']> {
    return this.inner.setMode(mode);
  }
  getInsights(): JsonObject {
    return this.inner.getInsights();
  }
  save(): ReturnType<Learner['save']> {
    return this.inner.save();
  }
  load(snapshot: unknown): ReturnType<Learner['load']> {
    return this.inner.load(snapshot);
  }
  shutdown(): Promise<void> {
    return this.inner.shutdown();
  }
}

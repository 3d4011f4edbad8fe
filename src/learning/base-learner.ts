import type * as v from 'valibot';
import { deepFreeze } from '../core/deep-freeze';
import { canonicalJson, isJsonObject, type JsonObject } from '../core/json';
import { err, ok, type Result } from '../core/result';
import { Turns } from '../core/turns';
import { epochMs } from '../core/units';
import type {
  Learner,
  LearnerError,
  LearnerLogger,
  LearnerSnapshot,
  LearningContext,
  LearningMode,
  LearningResult,
  Prediction,
} from './learner';
import { type LearnerConfig, parseLearnerConfig } from './learner-config';
import { LearnerHooks } from './learner-hooks';
import { LearnerLifecycle } from './learner-lifecycle';
import { checkedPrediction, copiedState, plainJson } from './learner-output';
import type { LearningData } from './learning-data';
import { LearningFailure, learnerErrorOf } from './learning-failure';
import { progressOf, requireSamples, runLearning, stopIfAborted } from './learning-run';
import type { LearningItem } from './observation';
import { Savepoint } from './savepoint';
import { readSnapshot } from './snapshot-reading';

/** Independent batches that are learnt from at the same time. */
const MOST_BATCHES_AT_ONCE = 10;

/**
 * The part of a learner that is the same for all. A learner of your own fills in the hooks (`LearnerHooks`), which say
 * what it needs and knows: `configEntries`, `extractFeatures`, `extractTarget`, `learnOnline`, `learnBatch`,
 * `predictFrom`, `describe`, `snapshot`, `restore`. This class keeps the promises of `Learner` for it:
 *
 * - Whatever happens is a result. What a hook throws becomes `failed`, and never leaves here as an exception.
 * - Data is checked, filtered by kind, quality and privacy level, and copied: hooks never see the caller's objects.
 * - A call that fails or is aborted leaves the learner as it was. The state is taken by `snapshot` before the first
 *   thing is learnt, and put back by `restore`.
 * - Calls run one at a time, in the order they came. `getInsights` answers at once, with what held after the last
 *   call that succeeded.
 * - Features are made of at most 1,000 observations at a time, and let go when they are learnt from.
 *
 * @typeParam Features what a prediction is made from
 * @typeParam Target what is predicted; `null` for a learner that is not told
 * @typeParam Own settings of its own, as entries of a valibot schema
 * @example
 * class Counter extends BaseLearner<string, null, Record<never, never>> {
 *   readonly learnerType = 'counter';
 *   readonly supportedModes = ['online'] as const;
 *   protected readonly configEntries = {};
 *   protected readonly snapshotVersion = 1;
 *   #counts = new Map<string, number>();
 *   // … the hooks; CONTRIBUTING.md has the whole of it
 * }
 */
export abstract class BaseLearner<Features, Target, Own extends v.ObjectEntries>
  extends LearnerHooks<Features, Target, Own>
  implements Learner
{
  readonly learnerId: string;
  readonly #turns = new Turns();
  readonly #life = new LearnerLifecycle<LearnerConfig<Own>>();
  #mode: LearningMode | undefined;
  #insights: JsonObject = {};
  #logger: LearnerLogger | undefined;

  constructor(learnerId: string) {
    super();
    this.learnerId = learnerId;
  }

  get mode(): LearningMode {
    return this.#mode ?? this.supportedModes[0] ?? 'online';
  }

  get isInitialized(): boolean {
    return this.#life.isReady;
  }

  /** A second call begins anew under the new configuration; one that is refused changes nothing. */
  initialize(config: unknown): Promise<Result<void, LearnerError>> {
    return this.#turns.take(async () => {
      if (this.#life.isShutDown) return err(this.#life.refusal);
      const parsed = parseLearnerConfig(this.configEntries, this.supportedModes, config);
      if (!parsed.ok) return parsed;
      try {
        if (this.#life.isReady) await this.release();
        this.#life.leave();
        await this.initializeLearner(parsed.value);
        this.#insights = this.#describe();
      } catch (thrown) {
        return err(learnerErrorOf(thrown));
      }
      this.#mode = parsed.value.learningMode;
      this.#life.enter(parsed.value);
      return ok(undefined);
    });
  }

  learn(data: readonly LearningData[], context: LearningContext): Promise<LearningResult> {
    return this.#turns.take(async () => {
      const savepoint = this.#savepoint();
      try {
        this.#logger = context.logger;
        const config = this.#life.readyConfig();
        if (!Array.isArray(data))
          throw new LearningFailure({ kind: 'bad-data', detail: 'must be a list of learning data' });
        requireSamples(this.minimumSamples, data.length);
        const bounded = this.#life.within(context);
        stopIfAborted(bounded);
        const mode = this.mode;
        const tally = await runLearning<Features, Target>(data, bounded, {
          mode,
          batchSize: config.batchSize,
          concurrency: this.hasIndependentBatches ? MOST_BATCHES_AT_ONCE : 1,
          prepare: (item) => this.#prepare(item, config),
          begin: () => savepoint.take(),
          learnOnline: (item, step) => this.learnOnline(item, step),
          learnBatch: (items, step) => this.learnBatch(items, step),
        });
        requireSamples(this.minimumSamples, tally.samples);
        const own = await this.concludeLearning(bounded);
        stopIfAborted(bounded);
        const insights = plainJson({ ...progressOf(mode, data.length, tally), ...own }, 'insights of a call');
        this.#insights = this.#describe();
        return { success: true, confidence: tally.confidence, insights, samples: tally.samples };
      } catch (thrown) {
        return this.#failed(await this.#errorAfter(thrown, savepoint, context));
      }
    });
  }

  predict(input: JsonObject, context: LearningContext): Promise<Result<Prediction, LearnerError>> {
    return this.#turns.take(async () => {
      try {
        this.#life.readyConfig();
        const bounded = this.#life.within(context);
        stopIfAborted(bounded);
        if (!isJsonObject(input))
          throw new LearningFailure({ kind: 'bad-data', detail: 'must be a plain JSON object' });
        const at = context.clock.now();
        const features = await this.extractFeatures({ content: canonicalJson(input), at });
        if (features === undefined) return ok({ value: {}, confidence: 0 });
        return ok(checkedPrediction(await this.predictFrom(features, bounded)));
      } catch (thrown) {
        return err(await this.#errorAfter(thrown, undefined, context));
      }
    });
  }

  setMode(mode: LearningMode): Result<void, LearnerError> {
    if (!this.#life.isReady) return err(this.#life.refusal);
    if (!this.supportedModes.includes(mode)) return err({ kind: 'unsupported-mode', mode });
    this.#mode = mode;
    return ok(undefined);
  }

  getInsights(): JsonObject {
    return this.#insights;
  }

  save(): Promise<Result<LearnerSnapshot, LearnerError>> {
    return this.#turns.take(async () => {
      try {
        this.#life.readyConfig();
        return ok({
          learnerType: this.learnerType,
          version: this.snapshotVersion,
          ...copiedState(await this.snapshot()),
        });
      } catch (thrown) {
        return err(learnerErrorOf(thrown));
      }
    });
  }

  load(snapshot: unknown): Promise<Result<void, LearnerError>> {
    return this.#turns.take(async () => {
      const savepoint = this.#savepoint();
      try {
        this.#life.readyConfig();
        const saved = readSnapshot(snapshot, this.learnerType, this.snapshotVersion);
        await savepoint.take();
        await this.restore(saved, saved.version);
        this.#insights = this.#describe();
        return ok(undefined);
      } catch (thrown) {
        const error = await this.#errorAfter(thrown, savepoint, undefined);
        return err(error.kind === 'failed' ? { kind: 'bad-snapshot', detail: error.detail } : error);
      }
    });
  }

  shutdown(): Promise<void> {
    this.#life.stop();
    return this.#turns.take(async () => {
      const wasReady = this.#life.shutDown();
      this.#insights = {};
      if (!wasReady) return;
      try {
        await this.release();
      } catch (thrown) {
        // It is gone all the same; whoever shut it down can do nothing about it.
        this.#logger?.error('a learner did not release what it holds', {
          learnerId: this.learnerId,
          detail: String(thrown),
        });
      }
    });
  }

  async #prepare(
    data: LearningData,
    config: LearnerConfig<Own>,
  ): Promise<LearningItem<Features, Target> | undefined> {
    const { dataType, userId, qualityScore, privacyLevel, createdAt, content } = data;
    if (this.dataTypes !== undefined && !this.dataTypes.includes(dataType)) return undefined;
    if (qualityScore < config.minimumQuality || !config.privacyLevels.includes(privacyLevel))
      return undefined;
    const at = epochMs(createdAt);
    const target = this.extractTarget(data);
    if (target === undefined) return undefined;
    const features = await this.extractFeatures({ content, at });
    return features === undefined ? undefined : { features, target, userId, at, qualityScore };
  }

  #savepoint(): Savepoint {
    return new Savepoint(
      () => this.snapshot(),
      (before) => this.restore(before, this.snapshotVersion),
    );
  }

  /** What a call that threw answers with, once everything is as it was before it. */
  async #errorAfter(
    thrown: unknown,
    savepoint: Savepoint | undefined,
    context: LearningContext | undefined,
  ): Promise<LearnerError> {
    try {
      await savepoint?.rollBack();
    } catch (again) {
      // It can no longer answer for what it knows, so it has to be initialised again.
      this.#life.leave();
      return { kind: 'failed', detail: `could not go back to what it knew: ${String(again)}` };
    }
    if (this.#life.isStopping) return { kind: 'shut-down' };
    // A hook that stops half-way because it was asked to has not failed.
    return context?.signal?.aborted === true ? { kind: 'aborted' } : learnerErrorOf(thrown);
  }

  #failed(error: LearnerError): LearningResult {
    if (error.kind === 'failed')
      this.#logger?.error('a learner failed', { learnerId: this.learnerId, detail: error.detail });
    return { success: false, confidence: 0, error };
  }

  #describe(): JsonObject {
    return deepFreeze(plainJson(this.describe(), 'insights'));
  }
}

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
import { checkedPrediction, plainJson } from './learner-output';
import type { LearningData } from './learning-data';
import { LearningFailure, learnerErrorOf } from './learning-failure';
import { type LearningTally, runLearning, stopIfAborted } from './learning-run';
import type { LearnerState, LearningItem, Observation } from './observation';
import { readSnapshot } from './snapshot-reading';

/** Independent batches that are learnt from at the same time. */
const MOST_BATCHES_AT_ONCE = 10;

/**
 * The part of a learner that is the same for all. A learner of your own says what it needs and knows
 * (`configEntries`, `extractFeatures`, `extractTarget`, `learnOnline`, `learnBatch`, `predictFrom`, `describe`,
 * `snapshot`, `restore`); this class keeps the promises of `Learner` for it:
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
export abstract class BaseLearner<Features, Target, Own extends v.ObjectEntries> implements Learner {
  readonly learnerId: string;
  /** Stands in snapshots and configurations; never change it. */
  abstract readonly learnerType: string;
  /** The first is used unless the configuration says otherwise. */
  abstract readonly supportedModes: readonly LearningMode[];
  /** Kinds of data it learns from; all of them when `undefined`. */
  readonly dataTypes: readonly string[] | undefined = undefined;

  protected abstract readonly configEntries: Own;
  /** Layout of what `snapshot` gives; raise it when that changes, and let `restore` read the older ones. */
  protected abstract readonly snapshotVersion: number;
  /** A call with fewer usable observations is refused as `too-little-data`. */
  protected readonly minimumSamples: number = 1;
  /** Whether batches may be learnt from side by side, with the same outcome. */
  protected readonly hasIndependentBatches: boolean = false;

  readonly #turns = new Turns();
  readonly #stopping = new AbortController();
  #phase: 'new' | 'ready' | 'shut-down' = 'new';
  #mode: LearningMode | undefined;
  #config: LearnerConfig<Own> | undefined;
  #insights: JsonObject = {};
  #logger: LearnerLogger | undefined;

  constructor(learnerId: string) {
    this.learnerId = learnerId;
  }

  get mode(): LearningMode {
    return this.#mode ?? this.supportedModes[0] ?? 'online';
  }

  get isInitialized(): boolean {
    return this.#phase === 'ready';
  }

  /** A second call begins anew under the new configuration; one that is refused changes nothing. */
  initialize(config: unknown): Promise<Result<void, LearnerError>> {
    return this.#turns.take(async () => {
      if (this.#phase === 'shut-down') return err({ kind: 'shut-down' });
      const parsed = parseLearnerConfig(this.configEntries, this.supportedModes, config);
      if (!parsed.ok) return parsed;
      try {
        if (this.#phase === 'ready') await this.release();
        this.#phase = 'new';
        await this.initializeLearner(parsed.value);
        this.#insights = this.#describe();
      } catch (thrown) {
        return err(learnerErrorOf(thrown));
      }
      this.#config = parsed.value;
      this.#mode = parsed.value.learningMode;
      this.#phase = 'ready';
      return ok(undefined);
    });
  }

  learn(data: readonly LearningData[], context: LearningContext): Promise<LearningResult> {
    return this.#turns.take(async () => {
      let rollBack = async (): Promise<void> => undefined;
      try {
        this.#logger = context.logger;
        const config = this.#readyConfig();
        if (!Array.isArray(data))
          throw new LearningFailure({ kind: 'bad-data', detail: 'must be a list of learning data' });
        if (data.length < this.minimumSamples)
          throw new LearningFailure(tooLittle(this.minimumSamples, data.length));
        const bounded = this.#contextWithin(context);
        stopIfAborted(bounded);
        const mode = this.mode;
        const tally = await runLearning<Features, Target>(data, bounded, {
          mode,
          batchSize: config.batchSize,
          concurrency: this.hasIndependentBatches ? MOST_BATCHES_AT_ONCE : 1,
          prepare: (item) => this.#prepare(item, config),
          begin: async () => {
            const before = await this.#capture();
            rollBack = () => this.#rollBack(before);
          },
          learnOnline: (item, step) => this.learnOnline(item, step),
          learnBatch: (items, step) => this.learnBatch(items, step),
        });
        if (tally.samples < this.minimumSamples)
          throw new LearningFailure(tooLittle(this.minimumSamples, tally.samples));
        const own = await this.concludeLearning(bounded);
        stopIfAborted(bounded);
        const insights = plainJson({ ...progressOf(mode, data.length, tally), ...own }, 'insights of a call');
        this.#insights = this.#describe();
        return { success: true, confidence: tally.confidence, insights, samples: tally.samples };
      } catch (thrown) {
        return this.#failed(await this.#errorAfter(rollBack, thrown, context));
      }
    });
  }

  predict(input: JsonObject, context: LearningContext): Promise<Result<Prediction, LearnerError>> {
    return this.#turns.take(async () => {
      try {
        this.#readyConfig();
        const bounded = this.#contextWithin(context);
        stopIfAborted(bounded);
        if (!isJsonObject(input))
          throw new LearningFailure({ kind: 'bad-data', detail: 'must be a plain JSON object' });
        const at = context.clock.now();
        const features = await this.extractFeatures({ content: canonicalJson(input), at });
        if (features === undefined) return ok({ value: {}, confidence: 0 });
        return ok(checkedPrediction(await this.predictFrom(features, bounded)));
      } catch (thrown) {
        return err(await this.#errorAfter(async () => undefined, thrown, context));
      }
    });
  }

  setMode(mode: LearningMode): Result<void, LearnerError> {
    if (this.#phase !== 'ready') return err(this.#notReady());
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
        this.#readyConfig();
        return ok({
          learnerType: this.learnerType,
          version: this.snapshotVersion,
          ...(await this.#capture()),
        });
      } catch (thrown) {
        return err(learnerErrorOf(thrown));
      }
    });
  }

  load(snapshot: unknown): Promise<Result<void, LearnerError>> {
    return this.#turns.take(async () => {
      let rollBack = async (): Promise<void> => undefined;
      try {
        this.#readyConfig();
        const saved = readSnapshot(snapshot, this.learnerType, this.snapshotVersion);
        const before = await this.#capture();
        rollBack = () => this.#rollBack(before);
        await this.restore(saved, saved.version);
        this.#insights = this.#describe();
        return ok(undefined);
      } catch (thrown) {
        const error = await this.#errorAfter(rollBack, thrown, undefined);
        return err(error.kind === 'failed' ? { kind: 'bad-snapshot', detail: error.detail } : error);
      }
    });
  }

  shutdown(): Promise<void> {
    this.#stopping.abort();
    return this.#turns.take(async () => {
      const wasReady = this.#phase === 'ready';
      this.#phase = 'shut-down';
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

  /** Starts knowing nothing. */
  protected abstract initializeLearner(config: LearnerConfig<Own>): void | Promise<void>;
  /**
   * What the learner makes of what happened; used for learning and for predicting, so that no feature can come
   * from what is to be predicted. `undefined`: nothing it understands.
   */
  protected abstract extractFeatures(
    observation: Observation,
  ): Features | undefined | Promise<Features | undefined>;
  /** What is to be learnt about these features. `undefined`: the data does not say. */
  protected abstract extractTarget(data: LearningData): Target | undefined;
  /** Learns from one observation. Returns how far it now trusts what it knows of it, in [0, 1]. */
  protected abstract learnOnline(
    item: LearningItem<Features, Target>,
    context: LearningContext,
  ): number | Promise<number>;
  /** Learns from up to `batchSize` observations at once. Returns the mean trust over them, in [0, 1]. */
  protected abstract learnBatch(
    items: readonly LearningItem<Features, Target>[],
    context: LearningContext,
  ): number | Promise<number>;
  /** After all observations of a call, such as to train on what was gathered. Returns insights of the call. */
  protected concludeLearning(_context: LearningContext): JsonObject | Promise<JsonObject> {
    return {};
  }
  protected abstract predictFrom(
    features: Features,
    context: LearningContext,
  ): Prediction | Promise<Prediction>;
  /** What it knows, for people to read. */
  protected abstract describe(): JsonObject;
  /** Everything it knows. It is copied: what it refers to may change afterwards. */
  protected abstract snapshot(): LearnerState | Promise<LearnerState>;
  /**
   * Replaces everything it knows. Throws on anything it cannot read; the state before is then put back.
   *
   * @param version of the layout, at most `snapshotVersion`
   */
  protected abstract restore(saved: LearnerState, version: number): void | Promise<void>;
  /** Lets go of tensors and whatever else needs it. */
  protected release(): void | Promise<void> {
    return undefined;
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

  async #capture(): Promise<LearnerState> {
    const { state, weights } = await this.snapshot();
    const copy = plainJson(state, 'the state');
    return weights === undefined ? { state: copy } : { state: copy, weights: weights.slice() };
  }

  async #rollBack(before: LearnerState): Promise<void> {
    try {
      await this.restore(before, this.snapshotVersion);
    } catch (thrown) {
      // It can no longer answer for what it knows, so it has to be initialised again.
      this.#phase = 'new';
      throw thrown;
    }
  }

  async #errorAfter(
    rollBack: () => Promise<void>,
    thrown: unknown,
    context: LearningContext | undefined,
  ): Promise<LearnerError> {
    try {
      await rollBack();
    } catch (again) {
      return { kind: 'failed', detail: `could not go back to what it knew: ${String(again)}` };
    }
    if (this.#stopping.signal.aborted) return { kind: 'shut-down' };
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

  #readyConfig(): LearnerConfig<Own> {
    if (this.#phase !== 'ready' || this.#config === undefined) throw new LearningFailure(this.#notReady());
    return this.#config;
  }

  #notReady(): LearnerError {
    return { kind: this.#phase === 'shut-down' ? 'shut-down' : 'not-initialized' };
  }

  /** The caller's context, without whatever else it may carry, and aborted by a shutdown too. */
  #contextWithin(context: LearningContext): LearningContext {
    const { userId, agentId, sessionId, clock, random, logger } = context;
    const signal = AbortSignal.any([context.signal, this.#stopping.signal]);
    return { userId, agentId, sessionId, clock, random, logger, signal };
  }
}

const tooLittle = (needed: number, got: number): LearnerError => ({ kind: 'too-little-data', needed, got });

function progressOf(mode: LearningMode, total: number, { samples, batches }: LearningTally): JsonObject {
  return mode === 'online'
    ? { learningMode: mode, itemsProcessed: samples, totalItems: total }
    : { learningMode: mode, itemsProcessed: samples, totalItems: total, batchesProcessed: batches };
}

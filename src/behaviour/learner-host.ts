import type { Clock } from '../core/clock';
import type { UserId } from '../core/ids';
import { isJsonObject, type JsonObject } from '../core/json';
import { seededRandom } from '../core/random';
import { err, ok, type Result } from '../core/result';
import { Turns } from '../core/turns';
import type { LearningEvent } from '../events/learning-event';
import type { LearningEventFactory } from '../events/learning-event-factory';
import type { Learner, LearnerError, LearnerLogger, LearningContext, Prediction } from '../learning/learner';
import type { LearnerRegistry, RegistryError } from '../learning/learner-registry';
import type { LearningData } from '../learning/learning-data';
import type { LearningSystemMetrics } from '../metrics/learning-system-metrics';
import { type LearnerState, MonitoredLearner } from '../metrics/monitored-learner';
import type { VaultError } from '../vault/vault-types';
import type { LearnerModels } from './learner-models';

/** Whose learners these are, and which of them run. */
export interface LearnerOpening {
  readonly userId: UserId;
  readonly sessionId: string;
  /** `{ name: { enabled, learningMode, … } }`, as in the configuration. */
  readonly learners: JsonObject;
  /** Origins that the operator lets learners with a service of their own call. */
  readonly learnerOrigins: readonly string[];
  /** Address of the folder with a text model of our own origin; left out where the operator hosts none. */
  readonly textModel?: string;
}

export type LearnerHostError =
  /** Nobody's learners are open: the vault is locked. */
  | { readonly kind: 'not-open' }
  | { readonly kind: 'not-started'; readonly error: RegistryError }
  | { readonly kind: 'vault'; readonly error: VaultError }
  /** No learner of this name runs. */
  | { readonly kind: 'no-learner' }
  | { readonly kind: 'not-predicted'; readonly error: LearnerError }
  /** It learnt nothing from this; `learners` are those that failed. */
  | {
      readonly kind: 'not-learnt';
      readonly learners: readonly { readonly name: string; readonly error: LearnerError }[];
    };

interface Options {
  readonly registry: LearnerRegistry;
  readonly models: LearnerModels;
  readonly metrics: LearningSystemMetrics;
  readonly clock: Clock;
  readonly logger: LearnerLogger;
  readonly factory: LearningEventFactory;
  readonly emit: (event: LearningEvent) => void;
}

interface Open {
  readonly opening: LearnerOpening;
  readonly learners: readonly MonitoredLearner[];
  readonly end: AbortController;
}

interface Waiting {
  readonly data: readonly LearningData[];
  readonly settle: (result: Result<void, LearnerHostError>) => void;
}

/** Observations that are learnt from at a time. */
const MOST_AT_ONCE = 1_000;
/** From here on a pattern is worth telling of. */
const TELLING_CONFIDENCE = 0.8;
const SEED = 42;

/**
 * Keeps the behaviour learners of one person running: gathers observations into batches, lets every learner learn
 * from them, and stores what each knows in the vault after every batch, so that a crash costs nothing that was
 * acknowledged. Behaviour worker.
 */
export class LearnerHost {
  readonly #options: Options;
  readonly #turns = new Turns();
  #open: Open | undefined;
  #waiting: Waiting[] = [];
  /** Patterns that were told of since the vault was opened. */
  #told = new Set<string>();

  constructor(options: Options) {
    this.#options = options;
  }

  /** Starts a person's learners and lets them go on from what the vault keeps; those of somebody else end first. */
  open(opening: LearnerOpening): Promise<Result<void, LearnerHostError>> {
    return this.#turns.take(async () => {
      await this.#shutDown();
      return this.#start(opening);
    });
  }

  /** Ends the learners and forgets everything in memory. What was learnt is in the vault already. */
  close(): Promise<void> {
    this.#open?.end.abort();
    return this.#turns.take(() => this.#shutDown());
  }

  /**
   * Learns from what happened. Calls that come while one is being learnt from are learnt from together, up to 1,000
   * observations at a time.
   *
   * @returns resolves when it is learnt and what was learnt is stored
   */
  observe(data: readonly LearningData[]): Promise<Result<void, LearnerHostError>> {
    if (this.#open === undefined) return Promise.resolve(err({ kind: 'not-open' }));
    return new Promise((settle) => {
      this.#waiting.push({ data, settle });
      void this.#turns.take(() => this.#learnWaiting());
    });
  }

  /** What one learner expects, by its name in the configuration. Does not wait for what others are learning. */
  async predict(learnerId: string, input: JsonObject): Promise<Result<Prediction, LearnerHostError>> {
    const open = this.#open;
    if (open === undefined) return err({ kind: 'not-open' });
    const learner = open.learners.find((one) => one.learnerId === learnerId);
    if (learner === undefined) return err({ kind: 'no-learner' });
    const predicted = await learner.predict(input, this.#context(open));
    return predicted.ok ? predicted : err({ kind: 'not-predicted', error: predicted.error });
  }

  states(): readonly LearnerState[] {
    return this.#open?.learners.map((learner) => learner.describe()) ?? [];
  }

  /** Forgets what was learnt, in memory and in the vault; the learners go on with nothing. */
  forget(): Promise<Result<void, LearnerHostError>> {
    this.#open?.end.abort();
    return this.#turns.take(async () => {
      const { opening } = this.#open ?? {};
      await this.#shutDown();
      const cleared = await this.#options.models.clear();
      if (!cleared.ok) return err({ kind: 'vault', error: cleared.error });
      return opening === undefined ? ok(undefined) : this.#start(opening);
    });
  }

  async #start(opening: LearnerOpening): Promise<Result<void, LearnerHostError>> {
    const { registry, models, metrics, clock, logger } = this.#options;
    const started = await registry.start({ learners: opening.learners });
    if (!started.ok) return err({ kind: 'not-started', error: started.error });
    const learners = started.value.map(({ learner }) => new MonitoredLearner(learner, metrics, clock));
    for (const learner of learners) {
      const kept = await models.load(learner.learnerId);
      if (!kept.ok) {
        await shutDownAll(learners);
        return err({ kind: 'vault', error: kept.error });
      }
      const loaded = kept.value === undefined ? ok(undefined) : await learner.load(kept.value);
      if (!loaded.ok)
        logger.warn('a snapshot was refused', {
          learnerId: learner.learnerId,
          errorKind: loaded.error.kind,
        });
    }
    this.#open = { opening, learners, end: new AbortController() };
    return ok(undefined);
  }

  async #shutDown(): Promise<void> {
    const { learners = [] } = this.#open ?? {};
    this.#open = undefined;
    this.#told = new Set();
    for (const { settle } of this.#waiting.splice(0)) settle(err({ kind: 'not-open' }));
    await shutDownAll(learners);
  }

  async #learnWaiting(): Promise<void> {
    const { taken, data } = this.#nextBatch();
    if (taken.length === 0) return;
    const open = this.#open;
    const result = open === undefined ? err({ kind: 'not-open' } as const) : await this.#learn(data, open);
    for (const { settle } of taken) settle(result);
  }

  /** As many whole calls as fit, and at least one. */
  #nextBatch(): { readonly taken: readonly Waiting[]; readonly data: readonly LearningData[] } {
    let count = 0;
    let end = 0;
    for (const { data } of this.#waiting) {
      if (end > 0 && count + data.length > MOST_AT_ONCE) break;
      count += data.length;
      end += 1;
    }
    const taken = this.#waiting.splice(0, end);
    return { taken, data: taken.flatMap(({ data }) => data) };
  }

  async #learn(data: readonly LearningData[], open: Open): Promise<Result<void, LearnerHostError>> {
    const failed: { name: string; error: LearnerError }[] = [];
    for (let from = 0; from < data.length; from += MOST_AT_ONCE) {
      const batch = data.slice(from, from + MOST_AT_ONCE);
      for (const learner of open.learners) {
        const { dataTypes } = learner;
        if (dataTypes !== undefined && !batch.some(({ dataType }) => dataTypes.includes(dataType))) continue;
        const error = await this.#learnOne(learner, batch, open);
        if (error !== undefined) failed.push({ name: learner.learnerId, error });
      }
    }
    return failed.length === 0 ? ok(undefined) : err({ kind: 'not-learnt', learners: failed });
  }

  async #learnOne(
    learner: MonitoredLearner,
    data: readonly LearningData[],
    open: Open,
  ): Promise<LearnerError | undefined> {
    const { clock, factory, emit } = this.#options;
    const { userId } = open.opening;
    const { learnerId, learnerType, mode } = learner;
    const startedAt = clock.monotonic();
    const result = await learner.learn(data, this.#context(open));
    // Nothing in it for this learner: others may have learnt from it.
    if (!result.success && result.error.kind === 'too-little-data') return undefined;
    emit(
      factory.createLearningCompletedEvent({
        userId,
        learnerId,
        learnerType,
        mode,
        success: result.success,
        samples: result.success ? result.samples : 0,
        confidence: result.confidence,
        durationMs: clock.monotonic() - startedAt,
        insights: result.success ? result.insights : {},
        ...(result.success ? {} : { errorKind: result.error.kind }),
      }),
    );
    if (!result.success) return result.error;
    this.#tellOfPatterns(learner, userId);
    return this.#keep(learner, userId);
  }

  async #keep(learner: Learner, userId: UserId): Promise<LearnerError | undefined> {
    const { models, factory, emit } = this.#options;
    const saved = await learner.save();
    if (!saved.ok) return saved.error;
    const { learnerId, learnerType } = learner;
    const stored = await models.save(learnerId, saved.value);
    if (!stored.ok) return { kind: 'failed', detail: `not stored: ${stored.error.kind}` };
    const { version } = saved.value;
    emit(
      factory.createModelUpdatedEvent({ userId, learnerId, learnerType, version, sizeBytes: stored.value }),
    );
    return undefined;
  }

  /** Once a pattern and visit, as soon as the learner trusts it. */
  #tellOfPatterns(learner: Learner, userId: UserId): void {
    const { factory, emit } = this.#options;
    const { learnerId } = learner;
    const { patternsDetail } = learner.getInsights();
    if (!Array.isArray(patternsDetail)) return;
    for (const detail of patternsDetail as readonly unknown[]) {
      if (!isJsonObject(detail)) continue;
      const { pattern, confidence } = detail;
      if (typeof pattern !== 'string' || typeof confidence !== 'number') continue;
      const key = `${learnerId}|${pattern}`;
      if (confidence <= TELLING_CONFIDENCE || this.#told.has(key)) continue;
      this.#told.add(key);
      emit(factory.createUserPatternDetectedEvent({ userId, learnerId, pattern, confidence, detail }));
    }
  }

  #context({ opening, end }: Open): LearningContext {
    const { clock, logger } = this.#options;
    return {
      userId: opening.userId,
      agentId: 'behaviour',
      sessionId: opening.sessionId,
      clock,
      random: seededRandom(SEED),
      logger,
      signal: end.signal,
    };
  }
}

async function shutDownAll(learners: readonly Learner[]): Promise<void> {
  await Promise.all(learners.map((learner) => learner.shutdown()));
}

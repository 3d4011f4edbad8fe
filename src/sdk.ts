// biome-ignore-all assist/source/organizeImports: what belongs together stands together, under its example

/**
 * What a learner or a strategy of your own is made with. Nothing else of Echo is meant to be imported by it.
 * The examples are compiled and run by the tests; `// →` stands before what a line gives.
 */

/**
 * A learner of your own: fill in the hooks, and this class keeps the promises of `Learner`.
 * CONTRIBUTING.md leads through a whole one.
 *
 * @example
 * import { BaseLearner, type LearnerState, type Observation, type Prediction } from './sdk';
 *
 * class WordCounter extends BaseLearner<string, null, Record<never, never>> {
 *   readonly learnerType = 'word-counter';
 *   readonly supportedModes = ['online'] as const;
 *   protected readonly configEntries = {};
 *   protected readonly snapshotVersion = 1;
 *   #counts = new Map<string, number>();
 *
 *   protected initializeLearner(): void {
 *     this.#counts = new Map();
 *   }
 *   protected extractFeatures({ content }: Observation): string | undefined {
 *     return typeof content['word'] === 'string' ? content['word'] : undefined;
 *   }
 *   protected extractTarget(): null {
 *     return null;
 *   }
 *   protected learnOnline({ features }: { features: string }): number {
 *     this.#counts.set(features, (this.#counts.get(features) ?? 0) + 1);
 *     return 1;
 *   }
 *   protected learnBatch(): number {
 *     return 0; // never asked: the learner supports online mode only
 *   }
 *   protected predictFrom(word: string): Prediction {
 *     const count = this.#counts.get(word) ?? 0;
 *     return { value: { count }, confidence: count > 0 ? 1 : 0 };
 *   }
 *   protected describe() {
 *     return { words: this.#counts.size };
 *   }
 *   protected snapshot(): LearnerState {
 *     return { state: { counts: Object.fromEntries(this.#counts) } };
 *   }
 *   protected restore({ state }: LearnerState): void {
 *     const counts = Object.entries(state['counts'] ?? {});
 *     this.#counts = new Map(counts.map(([word, count]) => [word, Number(count)]));
 *   }
 * }
 *
 * const learner = new WordCounter('words');
 * (await learner.initialize({})).ok; // → true
 * learner.getInsights(); // → { words: 0 }
 */
export { BaseLearner } from './learning/base-learner';

/**
 * What a learner gets and gives. `LearnerConfig` is its configuration, `Observation` what features are made of,
 * `LearningItem` what it learns from, `LearnerState` what it knows.
 *
 * @example
 * import type { LearnerConfig, LearnerState, LearningItem, Observation } from './sdk';
 *
 * const batchSize = (config: LearnerConfig<Record<never, never>>): number => config.batchSize;
 * const hourOf = ({ at }: Observation): number => new Date(at).getUTCHours();
 * const weightOf = (item: LearningItem<number, boolean>): number => (item.target ? item.qualityScore : 0);
 * const nothing: LearnerState = { state: {} };
 * [typeof batchSize, typeof hourOf, typeof weightOf, nothing.state]; // → ['function', 'function', 'function', {}]
 */
export type { LearnerConfig } from './learning/learner-config';
export type { LearnerState, LearningItem, Observation } from './learning/observation';

/**
 * The contract of every learner, for one that is not a `BaseLearner`.
 *
 * @example
 * import type {
 *   Learner,
 *   LearnerError,
 *   LearnerLogger,
 *   LearnerSnapshot,
 *   LearningContext,
 *   LearningMode,
 *   LearningResult,
 *   Prediction,
 * } from './sdk';
 *
 * const modes: readonly LearningMode[] = ['online', 'batch'];
 * const isUp = (learner: Learner, context: LearningContext): boolean =>
 *   learner.isInitialized && !context.signal.aborted;
 * const refused = (error: LearnerError): LearningResult => ({ success: false, confidence: 0, error });
 * const nothingKnown: Prediction = { value: {}, confidence: 0 };
 * const isOld = ({ version }: LearnerSnapshot): boolean => version < 2;
 * const quiet = (logger: LearnerLogger): void => logger.debug('nothing to say');
 * refused({ kind: 'aborted' }).success; // → false
 * [modes.length, typeof isUp, nothingKnown.confidence, typeof isOld, typeof quiet].length; // → 5
 */
export type {
  Learner,
  LearnerError,
  LearnerLogger,
  LearnerSnapshot,
  LearningContext,
  LearningMode,
  LearningResult,
  Prediction,
} from './learning/learner';

/**
 * What there is to learn from, and how closely it describes the person.
 *
 * @example
 * import { type DataPrivacyLevel, type LearningData, newId, type LearningDataId, type UserId } from './sdk';
 *
 * const level: DataPrivacyLevel = 'private';
 * const data: LearningData = {
 *   id: newId<LearningDataId>(),
 *   userId: newId<UserId>(),
 *   agentId: 'conversation',
 *   dataType: 'user-interaction',
 *   content: { interactionType: 'voice-command', result: 'success', satisfaction: 0.8 },
 *   privacyLevel: level,
 *   qualityScore: 1,
 *   createdAt: Date.now(),
 * };
 * data.content['result']; // → 'success'
 */
export type { DataPrivacyLevel } from './learning/data-privacy-level';
export type { LearningData } from './learning/learning-data';
export { type LearningDataId, newId, type UserId } from './core/ids';

/**
 * Learners by name, and how a configuration becomes running ones.
 *
 * @example
 * import { LearnerRegistry, type LoadModel, type RegistryError, type StartedLearner } from './sdk';
 *
 * const registry = new LearnerRegistry();
 * const noModels: LoadModel = async () => undefined;
 * const started = await registry.start({ learners: { mine: { enabled: true } } }, noModels);
 * const error: RegistryError | undefined = started.ok ? undefined : started.error;
 * const learners: readonly StartedLearner[] = started.ok ? started.value : [];
 * error; // → { kind: 'unknown-type', path: 'learners.mine', type: 'mine', known: [] }
 * learners.length; // → 0
 */
export {
  LearnerRegistry,
  type LoadModel,
  type RegistryError,
  type StartedLearner,
} from './learning/learner-registry';

/**
 * Whether a learner keeps its promises: one test each, in your own test framework.
 *
 * @example
 * import { type ConformanceOptions, type ConformanceSamples, describeLearner, type Learner } from './sdk';
 *
 * const titles: string[] = [];
 * const framework = {
 *   describe: (_: string, body: () => void) => body(),
 *   it: (title: string) => titles.push(title),
 * };
 * const samples: ConformanceSamples = { config: {}, data: [], inputs: [] };
 * const options: ConformanceOptions = { doModesAgree: true };
 * const create = (): Learner => {
 *   throw new Error('only called when a test runs');
 * };
 * describeLearner(framework, 'mine', create, samples, options);
 * titles.includes('mine: can be shut down twice'); // → true
 */
export { describeLearner } from './learning/conformance/describe-learner';
export type { ConformanceOptions, ConformanceSamples } from './learning/conformance/conformance-samples';

/**
 * The same without a test framework.
 *
 * @example
 * import { type ConformanceCheck, ConformanceError, type Learner, learnerConformance } from './sdk';
 *
 * const create = (): Learner => {
 *   throw new ConformanceError('there is no learner');
 * };
 * const checks: readonly ConformanceCheck[] = learnerConformance(create, { config: {}, data: [], inputs: [] });
 * const failed: string[] = [];
 * for (const { behaviour, run } of checks) await run().catch(() => failed.push(behaviour));
 * failed.length === checks.length; // → true
 */
export { type ConformanceCheck, ConformanceError } from './learning/conformance/conformance-check';
export { learnerConformance } from './learning/conformance/learner-conformance';

/**
 * Events about what is learnt: who emits them does not know who handles them.
 *
 * @example
 * import {
 *   EventHandler,
 *   EventSystem,
 *   handlerOf,
 *   type HandlerFailure,
 *   type LearningEvent,
 *   LearningEventFactory,
 *   type LearningEventMap,
 *   type LearningEventType,
 *   learningEventTypes,
 *   newId,
 *   systemClock,
 *   type UserId,
 * } from './sdk';
 *
 * const factory = new LearningEventFactory('example', systemClock);
 * const lost: HandlerFailure[] = [];
 * const events = new EventSystem<LearningEventMap, 'handler-failed'>({
 *   failureType: 'handler-failed',
 *   createFailureEvent: (failure) => factory.createHandlerFailedEvent(failure),
 *   onUnreportedFailure: (failure) => lost.push(failure),
 * });
 *
 * class Counter extends EventHandler<LearningEvent> {
 *   count = 0;
 *   handle(): void {
 *     this.count += 1;
 *   }
 * }
 * const counter = new Counter('counter');
 * const types: readonly LearningEventType[] = learningEventTypes;
 * events.register(types, counter);
 * const words: unknown[] = [];
 * events.register('user-interaction', handlerOf('words', ({ payload }) => void words.push(payload.content)));
 *
 * const interaction = factory.createUserInteractionEvent({
 *   userId: newId<UserId>(),
 *   agentId: 'conversation',
 *   interactionType: 'voice-command',
 *   result: 'success',
 *   content: { phrase: 'tea' },
 * });
 * await events.emit(interaction); // → { handled: 2, failed: 0, dropped: 0 }
 * [counter.count, words, lost]; // → [1, [{ phrase: 'tea' }], []]
 */
export { EventHandler, handlerOf } from './events/event-handler';
export { type LearningEventType, learningEventTypes } from './events/event-payloads';
export { EventSystem } from './events/event-system';
export type { HandlerFailure } from './events/handler-failure';
export type { LearningEvent, LearningEventMap } from './events/learning-event';
export { LearningEventFactory } from './events/learning-event-factory';

/**
 * A strategy that adapts Echo, and can take back what it did.
 *
 * @example
 * import {
 *   type ActionChange,
 *   type AdaptationAction,
 *   type AdaptationContext,
 *   AdaptationStrategy,
 *   ok,
 *   type Result,
 * } from './sdk';
 *
 * let pace = 1;
 * class SlowDown extends AdaptationStrategy {
 *   readonly name = 'slow-down';
 *   readonly type = 'performance-optimization';
 *   readonly description = 'Works more slowly after complaints';
 *   analyzeApplicability({ userComplaints }: AdaptationContext): number {
 *     return Math.min(userComplaints / 5, 1);
 *   }
 *   generateActions(): readonly AdaptationAction[] {
 *     return [{ kind: 'halve-pace', parameters: {}, expectedImpact: 0.2 }];
 *   }
 *   protected async applyAction(): Promise<Result<ActionChange, string>> {
 *     const before = { pace };
 *     pace /= 2;
 *     return ok({ before, after: { pace } });
 *   }
 *   protected async undoAction(): Promise<Result<void, string>> {
 *     pace *= 2;
 *     return ok(undefined);
 *   }
 * }
 *
 * const strategy = new SlowDown();
 * strategy.analyzeApplicability({ performance: {}, userComplaints: 2 }); // → 0.4
 * (await strategy.applyActions(strategy.generateActions())).totalImpact; // → 0.2
 * pace; // → 0.5
 */
export {
  type ActionChange,
  type AdaptationAction,
  type AdaptationContext,
  AdaptationStrategy,
} from './adaptation/adaptation-strategy';

/**
 * Chance that can be repeated, and time. A learner takes both from its context; these are for tests.
 *
 * @example
 * import { type Clock, epochMs, monotonicMs, type Random, seededRandom, shuffled, systemClock } from './sdk';
 *
 * const random: Random = seededRandom(42);
 * random() === seededRandom(42)(); // → true
 * shuffled([1, 2, 3], random).length; // → 3
 * const stopped: Clock = { now: () => epochMs(1_000), monotonic: () => monotonicMs(0) };
 * stopped.now() < systemClock.now(); // → true
 */
export { type Clock, systemClock } from './core/clock';
export { type Random, seededRandom, shuffled } from './core/random';
export { epochMs, monotonicMs } from './core/units';

/**
 * Expected failures are values, and everything that is stored or sent is plain JSON.
 *
 * @example
 * import { err, isJsonObject, type JsonObject, type JsonValue, ok, type Result } from './sdk';
 *
 * const half = (n: number): Result<number, 'odd'> => (n % 2 === 0 ? ok(n / 2) : err('odd'));
 * half(4); // → { ok: true, value: 2 }
 * half(3); // → { ok: false, error: 'odd' }
 * const content: JsonObject = { n: 1 };
 * const value: JsonValue = content['n'] ?? null;
 * value; // → 1
 * isJsonObject({ n: Number.NaN }); // → false
 */
export { isJsonObject, type JsonObject, type JsonValue } from './core/json';
export { err, ok, type Result } from './core/result';

import * as v from 'valibot';
import { isJsonObject, type JsonObject } from '../../core/json';
import { BaseLearner } from '../../learning/base-learner';
import type { LearningContext, Prediction } from '../../learning/learner';
import type { LearnerConfig } from '../../learning/learner-config';
import type { LearningData } from '../../learning/learning-data';
import { LearningFailure } from '../../learning/learning-failure';
import type { LearnerState, LearningItem, Observation } from '../../learning/observation';
import { levelsThat } from '../../learning/privacy-treatment';
import { TYPED_COMMAND_DATA } from '../../learning/typed-command';
import type { ServicePort } from './allowed-fetch';
import { ServiceCall, type ServiceError } from './service-call';

const milliseconds = (least: number, most: number, fallback: number) =>
  v.optional(v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most)), fallback);

const entries = {
  /** Where the service is, such as `https://learn.example.org/v1`. Its origin must be allowed by the operator. */
  baseUrl: v.pipe(
    v.string(),
    v.url(),
    v.regex(/^https:\/\/|^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::|\/|$)/),
  ),
  /** Sent as a bearer token; empty for none. */
  apiKey: v.optional(v.pipe(v.string(), v.regex(/^[\x21-\x7e]{0,512}$/)), ''),
  /** Whether what the person does may be sent as well. What they typed, and their voice, never is. */
  sendPrivate: v.optional(v.boolean(), false),
  timeoutMs: milliseconds(10, 60_000, 5_000),
  mostTries: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(5)), 3),
  backOffMs: milliseconds(1, 10_000, 500),
  /** After a service could not be reached it is left alone for so long; meanwhile nothing waits for it. */
  restMs: milliseconds(0, 3_600_000, 60_000),
};
type Entries = typeof entries;

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const StateSchema = v.strictObject({
  sent: count,
  answers: count,
  confidence: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  /** As JSON text: what the service says is its own affair. */
  insights: v.pipe(v.string(), v.parseJson(), v.custom<JsonObject>(isJsonObject)),
});
type Known = v.InferOutput<typeof StateSchema>;

const NOTHING: Known = { sent: 0, answers: 0, confidence: 0, insights: {} };

/**
 * Lets a service of the operator's learn: `GET /health` before the first call, then `POST /learn` with what happened. It
 * knows by itself only what the service answered last, which is also what it predicts.
 *
 * Sends content of the levels `public` and `internal`, of `private` too with `sendPrivate`, never `confidential` data
 * and never what was typed. What a service has learnt it cannot be asked to forget: forgetting here forgets its answers.
 *
 * @example
 * const learner = new RestLearner('rest', (origin) => allowedFetch(origin, policy.learnerOrigins));
 * await learner.initialize({ baseUrl: 'https://learn.example.org/v1', apiKey: 'k3y' });
 */
export class RestLearner extends BaseLearner<JsonObject, string, Entries> {
  readonly learnerType = 'rest';
  readonly supportedModes = ['batch', 'online'] as const;
  protected readonly configEntries = entries;
  protected readonly snapshotVersion = 1;

  readonly #openPort: (origin: string) => ServicePort | undefined;
  #service: ServiceCall | undefined;
  #levels: ReadonlySet<string> = new Set();
  #restMs = 0;
  #restUntil = Number.NEGATIVE_INFINITY;
  #isHealthy = false;
  #known: Known = NOTHING;

  /** @param openPort the way to one origin; `undefined` where the operator does not allow it */
  constructor(learnerId: string, openPort: (origin: string) => ServicePort | undefined) {
    super(learnerId);
    this.#openPort = openPort;
  }

  protected initializeLearner(config: LearnerConfig<Entries>): void {
    const { origin, pathname } = new URL(config.baseUrl);
    const port = this.#openPort(origin);
    this.#service =
      port === undefined
        ? undefined
        : new ServiceCall(port, { ...config, basePath: pathname.replace(/\/+$/, '') });
    this.#levels = new Set([...levelsThat('mayBeExportedPlain'), ...(config.sendPrivate ? ['private'] : [])]);
    this.#restMs = config.restMs;
    this.#restUntil = Number.NEGATIVE_INFINITY;
    this.#isHealthy = false;
    this.#known = NOTHING;
  }

  protected extractFeatures({ content }: Observation): JsonObject {
    return content;
  }

  /** The kind of data, for what may be sent. */
  protected extractTarget({ dataType, privacyLevel }: LearningData): string | undefined {
    return this.#levels.has(privacyLevel) && dataType !== TYPED_COMMAND_DATA ? dataType : undefined;
  }

  protected learnOnline(item: LearningItem<JsonObject, string>, context: LearningContext): Promise<number> {
    return this.learnBatch([item], context);
  }

  protected async learnBatch(
    items: readonly LearningItem<JsonObject, string>[],
    context: LearningContext,
  ): Promise<number> {
    const service = await this.#readyService(context);
    const answer = await service.learn(
      {
        training_data: items.map(({ features, target, userId, at, qualityScore }) => ({
          user_id: userId,
          data_type: target,
          content: features,
          quality_score: qualityScore,
          created_at: at,
        })),
        context: { user_id: context.userId, session_id: context.sessionId, learning_mode: this.mode },
      },
      context.random,
      context.signal,
    );
    if (!answer.ok) throw this.#failure(answer.error, context);
    const { success, confidence, insights } = answer.value;
    if (!success) throw new LearningFailure({ kind: 'failed', detail: 'the service did not learn from it' });
    const { sent, answers } = this.#known;
    this.#known = { sent: sent + items.length, answers: answers + 1, confidence, insights };
    return confidence;
  }

  protected predictFrom(): Prediction {
    const { confidence, insights } = this.#known;
    return { value: insights, confidence };
  }

  protected describe(): JsonObject {
    const { sent, answers, confidence, insights } = this.#known;
    return { isAllowed: this.#service !== undefined, sent, answers, confidence, ...insightsOf(insights) };
  }

  protected snapshot(): LearnerState {
    return { state: { ...this.#known, insights: JSON.stringify(this.#known.insights) } };
  }

  protected restore({ state, weights }: LearnerState): void {
    if (weights !== undefined) throw new TypeError('a service keeps its weights to itself');
    this.#known = v.parse(StateSchema, state);
  }

  protected override release(): void {
    this.#service = undefined;
    this.#known = NOTHING;
  }

  async #readyService(context: LearningContext): Promise<ServiceCall> {
    if (this.#service === undefined) throw this.#failure({ kind: 'not-allowed' }, context);
    if (context.clock.monotonic() < this.#restUntil)
      throw new LearningFailure({
        kind: 'failed',
        detail: 'the service could not be reached; it is left alone for now',
      });
    if (!this.#isHealthy) {
      const health = await this.#service.checkHealth(context.random, context.signal);
      if (!health.ok) throw this.#failure(health.error, context);
      this.#isHealthy = true;
    }
    return this.#service;
  }

  #failure(error: ServiceError, { clock }: LearningContext): LearningFailure {
    if (error.kind === 'aborted') return new LearningFailure({ kind: 'aborted' });
    this.#isHealthy = false;
    if (error.kind !== 'not-allowed') this.#restUntil = clock.monotonic() + this.#restMs;
    return new LearningFailure({ kind: 'failed', detail: detailOf(error) });
  }
}

const insightsOf = (insights: JsonObject): JsonObject =>
  Object.keys(insights).length === 0 ? {} : { service: insights };

function detailOf(error: Exclude<ServiceError, { kind: 'aborted' }>): string {
  switch (error.kind) {
    case 'not-allowed':
      return 'the operator does not allow this origin (learnerOrigins in policy.json)';
    case 'unauthorised':
      return `the service refused the key (status ${error.status})`;
    case 'refused':
      return `the service refused the request (status ${error.status})`;
    case 'malformed':
      return `the service gave a malformed answer: ${error.detail}`;
    case 'unavailable':
      return `the service could not be reached in ${error.tries} tries: ${error.detail}`;
  }
}

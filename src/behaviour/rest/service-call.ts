import * as v from 'valibot';
import { isJsonObject, type JsonObject } from '../../core/json';
import type { Random } from '../../core/random';
import { err, ok, type Result } from '../../core/result';
import type { ServicePort } from './allowed-fetch';

export type ServiceError =
  /** The operator's policy does not list the origin. */
  | { readonly kind: 'not-allowed' }
  /** Wrong or missing key: nothing but another key helps. */
  | { readonly kind: 'unauthorised'; readonly status: number }
  /** The service does not want this; asking again would not help. */
  | { readonly kind: 'refused'; readonly status: number }
  /** It answered with something that is no answer. */
  | { readonly kind: 'malformed'; readonly detail: string }
  /** No answer, or only errors, however often it was asked. */
  | { readonly kind: 'unavailable'; readonly tries: number; readonly detail: string }
  | { readonly kind: 'aborted' };

export interface ServiceSettings {
  /** Path of the service at its origin, without a slash at its end. */
  readonly basePath: string;
  readonly apiKey: string;
  /** For one try, the reading of the answer included. */
  readonly timeoutMs: number;
  readonly mostTries: number;
  /** Before the second try; doubled before each further one. */
  readonly backOffMs: number;
}

/** Answers are figures about what was learnt; whatever is larger is none. */
const LONGEST_ANSWER = 65_536;
const LONGEST_PAUSE_MS = 30_000;

const AnswerSchema = v.object({
  success: v.boolean(),
  confidence: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  insights: v.optional(v.custom<JsonObject>(isJsonObject, 'must be a plain JSON object'), {}),
});
export type ServiceAnswer = v.InferOutput<typeof AnswerSchema>;

/** What is worth trying again, with how long the service asked to wait. */
interface Again {
  readonly kind: 'again';
  readonly detail: string;
  readonly afterMs: number | undefined;
}

/** Calls to one service: bearer key, a limit on time, tries that wait longer and longer, an answer that is checked. */
export class ServiceCall {
  readonly #port: ServicePort;
  readonly #settings: ServiceSettings;

  constructor(port: ServicePort, settings: ServiceSettings) {
    this.#port = port;
    this.#settings = settings;
  }

  /** `GET /health`: any answer that says it is well. */
  async checkHealth(random: Random, signal: AbortSignal): Promise<Result<void, ServiceError>> {
    const asked = await this.#insist('GET', '/health', undefined, random, signal);
    return asked.ok ? ok(undefined) : asked;
  }

  /** `POST /learn`. Every try carries the same idempotency key, so that a lost answer costs nothing twice. */
  async learn(
    body: JsonObject,
    random: Random,
    signal: AbortSignal,
  ): Promise<Result<ServiceAnswer, ServiceError>> {
    const asked = await this.#insist('POST', '/learn', JSON.stringify(body), random, signal);
    if (!asked.ok) return asked;
    let value: unknown;
    try {
      value = JSON.parse(asked.value);
    } catch {
      return err({ kind: 'malformed', detail: 'the answer is no JSON' });
    }
    const parsed = v.safeParse(AnswerSchema, value);
    if (parsed.success) return ok(parsed.output);
    const [issue] = parsed.issues;
    return err({ kind: 'malformed', detail: `${v.getDotPath(issue) ?? 'answer'}: ${issue.message}` });
  }

  async #insist(
    method: 'GET' | 'POST',
    path: string,
    body: string | undefined,
    random: Random,
    signal: AbortSignal,
  ): Promise<Result<string, ServiceError>> {
    const { mostTries, backOffMs } = this.#settings;
    const idempotencyKey = crypto.randomUUID();
    let detail = '';
    for (let tries = 1; tries <= mostTries; tries += 1) {
      if (signal.aborted) return err({ kind: 'aborted' });
      const answer = await this.#try(method, path, body, idempotencyKey, signal);
      if (answer.ok) return answer;
      if (answer.error.kind !== 'again') return err(answer.error);
      detail = answer.error.detail;
      if (tries === mostTries) break;
      // Up to half as much again, so that many devices do not come back at the same moment.
      const pauseMs = answer.error.afterMs ?? backOffMs * 2 ** (tries - 1) * (1 + random() / 2);
      await waitFor(Math.min(pauseMs, LONGEST_PAUSE_MS), signal);
    }
    return signal.aborted ? err({ kind: 'aborted' }) : err({ kind: 'unavailable', tries: mostTries, detail });
  }

  async #try(
    method: 'GET' | 'POST',
    path: string,
    body: string | undefined,
    idempotencyKey: string,
    signal: AbortSignal,
  ): Promise<Result<string, ServiceError | Again>> {
    const { basePath, apiKey, timeoutMs } = this.#settings;
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      const response = await this.#port(`${basePath}${path}`, {
        method,
        headers: {
          accept: 'application/json',
          ...(apiKey === '' ? {} : { authorization: `Bearer ${apiKey}` }),
          ...(body === undefined
            ? {}
            : { 'content-type': 'application/json', 'idempotency-key': idempotencyKey }),
        },
        ...(body === undefined ? {} : { body }),
        signal: AbortSignal.any([timeout, signal]),
      });
      const { status } = response;
      if (response.ok) return await readShort(response);
      await response.body?.cancel();
      if (status === 401 || status === 403) return err({ kind: 'unauthorised', status });
      if (status === 408 || status === 429 || status >= 500)
        return err({ kind: 'again', detail: `status ${status}`, afterMs: waitAsked(response) });
      return err({ kind: 'refused', status });
    } catch {
      // Why a browser could not reach a server it does not say.
      if (signal.aborted) return err({ kind: 'aborted' });
      const detail = timeout.aborted ? `no answer within ${timeoutMs} ms` : 'could not be reached';
      return err({ kind: 'again', detail, afterMs: undefined });
    }
  }
}

async function readShort(response: Response): Promise<Result<string, ServiceError>> {
  if (response.body === null) return ok('');
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > LONGEST_ANSWER) return err({ kind: 'malformed', detail: 'the answer is too long' });
  }
  return ok(text);
}

/** `Retry-After` in seconds; a date is not worth a second clock. */
function waitAsked(response: Response): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : undefined;
}

function waitFor(durationMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(end, durationMs);
    function end(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    }
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}

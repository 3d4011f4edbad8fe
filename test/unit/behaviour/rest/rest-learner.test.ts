import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { allowedFetch } from '../../../../src/behaviour/rest/allowed-fetch';
import { RestLearner } from '../../../../src/behaviour/rest/rest-learner';
import { systemClock } from '../../../../src/core/clock';
import { type LearningDataId, newId, type UserId } from '../../../../src/core/ids';
import type { JsonObject } from '../../../../src/core/json';
import { seededRandom } from '../../../../src/core/random';
import { learnerConformance } from '../../../../src/learning/conformance/learner-conformance';
import type { DataPrivacyLevel } from '../../../../src/learning/data-privacy-level';
import type { LearningContext } from '../../../../src/learning/learner';
import type { LearningData } from '../../../../src/learning/learning-data';

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void;

const userId = newId<UserId>();
const KEY = 'right-key';
const servers: Server[] = [];

const json = (response: ServerResponse, status: number, value: unknown): void =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
const well: Answer = (_, response) => json(response, 200, { status: 'well' });
const learnt: Answer = (_, response) =>
  json(response, 200, { success: true, confidence: 0.75, insights: { clusters: 3 } });

/** A real server on the loopback; what it was asked is in `calls`. */
async function serve(answers: { readonly health?: Answer; readonly learn?: Answer } = {}) {
  const calls: {
    readonly path: string;
    readonly headers: IncomingMessage['headers'];
    readonly body: string;
  }[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    calls.push({ path: `${request.method} ${request.url}`, headers: request.headers, body });
    if (request.headers.authorization !== `Bearer ${KEY}`) return json(response, 401, {});
    if (request.url === '/v1/health') return (answers.health ?? well)(request, response, body);
    return (answers.learn ?? learnt)(request, response, body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push(server);
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, calls };
}

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const observation = (privacyLevel: DataPrivacyLevel, dataType = 'user-interaction'): LearningData => ({
  id: newId<LearningDataId>(),
  userId,
  agentId: 'conversation',
  dataType,
  content: { interactionType: 'voice-command', result: 'success' },
  privacyLevel,
  qualityScore: 0.9,
  createdAt: 5,
});

const context = (signal = new AbortController().signal): LearningContext => ({
  userId,
  agentId: 'test',
  sessionId: 'visit',
  clock: systemClock,
  random: seededRandom(1),
  logger: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
  signal,
});

async function learnerAt(origin: string, config: JsonObject = {}, allowed = [origin]): Promise<RestLearner> {
  const learner = new RestLearner('rest', (asked) => allowedFetch(asked, allowed));
  const initialised = await learner.initialize({
    baseUrl: `${origin}/v1/`,
    apiKey: KEY,
    timeoutMs: 300,
    backOffMs: 1,
    restMs: 0,
    ...config,
  });
  expect(initialised).toEqual({ ok: true, value: undefined });
  return learner;
}

const failureOf = (detail: string) => ({
  success: false,
  error: { kind: 'failed', detail: expect.stringContaining(detail) },
});

describe('RestLearner', () => {
  it('asks for the health of the service once, then sends what happened with its key', async () => {
    const { origin, calls } = await serve();
    const learner = await learnerAt(origin);
    expect(await learner.learn([observation('internal'), observation('public')], context())).toMatchObject({
      success: true,
      samples: 2,
      confidence: 0.75,
    });
    await learner.learn([observation('internal')], context());
    expect(calls.map(({ path }) => path)).toEqual(['GET /v1/health', 'POST /v1/learn', 'POST /v1/learn']);
    expect(calls.every(({ headers }) => headers.authorization === `Bearer ${KEY}`)).toBe(true);
    expect(calls.every(({ headers }) => headers.cookie === undefined && headers.referer === undefined)).toBe(
      true,
    );
    expect(JSON.parse(calls[1]?.body ?? '')).toMatchObject({
      training_data: [{ user_id: userId, data_type: 'user-interaction', quality_score: 0.9 }, {}],
      context: { user_id: userId, session_id: 'visit', learning_mode: 'batch' },
    });
    expect(learner.getInsights()).toMatchObject({
      isAllowed: true,
      sent: 3,
      answers: 2,
      service: { clusters: 3 },
    });
    expect(await learner.predict({}, context())).toEqual({
      ok: true,
      value: { value: { clusters: 3 }, confidence: 0.75 },
    });
  });

  it('sends what the person does only when asked to, and never their voice or what they typed', async () => {
    const { origin, calls } = await serve();
    const all = [
      observation('private'),
      observation('confidential'),
      observation('private', 'typed-command'),
    ];
    const reticent = await learnerAt(origin);
    expect(await reticent.learn(all, context())).toMatchObject({ error: { kind: 'too-little-data' } });
    expect(calls).toEqual([]);
    const open = await learnerAt(origin, {
      sendPrivate: true,
      privacyLevels: ['public', 'internal', 'private', 'confidential'],
    });
    expect(await open.learn(all, context())).toMatchObject({ success: true, samples: 1 });
    expect(JSON.parse(calls.at(-1)?.body ?? '').training_data).toHaveLength(1);
  });

  it('calls no origin that the operator does not allow', async () => {
    const { origin, calls } = await serve();
    const learner = await learnerAt(origin, {}, ['https://other.example']);
    expect(await learner.learn([observation('internal')], context())).toMatchObject(
      failureOf('does not allow'),
    );
    expect(calls).toEqual([]);
  });

  it('does not insist on a key that is refused', async () => {
    const { origin, calls } = await serve();
    const learner = await learnerAt(origin, { apiKey: 'wrong' });
    expect(await learner.learn([observation('internal')], context())).toMatchObject(failureOf('status 401'));
    expect(calls).toHaveLength(1);
  });

  it('tries again under the same idempotency key when the service fails, and no oftener than it may', async () => {
    let left = 2;
    const { origin, calls } = await serve({
      learn: (...asked) => {
        left -= 1;
        if (left < 0) learnt(...asked);
        else json(asked[1], left === 1 ? 503 : 429, {});
      },
    });
    const learner = await learnerAt(origin);
    expect(await learner.learn([observation('internal')], context())).toMatchObject({ success: true });
    const keys = calls.slice(1).map(({ headers }) => headers['idempotency-key']);
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
    left = 99;
    expect(await learner.learn([observation('internal')], context())).toMatchObject(
      failureOf('in 3 tries: status 429'),
    );
    expect(learner.getInsights()).toMatchObject({ sent: 1, answers: 1 });
  });

  it('gives up on a service that is silent', async () => {
    const { origin, calls } = await serve({ health: () => undefined });
    const learner = await learnerAt(origin, { timeoutMs: 40, mostTries: 2 });
    expect(await learner.learn([observation('internal')], context())).toMatchObject(
      failureOf('no answer within 40 ms'),
    );
    expect(calls).toHaveLength(2);
  });

  it('gives up on an answer that never ends', async () => {
    const { origin } = await serve({
      learn: (_, response) => void response.writeHead(200).write('{"success": true,'),
    });
    const learner = await learnerAt(origin, { timeoutMs: 40, mostTries: 1 });
    expect(await learner.learn([observation('internal')], context())).toMatchObject(
      failureOf('no answer within 40 ms'),
    );
  });

  it.each([
    ['no JSON', (response: ServerResponse) => void response.end('<html>'), 'no JSON'],
    [
      'too sure',
      (response: ServerResponse) => json(response, 200, { success: true, confidence: 2 }),
      'confidence',
    ],
    ['endless', (response: ServerResponse) => void response.end('x'.repeat(70_000)), 'too long'],
  ])('refuses an answer that is %s', async (_, answer, detail) => {
    const { origin } = await serve({ learn: (_request, response) => answer(response) });
    const learner = await learnerAt(origin);
    expect(await learner.learn([observation('internal')], context())).toMatchObject(failureOf(detail));
    expect(learner.getInsights()).toMatchObject({ sent: 0, answers: 0 });
  });

  it('follows no redirect', async () => {
    const elsewhere = await serve();
    const { origin } = await serve({
      learn: (_, response) =>
        void response.writeHead(307, { location: `${elsewhere.origin}/v1/learn` }).end(),
    });
    const learner = await learnerAt(origin);
    expect(await learner.learn([observation('internal')], context())).toMatchObject({ success: false });
    expect(elsewhere.calls).toEqual([]);
  });

  it('leaves a service alone after it failed, so that nothing waits for it', async () => {
    const { origin, calls } = await serve({ learn: (_, response) => json(response, 500, {}) });
    const learner = await learnerAt(origin, { restMs: 60_000 });
    await learner.learn([observation('internal')], context());
    const asked = calls.length;
    expect(await learner.learn([observation('internal')], context())).toMatchObject(failureOf('left alone'));
    expect(calls).toHaveLength(asked);
  });

  it('stops waiting when nobody wants the result any more', async () => {
    const end = new AbortController();
    const { origin } = await serve({ learn: () => end.abort() });
    const learner = await learnerAt(origin, { timeoutMs: 10_000 });
    expect(await learner.learn([observation('internal')], context(end.signal))).toMatchObject({
      error: { kind: 'aborted' },
    });
  });

  it.each(['http://learn.example.org', 'ftp://x', 'nonsense'])('refuses the address %s', async (baseUrl) => {
    const learner = new RestLearner('rest', () => undefined);
    expect(await learner.initialize({ baseUrl })).toMatchObject({
      error: { kind: 'bad-config', path: 'baseUrl' },
    });
  });

  it('keeps the promises of a learner', { timeout: 60_000 }, async () => {
    const { origin } = await serve();
    const checks = learnerConformance(
      () => new RestLearner('rest', (asked) => allowedFetch(asked, [origin])),
      {
        config: { baseUrl: `${origin}/v1`, apiKey: KEY, batchSize: 2, restMs: 0, sendPrivate: true },
        data: Array.from({ length: 5 }, () => observation('private')),
        inputs: [{ hour: 7 }],
      },
      { malformedCases: 40 },
    );
    const failed: string[] = [];
    for (const { behaviour, run } of checks)
      await run().catch((reason: unknown) => failed.push(`${behaviour}: ${String(reason)}`));
    expect(failed).toEqual([]);
  });
});

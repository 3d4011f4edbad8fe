import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import type { Endpoint } from '../../server/endpoint';
import { openApi } from '../../server/http/open-api';
import { migrate } from '../../server/store/migrations';
import { openDatabase } from '../../server/store/open-database';
import { ReportStore } from '../../server/store/report-store';
import { utcDay } from '../../server/store/utc-day';
import { systemClock } from '../../src/core/clock';
import { bucketCount, metricIds } from '../../src/insights/protocol/metrics';
import { encodeReportBatch, parseReportBatch } from '../../src/insights/protocol/report-batch';
import { batchOf, no, post, yes } from './support/batches';
import { APP_ORIGIN, RunningEndpoints } from './support/running-endpoints';
import { storeKinds } from './support/stores';

/** The document, as a judge of what comes and goes. */
function conforms(name: keyof typeof openApi.components.schemas): (value: unknown) => boolean {
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  ajv.addSchema({ ...openApi, $id: 'endpoint' });
  const judge = ajv.compile({ $ref: `endpoint#/components/schemas/${name}` });
  return (value) => judge(value);
}

describe.each(storeKinds)('the endpoint on $name', ({ empty, clear, missing }) => {
  const running = new RunningEndpoints();
  const on = test.skipIf(missing !== undefined);

  afterEach(async () => {
    await running.stopAll();
    await clear();
    running.lines.length = 0;
  });

  const start = async (...rest: [] | [Parameters<RunningEndpoints['start']>[1]]): Promise<Endpoint> =>
    running.start(await empty(), ...rest);

  /** How often an answer was counted, in all. */
  async function reports(url: string): Promise<number> {
    const body = await (await fetch(`${url}/metrics`)).text();
    return [...body.matchAll(/^echo_reports_counted_total\{.*?\} (\d+)/gm)].reduce(
      (sum, [, count]) => sum + Number(count),
      0,
    );
  }

  on('counts a batch, and answers the same bytes with the same answer without counting again', async () => {
    const { url } = await start();
    const batch = batchOf(yes, no, { metric: 'phrases-taught', answer: 7 });
    const answers = [await post(url, batch), await post(url, batch)];
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await Promise.all(answers.map((answer) => answer.text()))).toEqual([
      '{"accepted":3}',
      '{"accepted":3}',
    ]);
    expect(await reports(url)).toBe(3);
  });

  on('refuses a key that comes again with other bytes, even if they mean the same', async () => {
    const { url } = await start();
    const batch = batchOf(yes);
    await post(url, batch);
    const spaced = await post(url, batch, { body: `${new TextDecoder().decode(encodeReportBatch(batch))} ` });
    expect(spaced.status).toBe(422);
    expect(await spaced.json()).toMatchObject({ kind: 'key-reused', status: 422 });
    expect(await reports(url)).toBe(1);
  });

  on('refuses whatever is no batch, and counts nothing of it', async () => {
    const { url } = await start();
    const good = batchOf(yes);
    const bad: readonly (readonly [string, number, RequestInit])[] = [
      ['a field too many', 400, { body: JSON.stringify({ ...good, device: 'x' }) }],
      ['a field too many in a report', 400, { body: JSON.stringify(batchOf({ ...yes, at: 1 } as never)) }],
      ['a number as text', 400, { body: JSON.stringify({ ...good, protocol: '1' }) }],
      ['a prototype', 400, { body: JSON.stringify(good).replace('{', '{"__proto__":{},') }],
      ['17 reports', 400, { body: JSON.stringify(batchOf(...Array.from({ length: 17 }, () => yes))) }],
      ['no report', 400, { body: JSON.stringify(batchOf()) }],
      ['an answer that is no bucket', 400, { body: JSON.stringify(batchOf({ ...yes, answer: 2 })) }],
      ['another version', 400, { body: JSON.stringify({ ...good, protocol: 2 }) }],
      ['half a batch', 400, { body: JSON.stringify(good).slice(0, -1) }],
      ['no UTF-8', 400, { body: new Uint8Array([0xff, 0xfe]) }],
      ['a byte order mark', 400, { body: `\ufeff${JSON.stringify(good)}` }],
      ['nothing', 400, { body: '' }],
      ['more than 16 KiB', 413, { body: `${JSON.stringify(good)}${' '.repeat(16_384)}` }],
      ['no JSON', 415, { body: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } }],
      ['no type', 415, { body: new Uint8Array([123, 125]), headers: {} }],
    ];
    for (const [what, status, init] of bad) {
      const answer = await post(url, good, init);
      expect([what, answer.status]).toEqual([what, status]);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
    }
    expect(await reports(url)).toBe(0);
  });

  on('publishes estimates where there is enough, and how much is missing where not', async () => {
    const config = await empty();
    const { db, dialect } = await openDatabase(config, () => undefined);
    await migrate(db, dialect);
    const today = utcDay(systemClock.now());
    await db
      .insertInto('counts')
      .values([
        { day: today, protocol: 1, metric: 'action-undone', answer: 0, count: 600 },
        { day: today, protocol: 1, metric: 'action-undone', answer: 1, count: 400 },
        { day: today, protocol: 1, metric: 'phrases-taught', answer: 3, count: 4_999 },
      ])
      .execute();
    expect(await new ReportStore(db).countsSince(today)).toHaveLength(3);
    await db.destroy();
    const { url } = await running.start(config);
    const aggregates = await (await fetch(`${url}/v1/aggregates?period=week`)).json();
    expect(conforms('Aggregates')(aggregates)).toBe(true);
    const of = (metric: string) =>
      aggregates.metrics.find((one: { metric: string }) => one.metric === metric).total;
    // (0.4 − 0.26894) / 0.46212: what is left when those who were told to lie are taken out.
    expect(of('action-undone').cells[1].share).toBeCloseTo(0.2836, 3);
    expect(of('action-undone').cells[1].low).toBeLessThan(0.2836);
    expect(of('action-undone').cells[1].high).toBeGreaterThan(0.2836);
    expect(of('phrases-taught')).toEqual({ kind: 'not-enough-data', reports: 4_999, missing: 1 });
    expect(aggregates.caveat).toContain('made-up');
  });

  on('refuses parameters that it does not know', async () => {
    const { url } = await start();
    for (const query of ['period=day', 'period=week&period=month', 'from=2026-01-01'])
      expect((await fetch(`${url}/v1/aggregates?${query}`)).status).toBe(400);
  });

  on(
    'every answer carries the security headers, and there is nothing but what the document lists',
    async () => {
      const { url } = await start();
      for (const path of [...Object.keys(openApi.paths), '/nothing', '/openapi.json', '/%ff']) {
        const answer = await fetch(`${url}${path}`);
        expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
        expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
        const isListed = path in openApi.paths || path === '/openapi.json';
        if (!isListed) expect(answer.status).toBeGreaterThanOrEqual(400);
      }
      expect(await (await fetch(`${url}/openapi.json`)).json()).toEqual(JSON.parse(JSON.stringify(openApi)));
    },
  );

  on('browsers may send reports from the app’s own origin only', async () => {
    const { url } = await start();
    const preflight = (origin: string) =>
      fetch(`${url}/v1/reports`, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'content-type',
        },
      });
    const own = await preflight(APP_ORIGIN);
    expect(own.headers.get('access-control-allow-origin')).toBe(APP_ORIGIN);
    expect(own.headers.get('access-control-allow-credentials')).toBeNull();
    const strange = await preflight('https://elsewhere.example');
    expect(strange.headers.get('access-control-allow-origin')).toBeNull();
  });

  on('limits requests from one address, believes no header about it, and logs none', async () => {
    const { url } = await start({ requestsPerMinute: 10 });
    const statuses: number[] = [];
    for (let index = 0; index < 12; index += 1) {
      const forged = { 'x-forwarded-for': `203.0.113.${index}`, 'content-type': 'application/json' };
      statuses.push((await post(url, batchOf(yes), { headers: forged })).status);
    }
    // Ten a minute; a minute may have ended on the way.
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(10);
    const last = await fetch(`${url}/health`);
    expect(last.status).toBe(200);
    const log = running.lines.join('');
    expect(log).toContain('/v1/reports');
    // Its own address is in it, in the line that says where it listens.
    const others = running.lines.filter((line) => !line.includes('istening')).join('');
    expect(others).not.toMatch(/127\.0\.0\.1|203\.0\.113|remote/);
  });

  on('keeps its metrics to those who have the token', async () => {
    const { url } = await start({ metricsToken: 'a token of some length' });
    expect((await fetch(`${url}/metrics`)).status).toBe(401);
    const headers = { authorization: 'Bearer a token of some length' };
    expect((await fetch(`${url}/metrics`, { headers })).status).toBe(200);
  });

  on('a closing replica says so, answers what is under way, and lets go', async () => {
    const endpoint = await start({ drainDelayMs: 300 });
    const before = Array.from({ length: 20 }, () => post(endpoint.url, batchOf(yes)));
    await Promise.all(before);
    const stopping = endpoint.stop();
    const ready = await fetch(`${endpoint.url}/ready`);
    expect([ready.status, ready.headers.get('connection')]).toEqual([503, 'close']);
    expect((await post(endpoint.url, batchOf(yes))).status).toBe(200);
    await stopping;
    await expect(fetch(`${endpoint.url}/health`)).rejects.toThrow();
  });
});

describe('the OpenAPI document', () => {
  test('is valid OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(JSON.parse(JSON.stringify(openApi)));
    expect({ valid, errors }).toEqual({ valid: true, errors: undefined });
  });

  test('takes for a batch what the parser takes for one', () => {
    const judge = conforms('ReportBatch');
    const report = fc.record({
      metric: fc.constantFrom(...metricIds, 'age'),
      answer: fc.oneof(fc.integer({ min: -1, max: 9 }), fc.constant(0.5), fc.constant('1')),
    });
    const valid = fc.constantFrom(...metricIds).chain((metric) =>
      fc.record({
        metric: fc.constant(metric),
        answer: fc.integer({ min: 0, max: bucketCount(metric) - 1 }),
      }),
    );
    const batch = fc.record(
      {
        protocol: fc.constantFrom(1, 1, 1, 2, '1'),
        idempotencyKey: fc.constantFrom('AAAAAAAAAAAAAAAAAAAAAA', 'AAAAAAAAAAAAAAAAAAAAAB', ''),
        reports: fc.oneof(fc.array(valid, { maxLength: 18 }), fc.array(report, { maxLength: 3 })),
        extra: fc.jsonValue(),
      },
      { requiredKeys: ['protocol', 'idempotencyKey'] },
    );
    const good = fc.record({
      protocol: fc.constant(1),
      idempotencyKey: fc.constant('AAAAAAAAAAAAAAAAAAAAAA'),
      reports: fc.array(valid, { minLength: 1, maxLength: 16 }),
    });
    let taken = 0;
    fc.assert(
      fc.property(fc.oneof(good, batch), (value) => {
        const { ok } = parseReportBatch(value);
        taken += ok ? 1 : 0;
        return judge(value) === ok;
      }),
      { numRuns: 500 },
    );
    // Half of them are meant to be batches: that neither took any would prove nothing.
    expect(taken).toBeGreaterThan(100);
  });
});

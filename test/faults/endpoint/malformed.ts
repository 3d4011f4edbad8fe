import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import fc from 'fast-check';
import { percentile } from '../../../bench/report';
import type { Fault } from '../support/fault';
import type { EndpointLab } from './support/endpoint-lab';
import { countedIn, newBatch } from './support/sender';

const PAYLOADS = 10_000;
const AT_ONCE = 2;
const MOST_P99_MS = 100;
const MOST_GROWTH_BYTES = 100_000_000;

interface Malformed {
  readonly method: string;
  readonly path: string;
  readonly type: string;
  readonly body: Uint8Array | string;
}

const damagedBatch = fc
  .tuple(fc.constantFrom('cut', 'swap', 'add', 'nest', 'repeat'), fc.nat(10_000))
  .map(([how, at]) => {
    const good = new TextDecoder().decode(newBatch());
    const place = at % good.length;
    if (how === 'cut') return good.slice(0, place);
    if (how === 'swap') return `${good.slice(0, place)}\u0000${good.slice(place + 1)}`;
    if (how === 'add') return good.replace('{', `{"extra${at}":${at},`);
    if (how === 'nest') return `${'['.repeat(at % 8_000)}`;
    return good.replace('}]', `}${',{"metric":"action-undone","answer":1}'.repeat(16 + (at % 100))}]`);
  });

const payloads: fc.Arbitrary<Malformed> = fc.record({
  method: fc.constantFrom('POST', 'POST', 'POST', 'POST', 'POST', 'PUT', 'DELETE'),
  path: fc.oneof(
    { weight: 20, arbitrary: fc.constant('/v1/reports') },
    { weight: 1, arbitrary: fc.constantFrom('/v1/reports/', '/v1/reports%2f', '/%e0%a4%a', '/v1//reports') },
    { weight: 1, arbitrary: fc.webPath().map((path) => `/x${path}`) },
  ),
  type: fc.oneof(
    { weight: 10, arbitrary: fc.constant('application/json') },
    { weight: 1, arbitrary: fc.constantFrom('text/plain', 'application/json; charset=utf-16', 'x', '') },
  ),
  body: fc.oneof(
    damagedBatch,
    fc.uint8Array({ maxLength: 400 }),
    fc.json({ maxDepth: 4 }),
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.integer({ min: 16_385, max: 40_000 }).map((length) => ' '.repeat(length)),
  ),
});

function ask(url: string, { method, path, type, body }: Malformed, agent: Agent): Promise<number> {
  return new Promise((resolve) => {
    const outgoing = request(
      new URL(url),
      { method, path, agent, headers: { 'content-type': type, 'content-length': Buffer.byteLength(body) } },
      (answer) => {
        answer.resume();
        answer.on('end', () => resolve(answer.statusCode ?? 0));
      },
    );
    // A body that is too large is refused while it is still being sent.
    outgoing.on('error', () => resolve(0));
    outgoing.end(body);
  });
}

/** Bytes that are no HTTP at all; resolves with the status line, empty when there was none. */
function talkNonsense(url: string, bytes: Uint8Array): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    let heard = '';
    const socket = connect(Number(port), hostname, () => socket.end(bytes));
    socket.setEncoding('latin1').on('data', (text: string) => {
      heard += text;
    });
    socket.on('error', () => resolve(heard)).on('close', () => resolve(heard));
  });
}

export const malformed = (lab: () => EndpointLab): Fault => ({
  title: `endpoint: ${PAYLOADS.toLocaleString('en')} malformed payloads`,
  target: `4xx only, p99 < ${MOST_P99_MS} ms, memory < +100 MB`,
  async run(_, tally) {
    const store = lab().sqlite();
    const replica = await lab().start(store);
    const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
    const waiting = fc.sample(payloads, { numRuns: PAYLOADS, seed: 20_260_701 });
    // Code is compiled and pools are filled by the first few.
    for (const payload of waiting.slice(0, 500)) await ask(replica.url, payload, agent);
    const before = await replica.residentBytes();
    const tookMs: number[] = [];
    let broken = 0;
    const work = async (): Promise<void> => {
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        const startedAt = performance.now();
        const status = await ask(replica.url, next, agent);
        tookMs.push(performance.now() - startedAt);
        if (status === 0) broken += 1;
        else tally.expect(status >= 400 && status < 500, `${status} for ${describe(next)}`);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    agent.destroy();
    for (const bytes of fc.sample(fc.uint8Array({ minLength: 1, maxLength: 300 }), {
      numRuns: 100,
      seed: 7,
    })) {
      const heard = await talkNonsense(replica.url, bytes);
      tally.expect(heard === '' || /^HTTP\/1\.1 4\d\d /.test(heard), `heard ${heard.slice(0, 40)}`);
    }
    const growth = (await replica.residentBytes()) - before;
    const p99 = percentile(tookMs, 0.99);
    tally.expect(broken < PAYLOADS / 2, `${broken} connections broke`);
    tally.expect(p99 < MOST_P99_MS, `p99 is ${p99.toFixed(1)} ms`);
    tally.expect(growth < MOST_GROWTH_BYTES, `grew by ${growth} bytes`);
    const counted = await countedIn(store);
    tally.expect(counted === 0, `${counted} counted`);
    tally.took(p99);
  },
});

const describe = ({ method, path, type, body }: Malformed): string =>
  `${method} ${path} ${type} ${Buffer.from(body).toString('base64').slice(0, 200)}`;

import { randomBytes } from 'node:crypto';
import { Agent, request } from 'node:http';
import type { StoreConfig } from '../../../../server/config';
import { openDatabase } from '../../../../server/store/open-database';
import { ReportStore } from '../../../../server/store/report-store';
import { encodeReportBatch, idempotencyKeyOf } from '../../../../src/insights/protocol/report-batch';

const PATIENCE_MS = 8_000;
/** A batch that nobody acknowledges for so long is lost for good. */
const MOST_STOPPING_MS = 20_000;

/** One batch with one report, under a key of its own. */
export const newBatch = (): Uint8Array<ArrayBuffer> =>
  encodeReportBatch({
    protocol: 1,
    idempotencyKey: idempotencyKeyOf(randomBytes(16)),
    reports: [{ metric: 'action-undone', answer: 1 }],
  });

/**
 * Many devices: each sends a batch again and again, the same bytes, until it is acknowledged, and only then the
 * next. What was acknowledged is known, and has to be there for ever after.
 */
export class Sender {
  acknowledged = 0;
  refused = 0;
  /** Calls that got another answer than 200, or none. */
  unanswered = 0;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 256 });
  readonly #devices: Promise<void>[] = [];
  #stopBy = Number.POSITIVE_INFINITY;

  /** @param url asked before each call: where to send to now */
  constructor(
    readonly url: () => string,
    devices: number,
  ) {
    for (let device = 0; device < devices; device += 1) this.#devices.push(this.#live());
  }

  /** Batches that were given up: the endpoint did not come back. */
  givenUp = 0;

  /** Stops sending new batches; resolves when every one that was begun is acknowledged or given up. */
  async stop(): Promise<void> {
    this.#stopBy = performance.now() + MOST_STOPPING_MS;
    await Promise.all(this.#devices);
    this.#agent.destroy();
  }

  async #live(): Promise<void> {
    while (this.#stopBy === Number.POSITIVE_INFINITY) {
      const outcome = await this.#deliver(newBatch());
      this[outcome] += 1;
    }
  }

  async #deliver(batch: Uint8Array): Promise<'acknowledged' | 'refused' | 'givenUp'> {
    while (performance.now() < this.#stopBy) {
      const status = await send(this.url(), batch, this.#agent);
      if (status === 200) return 'acknowledged';
      this.unanswered += 1;
      if (status !== undefined && status >= 400 && status < 500) return 'refused';
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return 'givenUp';
  }
}

/** @returns the status, or `undefined` when the connection broke */
export function send(url: string, body: Uint8Array, agent?: Agent): Promise<number | undefined> {
  return new Promise((resolve) => {
    const outgoing = request(
      `${url}/v1/reports`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-length': body.byteLength },
        ...(agent === undefined ? {} : { agent }),
        timeout: PATIENCE_MS,
      },
      (answer) => {
        answer.resume();
        answer.on('end', () => resolve(answer.statusCode));
        answer.on('error', () => resolve(undefined));
      },
    );
    outgoing.on('timeout', () => outgoing.destroy());
    outgoing.on('error', () => resolve(undefined));
    outgoing.end(body);
  });
}

/** How many reports the database holds, read past the endpoint. */
export async function countedIn(store: StoreConfig): Promise<number> {
  const { db } = await openDatabase(store, () => undefined);
  try {
    const counts = await new ReportStore(db).countsSince('2000-01-01');
    return counts.reduce((sum, { count }) => sum + count, 0);
  } finally {
    await db.destroy();
  }
}

import { Agent, request } from 'node:http';
import { newBatch } from '../../test/faults/endpoint/support/sender';

export interface LoadResult {
  readonly perSecond: number;
  readonly tookMs: readonly number[];
  readonly acknowledged: number;
  readonly others: number;
}

/**
 * So many devices, each over a connection of its own, each sending its next batch of one report when the one before
 * is acknowledged. The first `warmUpMs` are not counted in rate and times.
 *
 * @param urls replicas, taken in turn
 */
export async function loadFrom(
  urls: readonly string[],
  devices: number,
  durationMs: number,
  warmUpMs: number,
): Promise<LoadResult> {
  const startedAt = performance.now();
  const tookMs: number[] = [];
  let acknowledged = 0;
  let others = 0;
  const live = async (device: number): Promise<void> => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const target = new URL('/v1/reports', urls[device % urls.length]);
    const options = {
      host: target.hostname,
      port: target.port,
      path: target.pathname,
      method: 'POST',
      agent,
    };
    for (;;) {
      const sentAt = performance.now();
      if (sentAt - startedAt > warmUpMs + durationMs) break;
      const body = newBatch();
      const headers = { 'content-type': 'application/json', 'content-length': body.byteLength };
      const status = await new Promise<number>((resolve, reject) => {
        const outgoing = request({ ...options, headers }, (answer) => {
          answer.resume();
          answer.on('end', () => resolve(answer.statusCode ?? 0));
        });
        outgoing.on('error', reject);
        outgoing.end(body);
      });
      if (status === 200) acknowledged += 1;
      else others += 1;
      if (sentAt - startedAt >= warmUpMs) tookMs.push(performance.now() - sentAt);
    }
    agent.destroy();
  };
  await Promise.all(Array.from({ length: devices }, (_, device) => live(device)));
  return { perSecond: tookMs.length / (durationMs / 1_000), tookMs, acknowledged, others };
}

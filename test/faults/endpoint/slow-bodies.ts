import { connect } from 'node:net';
import type { Fault } from '../support/fault';
import type { EndpointLab } from './support/endpoint-lab';
import { newBatch, send } from './support/sender';

const SLOW = 200;
const TIMEOUT_MS = 1_500;

/** Promises a body and sends a byte of it now and then. Resolves with what was answered, when it was cut off. */
function dawdle(url: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    let heard = '';
    const socket = connect(Number(port), hostname, () => {
      socket.write(
        'POST /v1/reports HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 4000\r\n\r\n',
      );
    });
    const timer = setInterval(() => socket.write(' '), 200);
    socket.setEncoding('latin1').on('data', (text: string) => {
      heard += text;
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearInterval(timer);
      resolve(heard);
    });
  });
}

export const slowBodies = (lab: () => EndpointLab): Fault => ({
  title: `endpoint: ${SLOW} bodies that never end`,
  target: 'all cut off with 408; others are served meanwhile',
  async run(_, tally) {
    const replica = await lab().start(lab().sqlite(), { ECHO_REQUEST_TIMEOUT_MS: `${TIMEOUT_MS}` });
    const startedAt = performance.now();
    const slow = Array.from({ length: SLOW }, () => dawdle(replica.url));
    while (performance.now() - startedAt < TIMEOUT_MS) {
      const sentAt = performance.now();
      const status = await send(replica.url, newBatch());
      tally.expect(status === 200, `somebody else got ${status}`);
      tally.took(performance.now() - sentAt);
    }
    for (const heard of await Promise.all(slow))
      tally.expect(heard.startsWith('HTTP/1.1 408 '), `a slow one heard ${heard.slice(0, 40)}`);
    tally.expect(
      performance.now() - startedAt < TIMEOUT_MS + 3_000,
      'they were held for longer than allowed',
    );
  },
});

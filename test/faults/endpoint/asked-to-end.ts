import type { Fault } from '../support/fault';
import type { EndpointLab } from './support/endpoint-lab';
import { countedIn, Sender } from './support/sender';

const MOST_DRAIN_MS = 10_000;

export const askedToEnd = (lab: () => EndpointLab): Fault => ({
  title: 'endpoint: SIGTERM under load',
  target: 'not ready at once, ends by itself within 10 s, 0 acknowledged lost',
  limitMs: MOST_DRAIN_MS,
  async run({ isLong }, tally) {
    for (const store of await lab().stores())
      for (let times = 0; times < (isLong ? 20 : 2); times += 1) {
        let replica = await lab().start(store, { ECHO_DRAIN_DELAY_MS: '600' });
        const before = await countedIn(store);
        const sender = new Sender(() => replica.url, 16);
        await new Promise((resolve) => setTimeout(resolve, 300));
        const ending = replica;
        const startedAt = performance.now();
        const ended = ending.end('SIGTERM');
        await new Promise((resolve) => setTimeout(resolve, 200));
        const ready = await ending.ready().catch(() => 'no answer');
        tally.expect(ready === 503, `/ready says ${ready}`);
        await ended;
        const tookMs = performance.now() - startedAt;
        tally.took(tookMs);
        tally.expect(
          ending.exitCode === 0 && tookMs < MOST_DRAIN_MS,
          `ended with ${ending.exitCode} after ${tookMs.toFixed(0)} ms`,
        );
        replica = await lab().start(store);
        await sender.stop();
        const counted = (await countedIn(store)) - before;
        tally.expect(
          counted === sender.acknowledged && sender.refused + sender.givenUp === 0,
          `${sender.acknowledged} acknowledged, ${counted} counted (${store.kind})`,
        );
        await replica.end('SIGKILL');
      }
  },
});

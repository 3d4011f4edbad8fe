import { Agent } from 'node:http';
import pg from 'pg';
import type { Fault } from '../support/fault';
import type { EndpointLab } from './support/endpoint-lab';
import { countedIn, newBatch, send } from './support/sender';

const MOST_WAITING = 100;
const ARRIVE = 400;

/** The database stands still while four times as many batches arrive as may wait. */
export const overloaded = (lab: () => EndpointLab): Fault => ({
  title: 'endpoint: more batches than can wait',
  target: 'turned away with 503; 0 acknowledged lost, 0 counted twice',
  async run(_, tally) {
    const store = await lab().postgresStore();
    if (store.kind !== 'postgres') return;
    const replica = await lab().start(store, { ECHO_MOST_WAITING: `${MOST_WAITING}` });
    const agent = new Agent({ keepAlive: true, maxSockets: ARRIVE });
    const blocker = new pg.Client({ connectionString: store.url });
    await blocker.connect();
    await blocker.query('begin; lock table counted_batches in exclusive mode');
    const batches = Array.from({ length: ARRIVE }, newBatch);
    const first = Promise.all(batches.map((batch) => send(replica.url, batch, agent)));
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const alive = await fetch(`${replica.url}/health`);
    tally.expect(alive.status === 200, `/health says ${alive.status}`);
    await blocker.query('commit');
    await blocker.end();
    const statuses = await first;
    const of = (status: number): number => statuses.filter((one) => one === status).length;
    tally.expect(
      of(200) === MOST_WAITING && of(503) === ARRIVE - MOST_WAITING,
      `${of(200)} taken, ${of(503)} turned away`,
    );
    const counted = await countedIn(store);
    tally.expect(counted === of(200), `${of(200)} acknowledged, ${counted} counted`);
    let again = 0;
    for (const batch of batches) if ((await send(replica.url, batch, agent)) === 200) again += 1;
    const inTheEnd = await countedIn(store);
    tally.expect(
      again === ARRIVE && inTheEnd === ARRIVE,
      `sent again, ${again} acknowledged and ${inTheEnd} counted of ${ARRIVE}`,
    );
    agent.destroy();
  },
});

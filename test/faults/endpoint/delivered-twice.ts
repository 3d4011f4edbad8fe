import { Balancer } from '../../server/support/balancer';
import type { Fault } from '../support/fault';
import type { EndpointLab } from './support/endpoint-lab';
import { countedIn, newBatch, send } from './support/sender';

export const deliveredTwice = (lab: () => EndpointLab): Fault => ({
  title: 'endpoint: one batch delivered fifty times at once',
  target: 'counted exactly once',
  async run(_, tally) {
    for (const store of await lab().stores()) {
      const replicas = await lab().replicas(store, store.kind === 'sqlite' ? 1 : 3);
      const balancer = await Balancer.start(replicas.map(({ url }) => url));
      for (let batches = 1; batches <= 5; batches += 1) {
        const batch = newBatch();
        const statuses = await Promise.all(Array.from({ length: 50 }, () => send(balancer.url, batch)));
        const counted = await countedIn(store);
        tally.expect(
          counted === batches && statuses.every((status) => status === 200),
          `${counted} counted of ${batches}, answers ${[...new Set(statuses)]} (${store.kind})`,
        );
      }
      await balancer.stop();
    }
  },
});

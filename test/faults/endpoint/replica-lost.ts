import { Balancer } from '../../server/support/balancer';
import type { Fault } from '../support/fault';
import type { EndpointLab } from './support/endpoint-lab';
import { countedIn, Sender } from './support/sender';

export const replicaLost = (lab: () => EndpointLab): Fault => ({
  title: 'endpoint: one of three replicas lost, then another',
  target: 'the rest serves everybody; 0 acknowledged lost, 0 counted twice',
  async run(_, tally) {
    const store = await lab().postgresStore();
    const replicas = await lab().replicas(store, 3);
    const balancer = await Balancer.start(replicas.map(({ url }) => url));
    const sender = new Sender(() => balancer.url, 16);
    for (const lost of replicas.slice(0, 2)) {
      await new Promise((resolve) => setTimeout(resolve, 300));
      await lost.end('SIGKILL');
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
    await sender.stop();
    const counted = await countedIn(store);
    tally.expect(
      counted === sender.acknowledged && sender.refused + sender.givenUp === 0,
      `${sender.acknowledged} acknowledged, ${counted} counted`,
    );
    tally.expect(sender.unanswered === 0, `${sender.unanswered} calls came back without being counted`);
    await balancer.stop();
  },
});

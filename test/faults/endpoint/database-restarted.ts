import { Balancer } from '../../server/support/balancer';
import type { Fault } from '../support/fault';
import type { EndpointLab } from './support/endpoint-lab';
import { countedIn, Sender } from './support/sender';

export const databaseRestarted = (lab: () => EndpointLab): Fault => ({
  title: 'endpoint: database crashes and restarts underneath',
  target: 'back by itself; 0 acknowledged lost, 0 counted twice',
  async run({ isLong }, tally) {
    const store = await lab().postgresStore();
    const replicas = await lab().replicas(store, 2);
    const balancer = await Balancer.start(replicas.map(({ url }) => url));
    const sender = new Sender(() => balancer.url, 16);
    for (let times = 0; times < (isLong ? 20 : 3); times += 1) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      await lab().postgres?.crashAndRestart();
      const acknowledged = sender.acknowledged;
      const restartedAt = performance.now();
      while (sender.acknowledged <= acknowledged + 32 && performance.now() - restartedAt < 10_000)
        await new Promise((resolve) => setTimeout(resolve, 20));
      tally.expect(sender.acknowledged > acknowledged + 32, 'nothing is counted any more after the restart');
      tally.took(performance.now() - restartedAt);
    }
    await sender.stop();
    const counted = await countedIn(store);
    tally.expect(
      counted === sender.acknowledged && sender.refused + sender.givenUp === 0,
      `${sender.acknowledged} acknowledged, ${counted} counted, ${sender.refused} refused, ${sender.givenUp} given up`,
    );
    for (const replica of replicas) tally.expect(replica.exitCode === null, 'a replica ended');
    await balancer.stop();
  },
});

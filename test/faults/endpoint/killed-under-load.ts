import type { Fault } from '../support/fault';
import type { EndpointLab } from './support/endpoint-lab';
import { countedIn, Sender } from './support/sender';

const DEVICES = 16;

export const killedUnderLoad = (lab: () => EndpointLab): Fault => ({
  title: 'endpoint: killed under load',
  target: '0 acknowledged lost, 0 counted twice',
  async run({ random, isLong }, tally) {
    const stores = await lab().stores();
    for (const store of stores) {
      let replica = await lab().start(store);
      const sender = new Sender(() => replica.url, DEVICES);
      const kills = (isLong ? 100 : 20) / stores.length;
      for (let kill = 0; kill < kills; kill += 1) {
        await new Promise((resolve) => setTimeout(resolve, 40 + random() * 120));
        await replica.end('SIGKILL');
        const acknowledged = sender.acknowledged;
        const counted = await countedIn(store);
        // A device may have been cut off between its being counted and its hearing of it.
        tally.expect(
          counted >= acknowledged && counted <= acknowledged + DEVICES,
          `${acknowledged} acknowledged, ${counted} counted (${store.kind})`,
        );
        replica = await lab().start(store);
      }
      await sender.stop();
      const counted = await countedIn(store);
      tally.expect(
        counted === sender.acknowledged && sender.refused + sender.givenUp === 0 && sender.unanswered > 0,
        `in the end ${sender.acknowledged} acknowledged, ${counted} counted, ${sender.unanswered} unanswered (${store.kind})`,
      );
    }
  },
});

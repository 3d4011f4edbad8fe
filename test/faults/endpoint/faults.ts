import { assert } from '../../../src/core/assert';
import type { Fault } from '../support/fault';
import { askedToEnd } from './asked-to-end';
import { databaseRestarted } from './database-restarted';
import { deliveredTwice } from './delivered-twice';
import { killedUnderLoad } from './killed-under-load';
import { malformed } from './malformed';
import { overloaded } from './overloaded';
import { replicaLost } from './replica-lost';
import { slowBodies } from './slow-bodies';
import { EndpointLab } from './support/endpoint-lab';

let opened: EndpointLab | undefined;
const lab = (): EndpointLab => {
  assert(opened !== undefined, 'the lab of the endpoint is opened before its faults');
  return opened;
};

/** What happens to the endpoint. The lab opens with the first fault, so that other faults do not wait for it. */
const inLab = (fault: Fault, needsPostgres: boolean): Fault => ({
  ...fault,
  async run(own, tally) {
    opened ??= await EndpointLab.open();
    if (needsPostgres && opened.postgres === undefined) {
      tally.skip('there is no PostgreSQL here');
      return;
    }
    await fault.run(own, tally);
    await opened.tidy();
  },
});

export const endpointFaults: readonly Fault[] = [
  inLab(deliveredTwice(lab), false),
  inLab(killedUnderLoad(lab), false),
  inLab(malformed(lab), false),
  inLab(slowBodies(lab), false),
  inLab(overloaded(lab), true),
  inLab(askedToEnd(lab), false),
  inLab(databaseRestarted(lab), true),
  inLab(replicaLost(lab), true),
];

export async function closeEndpointLab(): Promise<void> {
  await opened?.close();
}

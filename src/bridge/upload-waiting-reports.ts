import { parsePolicy } from '../config/policy';
import { uploadReports } from '../insights/upload-reports';
import { isLedgerDatabase } from '../vault/participation/ledger-rows';
import { openServiceWorkerOutbox } from '../vault/participation/service-worker-outbox';

/**
 * What the service worker does when the browser wakes it: sends the reports of everybody on this device whose hour
 * has come, to the endpoint they agreed to, if the operator's policy still names it.
 *
 * @param askPolicy the operator's policy, from the network or as last known
 * @throws Error when some are left, so that the browser tries again later
 */
export async function uploadWaitingReports(askPolicy: () => Promise<Response>): Promise<void> {
  const endpoint = await endpointOf(await askPolicy());
  if (endpoint === undefined) return;
  const { signal } = new AbortController();
  const databases = await indexedDB.databases();
  let isMore = false;
  for (const { name } of databases) {
    if (name === undefined || !isLedgerDatabase(name)) continue;
    const outbox = await openServiceWorkerOutbox(name);
    if (outbox === undefined) continue;
    try {
      const sent = await uploadReports(outbox, endpoint, signal);
      isMore ||= sent.isMore;
    } finally {
      outbox.close();
    }
  }
  if (isMore) throw new Error('the endpoint of insights did not answer');
}

async function endpointOf(response: Response): Promise<string | undefined> {
  if (!response.ok) return undefined;
  const parsed = parsePolicy(await response.json());
  return parsed.ok ? parsed.value.syncEndpoint : undefined;
}

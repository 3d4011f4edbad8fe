/// <reference lib="webworker" />
import { cleanupOutdatedCaches, type PrecacheEntry, precacheAndRoute } from 'workbox-precaching';
import { REPORTS_SYNC } from '../src/bridge/background-sync';
import { TAKE_OVER } from '../src/bridge/service-worker-messages';
import { uploadWaitingReports } from '../src/bridge/upload-waiting-reports';

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: (PrecacheEntry | string)[] };

/**
 * Keeps the whole app on the device, so that every core flow works with no network and no server. A newer
 * version is downloaded beside the old one and waits: the old one's lazy chunks stay available, and nothing
 * reloads until the page asks.
 */
cleanupOutdatedCaches();
precacheAndRoute(self.__WB_MANIFEST);

const POLICY_CACHE = 'claude-echo-policy';

/** The operator may tighten `policy.json` at any time: the network first, the last known copy when offline. */
self.addEventListener('fetch', (event) => {
  if (new URL(event.request.url).pathname.endsWith('/policy.json')) event.respondWith(policy(event.request));
});

const policyUrl = (): URL => new URL('policy.json', self.registration.scope);

/** A network that is there but does not answer must not keep the page waiting. */
const POLICY_PATIENCE_MS = 3_000;

async function policy(request: Request): Promise<Response> {
  const cache = await caches.open(POLICY_CACHE);
  const known = await cache.match(request.url);
  try {
    const response = await fetch(request, { signal: AbortSignal.timeout(POLICY_PATIENCE_MS) });
    if (response.ok) await cache.put(request.url, response.clone());
    // An operator who removed the file answers 404. Any other failure is the server's, and lifts no rule.
    return response.ok || response.status === 404 ? response : (known ?? response);
  } catch (failure) {
    if (known !== undefined) return known;
    throw failure;
  }
}

/** The first page is loaded before this worker is in charge: fetch the policy for the first visit offline. */
self.addEventListener('install', (event) => {
  event.waitUntil(
    policy(new Request(policyUrl(), { cache: 'no-cache' })).catch(
      // Installing offline cannot be; a failing server is met again at the next visit.
      () => undefined,
    ),
  );
});

self.addEventListener('message', ({ data }) => {
  if (data === TAKE_OVER) void self.skipWaiting();
});

self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim());
});

/** There is a network again: reports that were waiting for it go out, if the operator still wants them. */
self.addEventListener('sync', (event) => {
  if ('tag' in event && event.tag === REPORTS_SYNC && event instanceof ExtendableEvent) {
    event.waitUntil(uploadWaitingReports(() => policy(new Request(policyUrl()))));
  }
});

/** A timer rang: bring Echo to the front. */
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(bringToFront());
});

async function bringToFront(): Promise<void> {
  const [page] = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  if (page === undefined) await self.clients.openWindow('./');
  else await page.focus();
}

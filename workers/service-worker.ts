/// <reference lib="webworker" />
import { cleanupOutdatedCaches, type PrecacheEntry, precacheAndRoute } from 'workbox-precaching';
import { TAKE_OVER } from '../src/bridge/service-worker-messages';

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

async function policy(request: Request): Promise<Response> {
  const cache = await caches.open(POLICY_CACHE);
  try {
    const response = await fetch(request);
    if (response.ok) await cache.put(request, response.clone());
    return response;
  } catch (failure) {
    const known = await cache.match(request);
    if (known !== undefined) return known;
    throw failure;
  }
}

self.addEventListener('message', ({ data }) => {
  if (data === TAKE_OVER) void self.skipWaiting();
});

self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim());
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

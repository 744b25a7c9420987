// The service worker: the page and its parts from this device. It answers for nothing else, least of all for an analysis.
import { cleanupOutdatedCaches, type PrecacheEntry, precacheAndRoute } from 'workbox-precaching';

declare const self: ServiceWorkerGlobalScope;
/** Every file of the page with its revision, put here when it is built. */
declare const FILES: PrecacheEntry[];

precacheAndRoute(FILES, { directoryIndex: 'index.html', cleanURLs: false, ignoreURLParametersMatching: [] });
cleanupOutdatedCaches();

// A new worker waits until the reader wants the new page, or until no window shows the old one.
self.addEventListener('message', (event) => {
  if ((event.data as { type?: string } | null)?.type === 'SKIP_WAITING') void self.skipWaiting();
});

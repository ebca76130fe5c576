/** Takes the place of the service worker of a site whose blocks don't run without a network any more: ends it, and what it kept. */

{
  const worker = /** @type {any} a ServiceWorkerGlobalScope */ (self);
  const { pathname } = worker.location;
  const root = pathname.slice(0, pathname.lastIndexOf('/') + 1);

  worker.addEventListener('install', () => worker.skipWaiting());
  worker.addEventListener('activate', (/** @type {any} */ event) => event.waitUntil(Promise.all([
    ...['pyfence-offline', 'pyfence-offline-pages'].map((name) => caches.delete(`${name} ${root}`)),
    // A worker of the site that imports this one stays.
    pathname.endsWith('/pyfence-offline.js') && worker.registration.unregister(),
  ])));
}

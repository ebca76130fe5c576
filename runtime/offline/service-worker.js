/**
 * The service worker of a site whose blocks run without a network. A site has it at its root, as `pyfence-offline.js`, with
 * a call at its end that names the files.
 *
 * While the network answers, it answers nothing itself: pages and our files pass through it, and no other request comes to
 * it. Where the network doesn't answer, our files come as the browser keeps them, or from a cache of its own, to which code
 * in blocks gets too: what comes from there is what the digests say that stand in this very script. Pages, and what they
 * consist of, come from the browser's HTTP cache alone, into which code can't write.
 */

/** @param {{ [address: string]: string }} files of the runtime and the lock, as seen from here, with the integrity of each */
function pyfenceOffline(files) {
  const worker = /** @type {any} a ServiceWorkerGlobalScope */ (self);
  const { origin, pathname } = worker.location;
  const root = new URL('.', worker.location.href);
  const nameOfFiles = `pyfence-offline ${root.pathname}`;
  const nameOfPages = `pyfence-offline-pages ${root.pathname}`;
  const integrities = new Map(Object.entries(files).map(([file, integrity]) => [new URL(file, root).href, integrity]));

  /** A worker of the site that imports this one decides itself when it takes over. */
  const isImported = !pathname.endsWith('/pyfence-offline.js');

  /** Pages, by their ids, that the network didn't bring. */
  const cutOff = new Set();

  /** What a page consists of. */
  const parts = ['style', 'script', 'font', 'image'];

  const mostPages = 100;

  const types = [['js', 'text/javascript'], ['css', 'text/css'], ['json', 'application/json'], ['wasm', 'application/wasm']];

  worker.addEventListener('install', (/** @type {any} */ event) => event.waitUntil(install()));
  worker.addEventListener('activate', (/** @type {any} */ event) => event.waitUntil(activate()));

  worker.addEventListener('message', (/** @type {any} */ event) => {
    const { data, source, ports: [port] } = event;
    // Of pages: what code in a block says comes from its worker.
    if (data !== 'pyodide-block' || source?.type !== 'window') return;
    event.waitUntil(keepPage(withoutFragment(source.url)).finally(() => port?.postMessage(data)).then(complete));
  });

  worker.addEventListener('fetch', (/** @type {any} */ event) => {
    const { request, clientId } = event;
    if (request.method !== 'GET') return;
    if (request.mode === 'navigate') event.respondWith(page(event));
    else if (integrities.has(request.url)) event.respondWith(ourFile(event));
    else if (!request.url.startsWith(`${origin}/`)) return;
    else if (cutOff.has(clientId) && parts.includes(request.destination)) event.respondWith(fromHttpCache(request.url).catch(() => fetch(request)));
    else if (!request.destination && (cutOff.size > 0 || !navigator.onLine)) event.respondWith(dataFile(event));
  });

  async function install() {
    await fill([...integrities]);
    // They may name another runtime by now.
    const pages = await (await caches.open(nameOfPages)).keys();
    await Promise.allSettled(pages.map(({ url }) => fetch(url, { cache: 'no-cache' })));
    if (!isImported) await worker.skipWaiting();
  }

  async function activate() {
    const cache = await caches.open(nameOfFiles);
    const old = (await cache.keys()).filter(({ url }) => !integrities.has(url));
    await Promise.all(old.map((request) => cache.delete(request)));
    if (isImported) return;
    // A page is asked for while this worker starts.
    await worker.registration.navigationPreload?.enable();
    await worker.clients.claim();
  }

  /**
   * Brings what isn't there yet; what came stays, also where the rest can't be had.
   * @param {[address: string, integrity: string][]} wanted
   */
  async function fill(wanted) {
    const cache = await caches.open(nameOfFiles);
    for (const [address, integrity] of wanted) {
      const kept = await cache.match(address);
      if (kept && await isOf(await kept.arrayBuffer(), integrity)) continue;
      try {
        await cache.put(address, new Response(await bytesAt(address, integrity)));
      } catch (error) {
        // What another site doesn't give is missing where it is used, and there alone.
        if (address.startsWith(`${origin}/`)) throw error;
      }
    }
  }

  /** Brings what another site didn't give, and what was found to be something else. */
  async function complete() {
    const kept = new Set((await (await caches.open(nameOfFiles)).keys()).map(({ url }) => url));
    await fill([...integrities].filter(([address]) => !kept.has(address)));
  }

  /**
   * @param {string} address
   * @param {string} integrity
   */
  async function bytesAt(address, integrity) {
    // What the page has loaded is there; the rest needn't be kept twice.
    const response = await fromHttpCache(address).catch(() => fetch(address, { cache: 'no-store', integrity, priority: 'low' }));
    const bytes = await response.arrayBuffer();
    if (!response.ok || !await isOf(bytes, integrity)) throw new TypeError(`${address}: other bytes came than were published`);
    return bytes;
  }

  /** @param {string} address */
  async function keepPage(address) {
    const pages = await caches.open(nameOfPages);
    const kept = (await pages.keys()).filter(({ url }) => url !== address);
    await Promise.all(kept.slice(0, -mostPages).map((request) => pages.delete(request)));
    // Its address alone: it is in the HTTP cache.
    if (!await pages.match(address)) await pages.put(address, new Response());
    await fetch(address, { cache: 'force-cache' });
  }

  /** @param {{ request: Request, preloadResponse: Promise<Response | undefined>, resultingClientId: string }} event */
  async function page({ request, preloadResponse, resultingClientId }) {
    try {
      const preloaded = await preloadResponse;
      // What fails is a response in Firefox.
      if (preloaded?.type === 'error') throw new TypeError(`${request.url}: no answer`);
      return preloaded ?? await fetch(request);
    } catch (error) {
      const address = withoutFragment(request.url);
      if (!await (await caches.open(nameOfPages)).match(address)) throw error;
      const response = await fromHttpCache(address);
      cutOff.add(resultingClientId);
      return response;
    }
  }

  /** @param {{ request: Request, clientId: string }} event */
  async function ourFile({ request, clientId }) {
    // Some networks take long to say that they aren't there.
    if (!cutOff.has(clientId)) {
      try {
        return await fetch(request);
      } catch {
        // From what is kept.
      }
    }
    return fromHttpCache(request.url).catch(() => verified(request.url));
  }

  /**
   * What the option `files` names comes to the blocks' worker, as it is in the HTTP cache.
   * @param {{ request: Request, clientId: string }} event
   */
  async function dataFile({ request, clientId }) {
    try {
      return await fetch(request);
    } catch (error) {
      const { type, url = '' } = await worker.clients.get(clientId) ?? {};
      if (type !== 'worker' || !integrities.has(url)) throw error;
      return fromHttpCache(request.url);
    }
  }

  /**
   * As the server sent it, however long ago; what isn't there is an error.
   * @param {string} address
   */
  async function fromHttpCache(address) {
    const response = await fetch(address, { cache: 'only-if-cached', mode: 'same-origin' });
    if (!response.ok) throw new TypeError(`${address}: ${response.status}`);
    return response;
  }

  /** @param {string} address of a file of ours */
  async function verified(address) {
    const cache = await caches.open(nameOfFiles);
    const bytes = await (await cache.match(address))?.arrayBuffer();
    if (bytes && await isOf(bytes, /** @type {string} */ (integrities.get(address)))) return new Response(bytes, { headers: headersOf(address) });
    await cache.delete(address);
    return Response.error();
  }

  /**
   * Of its own, as code could have changed those that are kept. A worker has the policy of its response: this one lets it
   * reach the site and what the lock names.
   * @param {string} address
   */
  function headersOf(address) {
    const [, type] = types.find(([end]) => address.endsWith(end)) ?? ['', 'application/octet-stream'];
    const origins = new Set([...integrities.keys()].map((file) => new URL(file).origin));
    return {
      'content-type': type,
      'content-security-policy': `default-src 'self'; script-src 'self' blob: 'wasm-unsafe-eval'; connect-src ${[...origins].join(' ')}`,
    };
  }

  /**
   * @param {ArrayBuffer} bytes
   * @param {string} integrity
   */
  async function isOf(bytes, integrity) {
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    return integrity === `sha256-${btoa(String.fromCharCode(...digest))}`;
  }

  /** @param {string} address */
  function withoutFragment(address) {
    return address.replace(/#.*/, '');
  }
}

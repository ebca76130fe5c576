// The service worker of a site with `offline`, without a browser.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';

const source = readFileSync(new URL('../../runtime/offline/service-worker.js', import.meta.url), 'utf8');

/** @type {{ [name: string]: Promise<Response> }} what a browser makes of a navigation preload that the network doesn't answer */
const failures = { Chromium: Promise.reject(new TypeError('Failed to fetch')), Firefox: Promise.resolve(Response.error()) };

for (const [browser, preloadResponse] of Object.entries(failures)) {
  preloadResponse.catch(() => {});
  test(`Without a network a page comes from the HTTP cache in ${browser}`, async () => {
    const address = 'https://site.test/page/';
    /** @type {{ [name: string]: (event: object) => void }} */
    const listeners = {};
    const self = {
      location: new URL('https://site.test/pyfence-offline.js'),
      addEventListener: (/** @type {string} */ name, /** @type {(event: object) => void} */ listener) => { listeners[name] = listener; },
    };
    const caches = { open: async () => ({ match: async (/** @type {string} */ asked) => (asked === address ? new Response() : undefined) }) };
    const fetch = async (/** @type {string} */ asked, /** @type {RequestInit} */ { cache } = {}) => {
      if (cache !== 'only-if-cached') throw new TypeError('Failed to fetch');
      return new Response(`kept ${asked}`);
    };
    runInNewContext(`${source}\npyfenceOffline({});`, { self, caches, fetch, URL, Response });
    const answer = await new Promise((respondWith) => {
      listeners.fetch({ request: { method: 'GET', mode: 'navigate', url: `${address}#part` }, preloadResponse, resultingClientId: 'page', respondWith });
    });
    assert.equal(await answer.text(), `kept ${address}`);
  });
}

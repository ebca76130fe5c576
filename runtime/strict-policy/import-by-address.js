/**
 * Where a page's policy has no `blob:` among its scripts, a verified script can't be run from its bytes. `import()` in
 * a worker takes no integrity either: it reads what a download left in the HTTP cache.
 */

import { fetchWithProgress } from '../worker/verified-fetch.js';

/**
 * @param {string} address
 * @param {ArrayBuffer} verified what its server once answered
 * @returns {Promise<any>} what the module exports
 */
export async function importByAddress(address, verified) {
  // The site itself answered for the worker as well: verifying its files adds nothing.
  if (new URL(address).origin === self.location.origin) return import(address);
  // What was verified may come from another visit, and the HTTP cache have something else or nothing.
  const { response, bytes } = await fetchWithProgress(self.fetch, address, {}, () => {});
  const now = await bytes;
  const rules = response.headers.get('cache-control') ?? '';
  if (/no-store|no-cache/.test(rules) || !/max-age=0*[1-9]/.test(rules)) {
    throw new Error(`${address}: what runs would not be what was verified, as its server lets nobody keep it; script-src of the page's policy needs blob:`);
  }
  if (!sameBytes(now, verified)) throw new Error(`${address}: other bytes came than were published`);
  return import(address);
}

/** @param {ArrayBuffer} one @param {ArrayBuffer} other */
function sameBytes(one, other) {
  const others = new Uint8Array(other);
  return one.byteLength === other.byteLength && new Uint8Array(one).every((byte, at) => byte === others[at]);
}

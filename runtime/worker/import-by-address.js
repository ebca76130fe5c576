/**
 * Where a page's policy has no `blob:` among its scripts, a verified script can't be run from its bytes. `import()` in
 * a worker takes no integrity either: it reads what the verified download left in the HTTP cache.
 */

/**
 * @param {string} address that was verified
 * @param {Response} response of that download
 * @returns {Promise<any>} what the module exports
 */
export function importByAddress(address, response) {
  const isKept = !/no-store|no-cache/.test(response.headers.get('cache-control') ?? '');
  // The site itself answered for the worker as well: verifying its files adds nothing.
  if (isKept || new URL(address).origin === self.location.origin) return import(address);
  throw new Error(`${address}: what runs would not be what was verified, as its server lets nobody keep it; script-src of the page's policy needs blob:`);
}

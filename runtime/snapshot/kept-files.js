/**
 * Pyodide's own files, kept as they are once they were verified: a later visit neither asks the network for them nor
 * has the HTTP cache unpack them. Code in a block can write to this store too, so whatever comes out of it is verified
 * by the same digests as what comes from the network.
 */

import { once } from '../loader/once.js';
import { verified } from '../worker/verified-fetch.js';

/** @typedef {import('../worker/verified-fetch.js').Coming} Coming */

const opened = once(() => caches.open('pyfence-files'));

/** How many files an origin keeps: those of four releases, for sites that share it. */
const mostFiles = 20;

/** Whether each file that was looked for was there. */
let isWhole = true;

export const areWhole = () => isWhole;

/**
 * @param {string} address
 * @param {string} integrity empty where it isn't known: nothing is kept then
 * @returns {Promise<Coming | null>} null where it isn't there, or is something else
 */
export async function keptFile(address, integrity) {
  if (!integrity) return null;
  try {
    // What isn't there fails as well.
    const response = /** @type {Response} */ (await (await opened()).match(address));
    // Compiled while it is read; nobody has it before it is verified.
    const compiling = address.endsWith('.wasm') ? WebAssembly.compileStreaming(response.clone()) : undefined;
    compiling?.catch(() => {});
    const bytes = await verified(await response.arrayBuffer(), integrity);
    return { response, bytes: Promise.resolve(bytes), compiling };
  } catch {
    isWhole = false;
    return null;
  }
}

/**
 * Keeps files that were verified.
 * @param {{ [name: string]: string }} integrities by name
 * @param {Map<string, Promise<Coming>>} files by address, in the same order
 */
export async function keepFiles(integrities, files) {
  const cache = await opened();
  const names = Object.values(integrities);
  for (const [index, [address, coming]] of [...files].entries()) {
    if (!names[index]) continue;
    const headers = { 'content-type': address.endsWith('.wasm') ? 'application/wasm' : 'application/octet-stream' };
    await cache.put(address, new Response(await (await coming).bytes, { headers }));
  }
  const kept = [...await cache.keys()];
  for (const old of kept.splice(0, kept.length - mostFiles)) await cache.delete(old);
}

/** In the page, once a Python has booted and nobody waits: gets ready for the next visit, where that is welcome. */

import { savesData } from '../run/saves-data.js';
import { packageOf } from '../third-party/manifests.js';
import { wantedModules } from '../worker/imports.js';

/** @typedef {import('../run/protocol.js').Piece} Piece */

/** Bytes that must be free: a browser that is short of room would take something else away. With packages it is ten times as big. */
const room = { bare: 200e6, withPackages: 2e9 };

const key = 'pyfence-snapshots';

/**
 * @param {string | null} version of Pyodide
 * @param {Piece[]} pieces of code that ran first
 * @param {string} restored the address of the snapshot that it ran in; empty where Python booted
 */
export async function keep(version, pieces, restored) {
  if (savesData()) return;
  if ((await packageOf('pyodide')).offline) import('../offline/register.js').then(({ register }) => register()).catch(() => {});
  const before = localStorage.getItem(key);
  if (document.querySelector('meta[name="pyfence-snapshot"][content="no"]')) return;
  await navigator.locks.request(key, { ifAvailable: true }, async (lock) => {
    // Another tab is at it, or has been.
    if (!lock || localStorage.getItem(key) !== before) return;
    if (!restored && await isRoom(room.bare)) await keepOne(version, [], restored);
    if (wantedModules(pieces).length > 0 && await isRoom(room.withPackages)) await keepOne(version, pieces, restored);
  });
}

/** @param {number} bytes */
async function isRoom(bytes) {
  const { quota = 0, usage = 0 } = await navigator.storage.estimate();
  return quota - usage > bytes;
}

/** @param {string | null} version @param {Piece[]} pieces @param {string} restored */
async function keepOne(version, pieces, restored) {
  /** @type {import('../run/protocol.js').Digests} */
  const digests = JSON.parse(localStorage.getItem(key) ?? '{}');
  const made = await snapshotMade({ version, pieces, made: [restored, ...Object.keys(digests).filter((address) => !digests[address])] });
  if (!made) return;
  digests[made.address] = made.digest;
  const isKept = (/** @type {string} */ address) => made.addresses.includes(address) || !digests[address];
  localStorage.setItem(key, JSON.stringify(Object.fromEntries(Object.entries(digests).filter(([address]) => isKept(address)))));
}

/**
 * @param {import('../run/protocol.js').Make} wish
 * @returns {Promise<import('../run/protocol.js').Made | null>} null where none could be made, or there is one
 */
function snapshotMade(wish) {
  const worker = new Worker(new URL('../worker/worker.js', import.meta.url), { type: 'module', name: 'pyfence-snapshot' });
  const { promise, resolve } = /** @type {PromiseWithResolvers<import('../run/protocol.js').Made | null>} */ (Promise.withResolvers());
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => resolve(data);
  worker.onerror = () => resolve(null);
  worker.postMessage(wish, [port2]);
  return promise.finally(() => worker.terminate());
}

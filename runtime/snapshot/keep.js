/** In the page, once a Python has booted and nobody waits: keeps a snapshot for the next visit, where that is welcome. */

import { within } from '../loader/within.js';
import { wantedModules } from '../worker/imports.js';
import { contentsOf, isCurrent } from './address.js';
import { keptDigests } from './digests.js';
import { digestsKey } from '../run/python-client.js';

/** @typedef {import('../run/protocol.js').Piece} Piece */

/** That must be free: a browser that is short of room would take something else away. With packages it is ten times as big. */
const roomBytes = { bare: 200e6, withPackages: 2e9 };

/** Milliseconds after which one isn't awaited any more: on a slow network packages take minutes. Python may have broken down. */
const patienceMs = 600_000;

/** @type {Set<string>} addresses of snapshots that are as they should be: one was restored, others are made since */
const good = new Set();

/** @type {Map<string, Piece>} what ran, by its session and its name in there */
const pieces = new Map();

/** What the last one that was asked for was to have. */
let latest = '';

let keeping = Promise.resolve();

/**
 * One after the other: more may have run while one is made.
 * @param {string | null} version of Pyodide
 * @param {import('../run/protocol.js').RunRequest[]} ran since the last time
 * @param {string} restored the address of the snapshot that they ran in; empty where Python booted
 */
export function keep(version, ran, restored) {
  for (const { session, setUp, block } of ran) {
    for (const piece of [...setUp, block]) pieces.set(`${session}\n${piece.filename}`, piece);
  }
  keeping = keeping.then(() => keepMore(version, [...pieces.values()], restored)).catch(() => {});
}

/** @param {string | null} version @param {Piece[]} pieces @param {string} restored */
async function keepMore(version, pieces, restored) {
  const before = localStorage.getItem(digestsKey);
  if (document.querySelector('meta[name="pyfence-snapshot"][content="no"]')) return;
  if (restored) good.add(restored);
  await navigator.locks.request(digestsKey, { ifAvailable: true }, async (lock) => {
    // Another tab is at it, or has been.
    if (!lock || localStorage.getItem(digestsKey) !== before) return;
    if (good.size === 0 && await isRoom(roomBytes.bare)) await keepOne(version, []);
    const wanted = JSON.stringify([version, wantedModules(pieces), pieces.map(({ install }) => install)]);
    const isMore = wanted !== latest && (wantedModules(pieces).length > 0 || pieces.some(({ install }) => install));
    if (!isMore || !await isRoom(roomBytes.withPackages)) return;
    latest = wanted;
    await keepOne(version, pieces);
  });
}

/** @param {number} bytes */
async function isRoom(bytes) {
  const { quota = 0, usage = 0 } = await navigator.storage.estimate();
  return quota - usage > bytes;
}

/** @param {string | null} version @param {Piece[]} pieces */
async function keepOne(version, pieces) {
  const digests = keptDigests();
  const failed = Object.keys(digests).filter((address) => !digests[address]);
  const made = await snapshotMade({ version, pieces, base: document.baseURI, good: [...good], failed });
  if (!made) return;
  digests[made.address] = made.digest;
  if (made.digest) good.add(made.address);
  // One that could not be made is tried again on another day, where the package index may say something else.
  const isKept = (/** @type {string} */ address) => (digests[address] ? made.addresses.includes(address) : isCurrent(contentsOf(address)));
  localStorage.setItem(digestsKey, JSON.stringify(Object.fromEntries(Object.entries(digests).filter(([address]) => isKept(address)))));
}

/**
 * @param {import('../run/protocol.js').Make} wish
 * @returns {Promise<import('../run/protocol.js').Made | null | void>} nothing where none could be made, or there is one
 */
function snapshotMade(wish) {
  const worker = new Worker(new URL('../worker/worker.js', import.meta.url), { type: 'module', name: 'pyfence-snapshot' });
  const { promise, resolve } = /** @type {PromiseWithResolvers<import('../run/protocol.js').Made | null>} */ (Promise.withResolvers());
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => resolve(data);
  worker.onerror = () => resolve(null);
  worker.postMessage(wish, [port2]);
  return within(patienceMs, promise).finally(() => worker.terminate());
}

/**
 * A snapshot of Python's memory as it was after a boot, perhaps with packages imported. Restored, it takes the place
 * of booting.
 *
 * What is kept begins with the length of a JSON text as a 32-bit number, then that text (`Contents`), then Pyodide's
 * own head of a snapshot, then the pages of the memory that aren't all zeros: half of them are. The files of packages follow.
 */

import { addressOf } from '../loader/runtime-file.js';
import { importPython } from '../worker/boot-pyodide.js';
import { verified } from '../worker/verified-fetch.js';
import { areWhole, keptFile } from './kept-files.js';

/** What looks for Pyodide's files where the visit that made the snapshot kept them. */
export const findKept = keptFile;

export const cacheName = 'pyfence-snapshots';

/**
 * Where it is kept: the runtime's folder, and what Python knows of the browser, its language and its time zone.
 * @param {string | null} version of Pyodide
 * @param {string[]} modules that are imported in it, out of packages
 */
export function snapshotAddress(version, modules) {
  const known = [navigator.userAgent, navigator.language, new Intl.DateTimeFormat().resolvedOptions().timeZone, ...(version ? [version] : [])];
  return [new URL(`?${encodeURIComponent(known.join())}`, addressOf('snapshot/')).href, ...modules].join('&');
}

/** Bytes of a page: smaller ones save little, larger ones hold more zeros. */
export const pageSize = 4096;

/**
 * @typedef {object} Contents
 * @property {number} headSize bytes
 * @property {number} memorySize bytes
 * @property {[start: number, end: number][]} runs of pages
 * @property {Packages} [packages]
 *
 * @typedef {object} Packages what packages leave beside the memory
 * @property {{ [name: string]: string }} loaded as Pyodide's `loadedPackages`
 * @property {[path: string, bytes: number][]} files in the order in which they follow the pages
 * @property {import('./libraries.js').Libraries} libraries
 *
 * @typedef {import('../worker/boot-pyodide.js').LoadOptions} LoadOptions
 * @typedef {import('../worker/boot-pyodide.js').Snapshot} Snapshot
 */

/**
 * Looks for a snapshot, and says how Pyodide is to be loaded with it: what Pyodide does before it needs the memory's
 * contents is done while they are read and checked.
 * @param {string | null} version of Pyodide
 * @param {import('../run/protocol.js').Piece[]} pieces of code that is likely to run
 * @param {string} text JSON of `Digests`
 * @returns {Promise<Snapshot>}
 */
export async function restoring(version, pieces, text) {
  /** @type {import('../run/protocol.js').Digests} */
  const digests = JSON.parse(text);
  // A file of its own, which most visits don't need: this is what a reader waits for.
  const hasPackages = Object.keys(digests).some((address) => address.includes('&'));
  const wanted = hasPackages ? (await import('../worker/imports.js')).wantedModules(pieces) : [];
  const store = await caches.open(cacheName);
  for (const address of candidates(version, wanted, digests)) {
    const kept = await store.match(address);
    if (kept) return snapshotOf(address, contentsOf(kept, digests[address]));
  }
  throw new Error('there is no snapshot');
}

/**
 * Snapshots with nothing in them that the code doesn't import, those with the most first.
 * @param {string | null} version
 * @param {string[]} wanted modules
 * @param {import('../run/protocol.js').Digests} digests
 */
function candidates(version, wanted, digests) {
  const base = snapshotAddress(version, []);
  const modulesIn = (/** @type {string} */ address) => address.slice(base.length).split('&').slice(1);
  const fitting = Object.keys(digests).filter((address) => digests[address] && `${address}&`.startsWith(`${base}&`)
    && modulesIn(address).every((module) => wanted.includes(module)));
  return fitting.sort((one, other) => modulesIn(other).length - modulesIn(one).length);
}

/** @typedef {{ contents: Contents, head: Uint8Array, pages: Uint8Array, equip?: (module: any, memorySize: number) => void }} Read */

/**
 * @param {Response} kept
 * @param {string} digest
 * @returns {Promise<Read>}
 */
async function contentsOf(kept, digest) {
  // Code in a block can write to this store: nothing of it is looked at before the digest, which code can't reach, is right.
  const bytes = await verified(await kept.arrayBuffer(), digest);
  const textSize = new Uint32Array(bytes, 0, 1)[0];
  /** @type {Contents} */
  const contents = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 4, textSize)));
  // Pyodide looks at the head in words.
  const head = new Uint8Array(bytes.slice(4 + textSize, 4 + textSize + contents.headSize));
  const pages = new Uint8Array(bytes, 4 + textSize + contents.headSize);
  const { packages } = contents;
  const equip = packages && await (await import('./libraries.js')).equipping(packages, pages.subarray(sizeOf(contents.runs)));
  return { contents, head, pages, equip };
}

/** @param {string} address @param {Promise<Read>} reading @returns {Snapshot} */
function snapshotOf(address, reading) {
  const packages = reading.then(({ contents }) => contents.packages?.loaded, () => undefined);
  return {
    packages,
    adapt(options) {
      const createPyodideModule = filling(options.createPyodideModule, reading);
      // Before 314 the option was not there, but a global.
      if ('_createPyodideModule' in self) self._createPyodideModule = createPyodideModule;
      return { ...options, _loadSnapshot: new Uint8Array(4), createPyodideModule };
    },
    async settle(pyodide) {
      Object.assign(pyodide.loadedPackages, await packages);
      (await importPython(pyodide, 'fresh')).freshen();
      // Where something was missing, this visit makes all of it anew.
      return areWhole() ? address : '';
    },
  };
}

/** @param {Contents['runs']} runs */
const sizeOf = (runs) => runs.reduce((sum, [start, end]) => sum + end - start, 0);

/**
 * Makes modules whose memory is filled from pages, where Pyodide would copy all of it.
 * @param {LoadOptions['createPyodideModule']} create
 * @param {Promise<Read>} reading
 * @returns {LoadOptions['createPyodideModule']}
 */
const filling = (create, reading) => async (settings) => {
  // Pyodide takes the size of the head for that of the memory; from 314 on it is passed over: https://github.com/pyodide/pyodide/issues/6254
  const isTaken = '_createPyodideModule' in self;
  const creating = create(isTaken ? { ...settings, INITIAL_MEMORY: (await reading).contents.memorySize } : settings);
  const [module, { contents: { memorySize, runs }, head, pages, equip }] = await Promise.all([creating, reading]);
  const { restoreSnapshot } = module.API;
  module.API.restoreSnapshot = () => {
    if (module.HEAPU8.length < memorySize) module.growMemory(memorySize);
    const memory = module.HEAPU8;
    if (memory.length < memorySize) throw new Error('the snapshot is larger than the memory');
    equip?.(module, memorySize);
    const config = restoreSnapshot(head);
    // What nobody has asked for yet is zeros, unless libraries were put there.
    const touched = equip ? memory.length : module.HEAPU32[module._emscripten_get_sbrk_ptr() >> 2];
    let [filled, taken] = [0, 0];
    for (const [start, end] of runs) {
      memory.fill(0, filled, Math.min(start, touched));
      memory.set(pages.subarray(taken, taken + end - start), start);
      [filled, taken] = [end, taken + end - start];
    }
    memory.fill(0, filled, touched);
    return config;
  };
  return module;
};

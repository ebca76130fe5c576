/**
 * A snapshot of Python's memory as it was after a boot, perhaps with packages imported. Restored, it takes the place
 * of booting.
 *
 * What is kept begins with the length of a JSON text as a 32-bit number, then that text (`Contents`), then Pyodide's
 * own head of a snapshot, then the pages of the memory that are neither all zeros nor as they are in a new module: a third
 * of them. The files of packages follow.
 */

import { importPython } from '../worker/boot-pyodide.js';
import { contentsOf, isValid, isWithin, nothing, sizeOf, snapshotAddress } from './address.js';
import { snapshotDigest } from './chunks.js';
import { areWhole, keptFile } from './kept-files.js';
import { started } from './start-up.js';

/** What looks for Pyodide's files where the visit that made the snapshot kept them. */
export const findKept = keptFile;

export const cacheName = 'pyfence-snapshots';

/** Of a page: smaller ones save little, larger ones hold more zeros. */
export const pageBytes = 1024;

/**
 * @typedef {object} Contents
 * @property {number} headSize bytes
 * @property {number} memorySize bytes
 * @property {[start: number, end: number, isKept: boolean][]} runs of pages; what isn't kept is in each new module
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
 * @param {import('../run/protocol.js').Piece[]} pieces of code that may run: those of the page
 * @param {string} base what addresses in them are relative to
 * @param {string} text JSON of `Digests`
 * @returns {Promise<Snapshot>}
 */
export async function restoring(version, pieces, base, text) {
  // First: the browser opens it while it finds out its time zone for the address.
  const store = await caches.open(cacheName);
  /** @type {import('../run/protocol.js').Digests} */
  const digests = JSON.parse(text);
  // A file of its own, which most visits don't need: this is what a reader waits for.
  const hasPackages = Object.keys(digests).some((address) => address.includes('&'));
  const wanted = hasPackages ? (await import('./wanted.js')).wantedBy(pieces, base) : nothing;
  for (const address of candidates(version, wanted, digests)) {
    const kept = await store.match(address);
    if (kept) return snapshotOf(address, readVerified(kept, digests[address], wanted.requirements.filter((each) => !contentsOf(address).requirements.includes(each))));
  }
  throw new Error('no snapshot');
}

/**
 * Snapshots with nothing in them that the page doesn't ask for, those with the most first.
 * @param {string | null} version
 * @param {import('./address.js').Contents} wanted
 * @param {import('../run/protocol.js').Digests} digests
 */
function candidates(version, wanted, digests) {
  const base = snapshotAddress(version, nothing);
  const isFitting = (/** @type {import('./address.js').Contents} */ contents) => isWithin(contents, wanted) && isValid(contents);
  const fitting = Object.keys(digests).filter((address) => digests[address] && `${address}&`.startsWith(`${base}&`) && isFitting(contentsOf(address)));
  const amount = (/** @type {string} */ address) => sizeOf(contentsOf(address));
  return fitting.sort((one, other) => amount(other) - amount(one));
}

/** @typedef {{ contents: Contents, head: Uint8Array, pages: Uint8Array, equip?: (module: any, memorySize: number) => void }} Read */

/**
 * @param {Response} kept
 * @param {string} digest
 * @param {string[]} missing requirements of the page that aren't in it
 * @returns {Promise<Read>}
 */
async function readVerified(kept, digest, missing) {
  const all = new Uint8Array(await kept.arrayBuffer());
  // Code in a block can write to this store: nothing of it is looked at before the digest, which code can't reach, is right.
  if (await snapshotDigest(all) !== digest) throw new Error('other bytes');
  const start = 4 + new Uint32Array(all.buffer, 0, 1)[0];
  /** @type {Contents} */
  const contents = JSON.parse(new TextDecoder().decode(all.subarray(4, start)));
  const { packages, headSize, runs } = contents;
  // `install=` may ask for another version than Pyodide's distribution has.
  if (missing.some((requirement) => packageOf(requirement) in (packages?.loaded ?? {}))) throw new Error('other package');
  const pages = all.subarray(start + headSize);
  // Files are kept as they are, and would keep the pages.
  const equip = packages && await (await import('./libraries.js')).equipping(packages, pages.slice(bytesOf(runs)));
  // Pyodide looks at the head in words.
  return { contents, head: all.slice(start, start + headSize), pages, equip };
}

/** The name of the package that is asked for, perhaps by the address of a wheel. @param {string} requirement */
const packageOf = (requirement) => requirement.replace(/^.*\//, '').match(/^[\w.]+(?:-(?!\d)[\w.]+)*/)?.[0].toLowerCase().replace(/[-_.]+/g, '-') ?? '';

/** @param {string} address @param {Promise<Read>} reading @returns {Snapshot} */
function snapshotOf(address, reading) {
  const packages = reading.then(({ contents }) => contents.packages?.loaded, () => undefined);
  return {
    packages,
    requirements: contentsOf(address).requirements,
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
const bytesOf = (runs) => runs.reduce((sum, [start, end, isKept]) => (isKept ? sum + end - start : sum), 0);

/**
 * Makes modules whose memory is filled from pages, where Pyodide would copy all of it.
 * @param {LoadOptions['createPyodideModule']} create
 * @param {Promise<Read>} reading
 * @returns {LoadOptions['createPyodideModule']}
 */
const filling = (create, reading) => async (settings) => {
  // Before 314 it was no option, but a global:
  if ('_createPyodideModule' in self) {
    // Where nothing can be restored, Pyodide boots with it.
    self._createPyodideModule = create;
    // Pyodide takes the size of the head for that of the memory; now it is passed over: https://github.com/pyodide/pyodide/issues/6254
    Object.assign(settings, { INITIAL_MEMORY: (await reading).contents.memorySize });
  }
  const creating = started(create, settings);
  const [module, { contents: { memorySize, runs }, head, pages, equip }] = await Promise.all([creating, reading]);
  const { restoreSnapshot } = module.API;
  module.API.restoreSnapshot = () => {
    if (module.HEAPU8.length < memorySize) module.growMemory(memorySize);
    const memory = module.HEAPU8;
    if (memory.length < memorySize) throw new Error('too little memory');
    equip?.(module, memorySize);
    const config = restoreSnapshot(head);
    // What nobody has asked for yet is zeros, unless libraries were put there.
    const touched = equip ? memory.length : module.HEAPU32[module._emscripten_get_sbrk_ptr() >> 2];
    let [filled, taken] = [0, 0];
    for (const [start, end, isKept] of runs) {
      memory.fill(0, filled, Math.min(start, touched));
      if (isKept) memory.set(pages.subarray(taken, taken += end - start), start);
      filled = end;
    }
    memory.fill(0, filled, touched);
    return config;
  };
  return module;
};

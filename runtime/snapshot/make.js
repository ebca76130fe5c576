/** Makes the snapshot that later visits restore: in a worker of its own, in which no code of a reader runs. */

import { boot, distributionComing, filesComing, importPython, placeInSnapshot } from '../worker/boot-pyodide.js';
import { lockOf } from '../worker/foresee.js';
import { topOf, wantedModules } from '../worker/imports.js';
import { digestOf } from '../worker/verified-fetch.js';
import { keepFiles } from './kept-files.js';
import { watchLibraries } from './libraries.js';
import { cacheName, pageSize, snapshotAddress } from './restore.js';

/** @typedef {import('../worker/boot-pyodide.js').Pyodide} Pyodide */

/** How many snapshots an origin keeps: sites that share one may have a runtime each, pages packages of their own. */
const most = 4;

/**
 * @param {import('../run/protocol.js').Make} wish
 * @returns {Promise<import('../run/protocol.js').Made | null>} null where there is one
 */
export async function make({ version, pieces, made }) {
  const booting = boot(version, () => {}, Promise.resolve({ adapt: (options) => ({ ...options, _makeSnapshot: true }), settle: async () => '' }));
  const { packages } = await lockOf(await filesComing());
  const imports = new Set(Object.values(packages).flatMap(({ imports }) => imports));
  const modules = [...new Set(wantedModules(pieces))].filter((module) => imports.has(topOf(module))).sort();
  const address = snapshotAddress(version, modules);
  if (made.includes(address) || (pieces.length > 0 && modules.length === 0)) return null;
  const cache = await caches.open(cacheName);
  let digest = '';
  try {
    const kept = await packed(await booting, modules);
    digest = await digestOf(await kept.arrayBuffer(), 'sha256');
    await cache.put(address, new Response(kept));
    await keepFiles((await distributionComing()).files, await filesComing());
  } catch (error) {
    // What packages hold can't always be kept, and isn't tried again then.
    if (modules.length === 0) throw error;
  }
  const addresses = (await cache.keys()).map(({ url }) => url);
  for (const old of addresses.splice(0, addresses.length - most)) await cache.delete(old);
  return { address, digest, addresses };
}

/**
 * @param {Pyodide} pyodide
 * @param {string[]} modules
 */
async function packed(pyodide, modules) {
  // Imported, but nothing of them has been called yet: a visit takes them from there before any code runs.
  for (const name of ['prelude', 'fresh']) pyodide._api.sys[placeInSnapshot(name)] = await importPython(pyodide, name);
  const packages = modules.length > 0 ? await imported(pyodide, modules) : null;
  // Pyodide's objects for JavaScript are to be as they are after a boot.
  for (const name of Object.keys(pyodide.loadedPackages)) delete pyodide.loadedPackages[name];
  return written(/** @type {any} */ (pyodide)._api.makeSnapshot(), packages);
}

/**
 * Imports modules and says what their packages leave beside the memory.
 * @param {any} pyodide
 * @param {string[]} modules
 */
async function imported(pyodide, modules) {
  // What packages say when they are imported is nobody's output.
  pyodide.setStdout({ batched() {} });
  pyodide.setStderr({ batched() {} });
  const libraries = watchLibraries(pyodide._module);
  await pyodide.loadPackage(modules.map((module) => pyodide._api._import_name_to_package_name.get(topOf(module))), { messageCallback() {} });
  for (const module of modules) pyodide.runPython(`import ${module}`, { globals: pyodide.toPy({}) });
  const files = filesIn(pyodide.FS, '/lib').concat(['/home', '/tmp'].flatMap((folder) => filesIn(pyodide.FS, folder)));
  return { loaded: { ...pyodide.loadedPackages }, files, libraries: libraries() };
}

/**
 * @param {any} FS
 * @param {string} folder
 * @returns {[path: string, bytes: Uint8Array<ArrayBuffer>][]}
 */
function filesIn(FS, folder) {
  const names = /** @type {string[]} */ (FS.readdir(folder)).filter((name) => !/^\.\.?$|^python\d+\.zip$/.test(name));
  return names.flatMap((name) => {
    const path = `${folder}/${name}`;
    const { mode } = FS.lstat(path);
    return FS.isDir(mode) ? filesIn(FS, path) : FS.isFile(mode) ? [[path, FS.readFile(path)]] : [];
  });
}

/**
 * @param {Uint8Array<ArrayBuffer>} snapshot as Pyodide makes it: a head, whose second word is its size, and the memory
 * @param {Awaited<ReturnType<typeof imported>> | null} packages
 */
function written(snapshot, packages) {
  const headSize = new Uint32Array(snapshot.buffer, 0, 2)[1];
  const memory = snapshot.subarray(headSize);
  const runs = runsOf(memory);
  /** @type {import('./restore.js').Contents} */
  const contents = { headSize, memorySize: memory.length, runs };
  if (packages) contents.packages = { ...packages, files: packages.files.map(([path, bytes]) => [path, bytes.length]) };
  const text = new TextEncoder().encode(JSON.stringify(contents));
  const pages = runs.map(([start, end]) => memory.subarray(start, end));
  const files = packages?.files.map(([, bytes]) => bytes) ?? [];
  return new Blob([Uint32Array.of(text.length), text, snapshot.subarray(0, headSize), ...pages, ...files]);
}

/**
 * Where the memory isn't all zeros, by whole pages.
 * @param {Uint8Array} memory
 */
function runsOf(memory) {
  const words = new BigUint64Array(memory.buffer, memory.byteOffset, memory.length / 8);
  /** @type {import('./restore.js').Contents['runs']} */
  const runs = [];
  for (let start = 0; start < memory.length; start += pageSize) {
    if (words.subarray(start / 8, (start + pageSize) / 8).every((word) => word === 0n)) continue;
    const last = runs.at(-1);
    if (last?.[1] === start) last[1] += pageSize;
    else runs.push([start, start + pageSize]);
  }
  return runs;
}

/** Makes the snapshot that later visits restore: in a worker of its own, in which no code of a reader runs. */

import { ofCode } from '../ahead/ahead.js';
import { begun, boot, distributionOf, importPython, placeInSnapshot } from '../worker/boot-pyodide.js';
import { lockedPackages } from '../worker/foresee.js';
import { topOf } from '../worker/imports.js';
import { install } from '../worker/install.js';
import { splitList, withAddress } from '../worker/split-list.js';
import { fetchWithProgress } from '../worker/verified-fetch.js';
import { contentsOf, isCurrent, isWithin, nothing, sizeOf, snapshotAddress } from './address.js';
import { snapshotDigest } from './chunks.js';
import { keepFiles } from './kept-files.js';
import { watchLibraries, writeFiles } from './libraries.js';
import { cacheName, pageBytes } from './restore.js';
import { started } from './start-up.js';
import { wantedBy } from './wanted.js';

/** @typedef {import('../worker/boot-pyodide.js').Pyodide} Pyodide */

/**
 * Python files of the runtime that are in it, so that no visit fetches and compiles them: of each run, and of code that
 * imports something. Imported, but nothing of them has been called yet.
 */
const ours = ['prelude', 'fresh', ...ofCode];

/** How many snapshots an origin keeps: sites that share one may have a runtime each, pages packages of their own. */
const most = 4;

/**
 * @param {import('../run/protocol.js').Make} wish
 * @returns {Promise<import('../run/protocol.js').Made | null>} null where there is one
 */
export async function make(wish) {
  const { version, pieces, good, failed } = wish;
  const contents = pieces.length > 0 ? await contentsFor(wish) : nothing;
  const address = snapshotAddress(version, contents);
  if (failed.includes(address) || good.some((other) => isWithin(contents, contentsOf(other)) && isCurrent(contentsOf(other)))) return null;
  const cache = await caches.open(cacheName);
  let digest = '';
  try {
    const kept = await packed(wish, contents);
    digest = await snapshotDigest(new Uint8Array(await kept.arrayBuffer()));
    await cache.put(address, new Response(kept));
    await keepFiles((await begun.distribution).files, await begun.files);
  } catch (error) {
    // What packages hold can't always be kept, and isn't tried again then.
    if (sizeOf(contents) === 0) throw error;
  }
  const addresses = (await cache.keys()).map(({ url }) => url);
  const old = addresses.filter((other) => digest && other !== address && isReplaced(other, address, good.includes(other)));
  const kept = addresses.filter((other) => !old.includes(other));
  for (const address of [...old, ...kept.splice(0, kept.length - most)]) await cache.delete(address);
  return { address, digest, addresses: kept };
}

/**
 * Whether a snapshot has nothing that the new one hasn't: of what this page had, or of another day.
 * @param {string} address
 * @param {string} by
 * @param {boolean} isOfThisPage
 */
function isReplaced(address, by, isOfThisPage) {
  const [old, fresh] = [contentsOf(address), contentsOf(by)];
  const isSamePython = address.split('&')[0] === by.split('&')[0];
  return isSamePython && sizeOf(old) > 0 && isWithin(old, fresh) && (isOfThisPage || sizeOf(old) === sizeOf(fresh));
}

/**
 * What of that which the code asks for is in packages, and what good snapshots have already.
 * @param {import('../run/protocol.js').Make} wish
 * @returns {Promise<import('./address.js').Contents>}
 */
async function contentsFor({ version, pieces, base, good }) {
  const { base: source, files, requirements: locked = {} } = await distributionOf(version);
  // Only this file: most pages import what every Python has, and no other is made for them.
  const [name, integrity] = Object.entries(files).at(-1) ?? [];
  const lock = fetchWithProgress(self.fetch, `${source}${name}`, { integrity }, () => {});
  const packages = await lockedPackages(lock);
  const imports = new Set(Object.values(packages).flatMap(({ imports }) => imports));
  const wanted = wantedBy(pieces, base);
  // micropip holds objects of JavaScript, which no memory keeps.
  const all = [{ ...wanted, modules: wanted.modules.filter((module) => imports.has(topOf(module)) && topOf(module) !== 'micropip') }, ...good.map(contentsOf)];
  const requirements = union(all.map(({ requirements }) => requirements));
  const written = asWritten(pieces, base);
  const isLocked = requirements.every((requirement) => (written.get(requirement) ?? requirement) in locked);
  return { modules: union(all.map(({ modules }) => modules)), requirements, day: isLocked ? null : wanted.day };
}

/** @param {string[][]} lists */
const union = (lists) => [...new Set(lists.flat())].sort();

/**
 * Requirements as the option has them, by what they are with their whole address: a lock knows them so.
 * @param {import('../run/protocol.js').Piece[]} pieces
 * @param {string} base
 */
const asWritten = (pieces, base) => new Map(pieces.flatMap(({ install }) => splitList(install ?? '')).map((requirement) => [withAddress(requirement, base), requirement]));

/**
 * @param {import('../run/protocol.js').Make} wish
 * @param {import('./address.js').Contents} contents
 */
async function packed({ version, pieces, base }, contents) {
  const written = asWritten(pieces, base);
  const requirements = contents.requirements.map((requirement) => written.get(requirement) ?? requirement);
  const installed = requirements.length > 0 ? await installedBy(await boot(version, () => {}), requirements, base) : null;
  /** @type {BigUint64Array | undefined} the memory of a module in which nothing has run */
  let untouched;
  const pyodide = await boot(version, () => {}, Promise.resolve({
    adapt: (options) => ({
      ...options,
      _makeSnapshot: true,
      // Not there before 314: all pages are kept then.
      createPyodideModule: (settings) => started(options.createPyodideModule, settings, ({ exports: { memory } }) => { untouched = new BigUint64Array(memory.buffer.slice(0)); }),
    }),
    settle: async () => '',
  }));
  for (const name of ours) pyodide._api.sys[placeInSnapshot(name)] = await importPython(pyodide, name);
  const packages = sizeOf(contents) > 0 ? await supplied(pyodide, contents.modules, installed) : null;
  // Pyodide's objects for JavaScript are to be as they are after a boot.
  for (const name of Object.keys(pyodide.loadedPackages)) delete pyodide.loadedPackages[name];
  clearFreed(pyodide._module);
  // Libraries may have written to a module that packages are restored in.
  return blobOf(/** @type {any} */ (pyodide)._api.makeSnapshot(), packages, packages ? undefined : untouched);
}

/**
 * What was freed keeps what was in it, which a snapshot would keep, too: zeros take its place.
 * @param {any} module Emscripten's
 */
function clearFreed(module) {
  const malloc = module._emscripten_builtin_malloc;
  const end = module.HEAPU32[module._emscripten_get_sbrk_ptr() >> 2];
  /** @type {number[]} */
  const taken = [];
  // The largest first: each leaves its size in memory.
  for (let size = 1 << 18; size >= pageBytes; size /= 2) {
    for (let start = malloc?.(size); start; start = start < end && malloc(size)) {
      module.HEAPU8.fill(0, start, start + size);
      taken.push(start);
    }
  }
  taken.forEach(module._free);
}

/** @typedef {{ loaded: { [name: string]: string }, files: [path: string, bytes: Uint8Array<ArrayBuffer>][] }} Installed */

/**
 * What `install=` brings, in a Python of its own: micropip holds objects of JavaScript, which a snapshot can't. A Python file
 * of the runtime that is imported here is no other Python's: `importPython` knows them by their names.
 * @param {Pyodide} pyodide
 * @param {string[]} requirements
 * @param {string} base
 * @returns {Promise<Installed>}
 */
async function installedBy(pyodide, requirements, base) {
  await install(pyodide, requirements.join(), base, () => {});
  return { loaded: { ...pyodide.loadedPackages }, files: filesIn(pyodide.FS, '/lib') };
}

/** What Pyodide says of packages that its own lock has. */
const fromLock = 'default channel';

/**
 * Installs and imports, and says what the packages leave beside the memory.
 * @param {any} pyodide
 * @param {string[]} modules
 * @param {Installed | null} installed
 */
async function supplied(pyodide, modules, installed) {
  const { FS, loadedPackages } = pyodide;
  // What packages say when they are imported is nobody's output.
  pyodide.setStdout({ batched() {} });
  pyodide.setStderr({ batched() {} });
  const libraries = watchLibraries(pyodide._module);
  const load = (/** @type {string[]} */ names) => pyodide.loadPackage(names, { messageCallback() {} });
  if (installed) {
    await load(Object.keys(installed.loaded).filter((name) => installed.loaded[name] === fromLock));
    const more = installed.files.filter(([path]) => !FS.analyzePath(path).exists);
    // They would be loaded when their wheel is installed, not when code imports it.
    if (more.some(([path]) => /\.libs\/[^/]+$/.test(path))) throw new Error('a wheel has libraries of its own');
    writeFiles(FS, new Map(more));
    Object.assign(loadedPackages, installed.loaded);
  }
  await load(modules.map((module) => pyodide._api._import_name_to_package_name.get(topOf(module))));
  for (const module of modules) pyodide.runPython(`import ${module}`, { globals: pyodide.toPy({}) });
  const files = ['/lib', '/home', '/tmp'].flatMap((folder) => filesIn(FS, folder));
  return { loaded: { ...loadedPackages }, files, libraries: libraries() };
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
 * @param {Awaited<ReturnType<typeof supplied>> | null} packages
 * @param {BigUint64Array} [untouched] the memory of a new module
 */
function blobOf(snapshot, packages, untouched) {
  const headSize = new Uint32Array(snapshot.buffer, 0, 2)[1];
  const memory = snapshot.subarray(headSize);
  const runs = runsOf(memory, untouched);
  /** @type {import('./restore.js').Contents} */
  const contents = { headSize, memorySize: memory.length, runs };
  if (packages) contents.packages = { ...packages, files: packages.files.map(([path, bytes]) => [path, bytes.length]) };
  const text = new TextEncoder().encode(JSON.stringify(contents));
  const pages = runs.filter(([, , isKept]) => isKept).map(([start, end]) => memory.subarray(start, end));
  const files = packages?.files.map(([, bytes]) => bytes) ?? [];
  return new Blob([Uint32Array.of(text.length), text, snapshot.subarray(0, headSize), ...pages, ...files]);
}

/**
 * Where the memory isn't all zeros, by whole pages.
 * @param {Uint8Array} memory
 * @param {BigUint64Array} [untouched]
 */
function runsOf(memory, untouched) {
  const words = new BigUint64Array(memory.buffer, memory.byteOffset, memory.length / 8);
  /** @type {import('./restore.js').Contents['runs']} */
  const runs = [];
  for (let start = 0; start < memory.length; start += pageBytes) {
    const page = words.subarray(start / 8, (start + pageBytes) / 8);
    if (page.every((word) => word === 0n)) continue;
    const isKept = page.some((word, index) => word !== untouched?.[start / 8 + index]);
    const last = runs.at(-1);
    if (last?.[1] === start && last[2] === isKept) last[1] += pageBytes;
    else runs.push([start, start + pageBytes, isKept]);
  }
  return runs;
}

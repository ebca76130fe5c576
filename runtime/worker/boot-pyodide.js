/** Boots Pyodide in the worker. Every file of it whose integrity is known is verified. */

import { once } from '../loader/once.js';
import { runtimeFile } from '../loader/runtime-file.js';
import { fetchWithProgress } from './verified-fetch.js';
import { importVerified } from './verified-import.js';
import { baseOf, packageOf } from '../third-party/manifests.js';

/**
 * @typedef {import('pyodide').PyodideInterface & { _api: Api, _module: { [name: string]: (...numbers: number[]) => number } }} Pyodide
 * @typedef {{ on_fatal?: (error: unknown) => void, packageManager?: object, config: LoadOptions,
 *   _import_name_to_package_name: Map<string, string>, sys: { [name: string]: any } }} Api
 *
 * @typedef {object} LoadOptions what `loadPyodide` takes, as far as it matters here
 * @property {string} indexURL
 * @property {string} lockFileURL
 * @property {string} stdLibURL
 * @property {{ [name: string]: string }} env
 * @property {(settings: object) => Promise<any>} createPyodideModule
 * @property {boolean} [_makeSnapshot]
 * @property {Uint8Array} [_loadSnapshot]
 *
 * @typedef {object} Snapshot that is made or restored
 * @property {(options: LoadOptions) => LoadOptions} adapt how Pyodide is to be loaded
 * @property {Promise<{ [name: string]: string } | undefined>} [packages] that are in it, as Pyodide's `loadedPackages`
 * @property {string[]} [requirements] of `install=` that are in it
 * @property {(pyodide: Pyodide) => Promise<string>} settle to be called before any code runs in what was restored; gives its address
 */

/** The browser's own: others take its place later, for what Pyodide and code fetch. */
export const fetchByBrowser = fetch;

/** Milliseconds between two reports of what has come. */
const reportIntervalMs = 1_000;

/** What is printed comes at once and in order, also without a line end; nothing but Agg could draw. */
const env = { PYTHONUNBUFFERED: '1', MPLBACKEND: 'agg' };

/** @param {string} name of a Python file of the runtime */
export const readPython = async (name) => (await runtimeFile(`python/${name}.py`)).text();

/** Where in `sys` a snapshot has a module that was imported before it was made. @param {string} name */
export const placeInSnapshot = (name) => `_pyfence_${name}`;

/** @type {Map<string, () => Promise<any>>} */
const pythonModules = new Map();

/**
 * Imports a Python file of the runtime, once. Code finds it nowhere: neither in its folder nor in `sys.modules`.
 * @param {Pyodide} pyodide
 * @param {string} name of the file, without `.py`
 * @param {(name: string) => string | Promise<string>} read
 * @returns {Promise<any>} the module
 */
export function importPython(pyodide, name, read = readPython) {
  const load = pythonModules.get(name) ?? once(async () => {
    const { sys } = pyodide._api;
    const place = placeInSnapshot(name);
    if (place in sys) {
      const kept = sys[place];
      delete sys[place];
      return kept;
    }
    const source = await read(name);
    const module = pyodide.pyimport('types').ModuleType(`pyfence_${name}`);
    pyodide.runPython(source, { globals: module.__dict__, filename: `<pyfence ${name}>` });
    return module;
  });
  pythonModules.set(name, load);
  return load();
}

/**
 * @param {string | null} version of Pyodide, null for the manifest's
 * @returns {Promise<import('../third-party/manifests.js').Distribution>}
 */
export async function distributionOf(version) {
  const shipped = await packageOf('pyodide');
  if (version === null || version === shipped.version) return { ...shipped, base: baseOf(shipped) };
  const { releaseOf } = await import('../third-party/pyodide-release.js');
  return releaseOf(version, shipped);
}

/**
 * @typedef {object} Begun what a boot waits for
 * @property {Promise<import('../third-party/manifests.js').Distribution>} distribution what this Python consists of
 * @property {Promise<Map<string, Promise<Coming>>>} files of Pyodide as they come, by address; the lock is the last one
 * @property {Promise<Snapshot | null> | null} [snapshot] where it waits for one
 */

/** Empty before the boot begins. */
export const begun = /** @type {Begun} */ ({});

/** @typedef {(address: string, integrity: string) => Promise<Coming | null>} Find looks for a file where an earlier visit kept it */

/**
 * @param {string | null} version null for the manifest's
 * @param {(share: string) => void} report how much of it has come; empty when all has
 * @param {Promise<Snapshot | null> | null} [snapshot] is made or restored; where that fails, Python boots as it does
 * @param {Promise<Find | null> | null} [finding]
 * @returns {Promise<Pyodide>}
 */
export async function boot(version, report, snapshot, finding) {
  begun.snapshot = snapshot;
  begun.distribution = distributionOf(version);
  let arrived = 0;
  begun.files = begun.distribution.then(({ base, files }) => new Map(Object.entries(files).map(([name, integrity]) => [
    base + name,
    bring(base + name, integrity, finding, (more) => { arrived += more; }),
  ])));
  const [{ base, bytes, later }, downloads] = await Promise.all([begun.distribution, begun.files]);
  const reporting = setInterval(() => report(`${Math.min(99, Math.round(100 * arrived / bytes))} %`), reportIntervalMs);
  const allArrived = Promise.all([...downloads.values()].map(async (coming) => (await coming).bytes)).finally(() => {
    clearInterval(reporting);
    report('');
  });
  const booting = load(base, downloads, snapshot);
  // Pyodide waits for ever for some files that fail and goes on without others: the first failure decides.
  return Promise.race([
    later ? import('./standard-library.js').then(({ complete }) => complete(booting, allArrived)) : booting,
    allArrived.then(() => new Promise(() => {})),
  ]);
}

/** @typedef {import('./verified-fetch.js').Coming} Coming */

/**
 * @param {string} address
 * @param {string} integrity
 * @param {Promise<Find | null> | null | undefined} finding
 * @param {import('./verified-fetch.js').OnBytes} onBytes
 * @returns {Promise<Coming>} whose failures name the address
 */
async function bring(address, integrity, finding, onBytes) {
  const kept = await (await finding)?.(address, integrity);
  if (kept) return kept;
  const name = (/** @type {Error} */ error) => { throw new Error(`${address}: ${error.message}`); };
  const { response, bytes } = await fetchWithProgress(fetchByBrowser, address, { integrity }, onBytes).catch(name);
  return { response, bytes: bytes.catch(name) };
}

/**
 * @param {string} base
 * @param {Map<string, Promise<Coming>>} downloads
 * @param {Promise<Snapshot | null> | null} [snapshot]
 */
async function load(base, downloads, snapshot) {
  const [ofMain, ofCore, [, wasm], [stdLibURL], [lockFileURL]] = downloads;
  const compiling = wasm.then(compiled);
  compiling.catch(() => {});
  const [main, core] = await Promise.all([ofMain, ofCore].map(async ([address, coming]) => importVerified(address, await coming)));
  const createPyodideModule = core.default ?? /** @type {any} */ (self)._createPyodideModule;
  const options = { indexURL: base, lockFileURL, stdLibURL, env, createPyodideModule };
  const loading = handingOver(downloads, compiling, async () => {
    const adapted = (await snapshot)?.adapt({ ...options });
    // What fails to be restored has not run.
    return adapted ? main.loadPyodide(adapted).catch(() => main.loadPyodide(options)) : main.loadPyodide(options);
  });
  // Pyodide does what it can before there is a module, and would wait for ever for one that can't be compiled.
  return Promise.race([loading, compiling.then(() => loading)]);
}

/**
 * Compiled while it comes; nobody has it before it is verified.
 * @param {Coming} coming
 */
async function compiled({ response, bytes, compiling = WebAssembly.compileStreaming(response) }) {
  // Some servers don't know the type, without which nothing is compiled meanwhile.
  const [module] = await Promise.all([compiling.catch(async () => WebAssembly.compile(await bytes)), bytes]);
  return module;
}

/**
 * Lets `work` fetch and instantiate what was downloaded: Pyodide takes addresses, not bytes.
 * @template T
 * @param {Map<string, Promise<Coming>>} downloads
 * @param {Promise<WebAssembly.Module>} compiling
 * @param {() => Promise<T>} work
 */
async function handingOver(downloads, compiling, work) {
  const { fetch } = self;
  const { instantiateStreaming } = WebAssembly;
  self.fetch = async (input, init) => {
    const coming = await downloads.get(String(input));
    if (!coming) return fetch(input, init);
    // A body of its own would be copied to another process and back. What is compiled is handed over below.
    return Object.assign(new Response(), {
      arrayBuffer: () => coming.bytes,
      json: async () => new Response(await coming.bytes).json(),
    });
  };
  WebAssembly.instantiateStreaming = async (source, imports) => {
    // Whoever boots hears of a failure, of which Pyodide would tell the console.
    const module = await compiling.catch(() => /** @type {Promise<WebAssembly.Module>} */ (new Promise(() => {})));
    return { module, instance: await WebAssembly.instantiate(module, imports) };
  };
  try {
    return await work();
  } finally {
    Object.assign(self, { fetch });
    Object.assign(WebAssembly, { instantiateStreaming });
  }
}

/** Boots Pyodide in the worker. The browser verifies every file of it that the manifest knows. */

import { fetchHeard } from './fetching.js';
import { baseOf, packageOf } from './packages.js';

/** @typedef {import('pyodide').PyodideInterface & { _api: { on_fatal?: (error: unknown) => void, packageManager?: object } }} Pyodide */

/** Milliseconds between two reports of what has come. */
const pause = 1_000;

/** What is printed comes at once and in order, also without a line end; nothing but Agg could draw. */
const env = { PYTHONUNBUFFERED: '1', MPLBACKEND: 'agg' };

/** @param {string} name of a file of the runtime */
export async function readText(name) {
  const response = await fetch(new URL(name, import.meta.url));
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return response.text();
}

/**
 * Brings a Python file of the runtime.
 * @param {Pyodide} pyodide
 * @param {string} name of the file, without `.py`
 * @returns {Promise<any>} the module, which Python knows as `pyfence_NAME`
 */
export async function bring(pyodide, name) {
  pyodide.FS.writeFile(`pyfence_${name}.py`, await readText(`${name}.py`));
  return pyodide.pyimport(`pyfence_${name}`);
}

/**
 * @param {string | null} version one that the manifest doesn't name has no known integrity
 * @param {(share: string) => void} report how much of it has come; empty when all has
 * @returns {Promise<Pyodide>}
 */
export async function boot(version, report) {
  // Without WebAssembly Pyodide waits for ever: this says what the browser has against it.
  new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
  const pyodide = await packageOf('pyodide');
  const base = baseOf(pyodide, version ?? pyodide.version);
  const isKnown = version === null || version === pyodide.version;
  let arrived = 0;
  const downloads = new Map(Object.entries(pyodide.files).map(([name, integrity]) => [
    base + name,
    download(base + name, isKnown ? integrity : '', (bytes) => { arrived += bytes; }),
  ]));
  // Another version is about as big.
  const reporting = setInterval(() => report(`${Math.min(99, Math.round(100 * arrived / pyodide.bytes))} %`), pause);
  const allArrived = Promise.all(downloads.values()).finally(() => {
    clearInterval(reporting);
    report('');
  });
  // Pyodide waits for ever for some files that fail and goes on without others: the first failure decides.
  return Promise.race([load(base, downloads), allArrived.then(() => new Promise(() => {}))]);
}

/**
 * @param {string} address
 * @param {string} integrity
 * @param {import('./fetching.js').Heard} heard
 */
async function download(address, integrity, heard) {
  const response = await fetchHeard(self.fetch, address, { integrity }, heard)
    .catch((error) => { throw new Error(`${address}: ${error.message}`); });
  if (!response.ok) throw new Error(`${address}: ${response.status} ${response.statusText}`);
  if (response.headers.get('content-type')?.startsWith('text/html')) throw new Error(`${address}: a web page came instead`);
  return response;
}

/**
 * @param {string} base
 * @param {Map<string, Promise<Response>>} downloads
 */
async function load(base, downloads) {
  // import() in a worker takes no integrity: it reads what the verified download left in the HTTP cache.
  for (const name of ['pyodide.mjs', 'pyodide.asm.mjs']) {
    await downloads.get(base + name);
    downloads.delete(base + name);
  }
  const { loadPyodide } = await import(base + 'pyodide.mjs');
  return handingOver(downloads, () => loadPyodide({ indexURL: base, env }));
}

/**
 * Lets `work` fetch what was downloaded, each file once: Pyodide takes addresses, not bytes.
 * @template T
 * @param {Map<string, Promise<Response>>} downloads
 * @param {() => Promise<T>} work
 */
async function handingOver(downloads, work) {
  const fetchAnew = self.fetch;
  self.fetch = (input, init) => {
    const address = String(input);
    const response = downloads.get(address);
    downloads.delete(address);
    return response ?? fetchAnew(input, init);
  };
  try {
    return await work();
  } finally {
    self.fetch = fetchAnew;
  }
}

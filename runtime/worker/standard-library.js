/**
 * The standard library of a site that has it compiled: what a boot doesn't need comes after it, and the sources when
 * something asks for them.
 */

import { once } from '../loader/once.js';
import { begun, fetchByBrowser, importPython, readPython } from './boot-pyodide.js';
import { importsOf, topOf } from './imports.js';
import { verified } from './verified-fetch.js';

/** @typedef {import('./boot-pyodide.js').Pyodide} Pyodide */

/** A part of the library that isn't there from the beginning. */
class Part {
  isThere = false;
  #address;
  #integrity;
  #put;
  #abort = new AbortController();

  /** @param {string} address @param {string} integrity @param {(bytes: Uint8Array) => void} put */
  constructor(address, integrity, put) {
    this.#address = address;
    this.#integrity = integrity;
    this.#put = put;
  }

  /** Brings it; nobody has it before it is put. */
  fetched = once(async () => {
    this.#abort = new AbortController();
    const response = await fetchByBrowser(this.#address, { signal: this.#abort.signal });
    if (!response.ok) throw new Error(`${this.#address}: ${response.status}`);
    return verified(await response.arrayBuffer(), this.#integrity);
  });

  /** Settles when it is there. */
  async come() {
    if (!this.isThere) this.#take(await this.fetched());
  }

  /**
   * For Python, which waits: nothing else happens in the worker until it is there.
   * @param {(bytes: Uint8Array) => string} digestOf in base64; the browser's own answers later only
   */
  bringNow(digestOf) {
    // A body that nobody reads would keep the browser's cache of it busy.
    this.#abort.abort();
    const request = new XMLHttpRequest();
    request.open('GET', this.#address, false);
    request.responseType = 'arraybuffer';
    try {
      request.send();
    } catch {
      // It has no status then.
    }
    if (request.status !== 200) throw new Error(`${this.#address}: ${request.status || 'could not be fetched'}`);
    if (`sha256-${digestOf(new Uint8Array(request.response))}` !== this.#integrity) throw new Error(`${this.#address}: other bytes came than were published`);
    this.#take(request.response);
  }

  /** @param {ArrayBuffer} bytes */
  #take(bytes) {
    if (!this.isThere) this.#put(new Uint8Array(bytes));
    this.isThere = true;
  }
}

/** @type {Promise<Part>} what a boot doesn't need, once there is a Python */
let restComing;

/** Settles when all of the library but its sources is there. */
export const whole = async () => (await restComing).come();

/**
 * Settles when code can begin: at once where what it imports is there with a boot. What can't come is Python's to tell, if
 * the code does need it.
 * @param {Pyodide} pyodide
 * @param {string[]} codes
 */
export async function wholeFor(pyodide, codes) {
  const imports = new Set(codes.flatMap(importsOf).map(topOf));
  if ((await restComing).isThere || (await importPython(pyodide, 'standard_library')).does_with_boot(JSON.stringify([...imports]))) return;
  await whole().catch(() => {});
}

/**
 * Has the rest come once all that the boot needs is there, and tells Python of it.
 * @param {Promise<Pyodide>} booting
 * @param {Promise<unknown>} allArrived
 * @returns {Promise<Pyodide>}
 */
export async function complete(booting, allArrived) {
  const reading = readPython('standard_library');
  // The rest and the sources, in this order.
  const { base, later = {} } = await begun.distribution;
  /** @type {any} */
  let FS;
  const [rest, sources] = Object.entries(later).map(([name, integrity], index) => new Part(base + name, integrity, (bytes) => {
    if (index === 0) append(FS, bytes);
    else FS.writeFile('/lib/python-sources.zip', bytes);
  }));
  restComing = booting.then(() => rest);
  // Whoever needs it tries again, and hears of a failure.
  for (const coming of [allArrived.then(() => rest.fetched()), reading, restComing]) coming.catch(() => {});
  const pyodide = await booting;
  ({ FS } = pyodide);
  if (pyodide._api.config._makeSnapshot) {
    // What is kept of this Python knows nothing of this worker.
    await whole();
    pyodide.pyimport('importlib').invalidate_caches();
  } else {
    (await importPython(pyodide, 'standard_library', () => reading)).connect({ rest, sources });
    whole().catch(() => {});
  }
  return pyodide;
}

/**
 * Makes the archive of the library whole: the rest begins where the first part ends.
 * @param {any} FS
 * @param {Uint8Array} bytes
 */
function append(FS, bytes) {
  const name = FS.readdir('/lib').find((/** @type {string} */ name) => /^python\d+\.zip$/.test(name));
  const stream = FS.open(`/lib/${name}`, 'a');
  FS.write(stream, bytes, 0, bytes.length);
  FS.close(stream);
}

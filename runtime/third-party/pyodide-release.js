/**
 * What a release of Pyodide consists of, where a page asks for another than the manifest's. The build refuses versions
 * that can't run (`read_version` in Rust); pages that other generators made come here unchecked.
 */

import { runtimeFile } from '../loader/runtime-file.js';
import { baseOf } from './manifests.js';

/** Nothing before it was tried, and it is the first with CPython 3.12. */
const oldest = { major: 0, minor: 26 };

/** @param {string} version */
function lineOf(version) {
  const [major, minor] = version.split('.').map(Number);
  return { major, minor };
}

/** @param {string} version */
export function isSupported(version) {
  const { major, minor } = lineOf(version);
  return major > oldest.major || minor >= oldest.minor;
}

/** The core was a classic script before 314. @param {string} version */
const coreOf = (version) => (lineOf(version).major < 314 ? 'pyodide.asm.js' : 'pyodide.asm.mjs');

/** The files of a release, in the order in which pyodide-releases.json has their integrity. @param {string} version */
export const filesOf = (version) => ['pyodide.mjs', coreOf(version), 'pyodide.asm.wasm', 'python_stdlib.zip', 'pyodide-lock.json'];

/**
 * @param {string} version
 * @param {import('./manifests.js').Release} shipped about as big
 * @returns {Promise<import('./manifests.js').Distribution>}
 */
export async function releaseOf(version, shipped) {
  if (!isSupported(version)) throw new Error(`Pyodide ${version} is too old: ${oldest.major}.${oldest.minor}.0 is the first that runs here`);
  /** @type {{ [version: string]: string[] | import('./manifests.js').Release }} */
  const { [version]: known = [] } = await (await runtimeFile('third-party/pyodide-releases.json')).json();
  if (!Array.isArray(known)) return { ...known, base: baseOf(known) };
  const files = Object.fromEntries(filesOf(version).map((name, index) => [name, known[index] ?? '']));
  return { base: baseOf({ base: shipped.others ?? shipped.base }, version), files, bytes: shipped.bytes };
}

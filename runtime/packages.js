/**
 * The third-party files: where they are, and the integrity that each must have. One small file says it for
 * each package, so that whoever only runs doesn't fetch what only the editor needs.
 *
 * @typedef {{ version: string, base: string, files: { [name: string]: string }, bytes: number }} Package
 *   `bytes`: of all files together
 */

/** @type {Map<string, Promise<Package>>} */
const known = new Map();

/**
 * A package's manifest, read once; a failed reading is tried again by the next who asks.
 * @param {'pyodide' | 'ace' | 'highlight'} name
 */
export function packageOf(name) {
  const reading = known.get(name) ?? readJson(`${name}.json`);
  known.set(name, reading);
  reading.catch(() => known.delete(name));
  return reading;
}

/** @param {string} file of the runtime */
export async function readJson(file) {
  const response = await fetch(new URL(file, import.meta.url));
  if (!response.ok) throw new Error(`${file}: ${response.status}`);
  return response.json();
}

/**
 * The folder a package is served from; a vendored one is named relative to this file.
 * @param {Package} from
 * @param {string} [version]
 */
export function baseOf(from, version = from.version) {
  return new URL(from.base.replace('{version}', version), import.meta.url).href;
}

/**
 * The third-party files: where they are, and the integrity that each must have.
 *
 * @typedef {{ version: string, base: string, files: { [name: string]: string } }} Package
 * @typedef {Package & { themes: string[] }} EditorPackage
 * @typedef {{ pyodide: Package, ace: EditorPackage, highlight: Package }} Packages
 */

/** @type {Promise<Packages> | undefined} */
let reading;

/** The manifest, read once; a failed reading is tried again by the next who asks. */
export function packages() {
  reading ??= read().catch((error) => {
    reading = undefined;
    throw error;
  });
  return reading;
}

/** @returns {Promise<Packages>} */
async function read() {
  const response = await fetch(new URL('packages.json', import.meta.url));
  if (!response.ok) throw new Error(`packages.json: ${response.status}`);
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

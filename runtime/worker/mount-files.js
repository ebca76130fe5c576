/** The option `files`: fetches the files and writes them to the file system where the code runs. */

import { splitList } from './split-list.js';

/** @typedef {import('./boot-pyodide.js').Pyodide} Pyodide */

/** @type {Map<string, string>} what was put at a path: its address */
const mounted = new Map();

/**
 * @param {Pyodide} pyodide
 * @param {string} files as the option has them
 * @param {string} base what their addresses are relative to
 * @param {(path: string) => void} report which one is being fetched
 */
export async function mount({ FS }, files, base, report) {
  await Promise.all(splitList(files).map(async (file) => {
    const { href } = new URL(file, base);
    const path = pathOf(file, base);
    // Code may have removed it, and another block may have put another file of this name there.
    if (mounted.get(path) === href && FS.analyzePath(path).exists) return;
    report(path);
    const bytes = await download(href);
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    if (folder) FS.mkdirTree(folder);
    FS.writeFile(path, bytes);
    mounted.set(path, href);
  }));
}

/**
 * The name of a file where the code runs. An address that is relative to the page keeps its folders, of any
 * other the last part is the name.
 * @param {string} file
 * @param {string} base
 */
function pathOf(file, base) {
  const isInside = !/^[a-z][a-z\d+.-]*:|^\/|(^|\/)\.\.(\/|$)/i.test(file);
  if (isInside) return decoded(file.replace(/[?#].*$/, '').replace(/^(\.\/)+/, ''));
  const { pathname } = new URL(file, base);
  return decoded(pathname.slice(pathname.lastIndexOf('/') + 1));
}

/** @param {string} name in which a `%` may be just that */
function decoded(name) {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** @param {string} address */
async function download(address) {
  const response = await fetch(address).catch((error) => { throw new Error(`${address}: ${error.message}`); });
  if (!response.ok) throw new Error(`${address}: ${response.status} ${response.statusText}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** For a NameError: finds the earlier code that would define the name, by Python's own parser. */

import { importPython } from './boot-pyodide.js';

/**
 * Adds the earlier code that would define the missing name; where that can't be found out, nothing.
 * @param {import('./boot-pyodide.js').Pyodide} pyodide
 * @param {import('../run/protocol.js').Failed} failed
 * @param {import('../run/protocol.js').RunRequest} request
 */
export async function search(pyodide, failed, { earlier }) {
  const { nearest } = await importPython(pyodide, 'find_definition');
  failed.definer = nearest(failed.name, JSON.stringify(earlier));
}

/** Modules that Python doesn't find while code runs: what Pyodide's distribution has is brought while Python waits. */

import { importPython } from './boot-pyodide.js';

/**
 * @typedef {import('./boot-pyodide.js').Pyodide} Pyodide
 * @typedef {{ find_spec: Function, connect(load: (name: string) => Promise<void>, wait: object): void }} Finder
 */

let isConnected = false;

/**
 * Gives module_finder.py the function that Python asks; without it Python's own error stands.
 * @param {Pyodide} pyodide
 * @param {{ find_needed: Function }} asking
 * @param {(phase: import('../run/protocol.js').Phase, detail?: string) => unknown} progress
 * @param {(value: string) => void} show a value, as JSON
 * @returns {Promise<boolean>} whether it's there
 */
export async function connect(pyodide, asking, progress, show) {
  if (isConnected) return true;
  /** @type {Finder} */
  const finder = await importPython(pyodide, 'missing_module');
  finder.connect(async (name) => {
    const { supplyPackage } = await import('./requirements.js');
    await supplyPackage(pyodide, name, progress, show);
    progress('running');
  }, pyodide.pyimport('pyodide.ffi').run_sync);
  asking.find_needed = finder.find_spec;
  return isConnected = true;
}

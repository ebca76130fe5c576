/** Which code would define a name, as Python sees it; comes with the first name that isn't defined. */

import { bring } from './interpreter.js';

/** @type {{ nearest(name: string | null, codes: string): string | undefined } | undefined} */
let definitions;

/**
 * Adds the earlier code that would define the missing name; where that can't be found out, nothing.
 * @param {import('./interpreter.js').Pyodide} pyodide
 * @param {import('./protocol.js').Failed} failed
 * @param {import('./protocol.js').RunRequest} request
 */
export async function search(pyodide, failed, { earlier }) {
  try {
    definitions ??= await bring(pyodide, 'definitions');
    failed.definer = definitions?.nearest(failed.name, JSON.stringify(earlier));
  } catch {
    // The error shows without an offer.
  }
}

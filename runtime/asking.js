/** How `input()` waits for the reader: on shared memory where the page is isolated, else Python is suspended. */

import { readText } from './interpreter.js';

/** @typedef {import('./protocol.js').Shared} Shared */

/** @type {(line: string | null) => void} */
let answered = () => {};

/** @param {string | null} line */
export const answer = (line) => answered(line);

let isConnected = false;

/**
 * Gives code an `input` that asks.
 * @param {import('./interpreter.js').Pyodide} pyodide
 * @param {Shared | null} shared
 * @param {(prompt: string) => void} put puts a question to the reader
 */
export async function letAsk(pyodide, shared, put) {
  if (isConnected) return;
  pyodide.FS.writeFile('pyfence_input.py', await readText('input.py'));
  const { connect } = pyodide.pyimport('pyfence_input');
  if (shared) connect((/** @type {string} */ prompt) => waitForAnswer(shared, () => put(prompt)), undefined);
  else connect((/** @type {string} */ prompt) => promiseOfAnswer(() => put(prompt)), pyodide.pyimport('pyodide.ffi'));
  isConnected = true;
}

/**
 * @param {() => void} put
 * @returns {Promise<string | undefined>} the line; undefined, which is Python's None, for none
 */
function promiseOfAnswer(put) {
  return new Promise((resolve) => {
    answered = (line) => resolve(line ?? undefined);
    put();
  });
}

/**
 * @param {Shared} shared
 * @param {() => void} put
 * @returns {string | undefined}
 */
function waitForAnswer({ answered, answer }, put) {
  Atomics.store(answered, 0, 0);
  put();
  Atomics.wait(answered, 0, 0);
  const length = Atomics.load(answered, 0) - 1;
  return length < 0 ? undefined : new TextDecoder().decode(answer.slice(0, length));
}

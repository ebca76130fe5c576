/** How `input()` waits for the reader: on shared memory where the page is isolated, else Python is suspended. */

import { bring } from './interpreter.js';

/** @typedef {import('./protocol.js').Shared} Shared */

/** @type {Map<number, (line: string | null) => void>} who waits, by the question's key; more than one task may */
const waiting = new Map();

let questions = 0;

/**
 * @param {number} key of the question
 * @param {string | null} line
 */
export function answer(key, line) {
  waiting.get(key)?.(line);
  waiting.delete(key);
}

let isConnected = false;

/** @typedef {(prompt: string, key: number) => void} Put puts a question to the reader */

/**
 * Gives code an `input` that asks.
 * @param {import('./interpreter.js').Pyodide} pyodide
 * @param {Shared | null} shared
 * @param {Put} put
 */
export async function letAsk(pyodide, shared, put) {
  if (isConnected) return;
  const { connect } = await bring(pyodide, 'input');
  if (shared) connect((/** @type {string} */ prompt) => waitForAnswer(shared, put, prompt), undefined);
  else connect((/** @type {string} */ prompt) => promiseOfAnswer(put, prompt), pyodide.pyimport('pyodide.ffi'), 'Suspending' in WebAssembly);
  isConnected = true;
}

/**
 * @param {Put} put
 * @param {string} prompt
 * @returns {Promise<string | undefined>} the line; undefined, which is Python's None, for none
 */
function promiseOfAnswer(put, prompt) {
  return new Promise((resolve) => {
    waiting.set(++questions, (line) => resolve(line ?? undefined));
    put(prompt, questions);
  });
}

/**
 * @param {Shared} shared
 * @param {Put} put
 * @param {string} prompt
 * @returns {string | undefined}
 */
function waitForAnswer({ answered, answer }, put, prompt) {
  answered.set([0, ++questions]);
  put(prompt, questions);
  Atomics.wait(answered, 0, 0);
  const length = Atomics.load(answered, 0) - 1;
  return length < 0 ? undefined : new TextDecoder().decode(answer.slice(0, length));
}

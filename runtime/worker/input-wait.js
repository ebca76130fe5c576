/**
 * How `input()` waits for the reader. On a cross-origin isolated page the worker blocks on shared memory
 * (Atomics.wait); elsewhere Python is suspended by WebAssembly JavaScript Promise Integration, where a browser has it
 * (https://github.com/WebAssembly/js-promise-integration).
 */

import { importPython } from './boot-pyodide.js';

/** @typedef {import('../run/protocol.js').Shared} Shared */

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

/** @typedef {(prompt: string, isSecret: boolean, key: number) => void} Put puts a question to the reader */

/**
 * Gives a run an `input` that asks; what is left of a line that an earlier one took goes.
 * @param {import('./boot-pyodide.js').Pyodide} pyodide
 * @param {Shared | null} shared
 * @param {Put} put
 */
export async function letAsk(pyodide, shared, put) {
  const { connect } = await importPython(pyodide, 'input');
  if (shared) connect((/** @type {string} */ prompt, /** @type {boolean} */ isSecret) => waitForAnswer(shared, put, prompt, isSecret), undefined);
  else connect((/** @type {string} */ prompt, /** @type {boolean} */ isSecret) => promiseOfAnswer(put, prompt, isSecret), pyodide.pyimport('pyodide.ffi'), 'Suspending' in WebAssembly);
}

/**
 * @param {Put} put
 * @param {string} prompt
 * @param {boolean} isSecret
 * @returns {Promise<string | undefined>} the line; undefined, which is Python's None, for none
 */
function promiseOfAnswer(put, prompt, isSecret) {
  return new Promise((resolve) => {
    waiting.set(++questions, (line) => resolve(line ?? undefined));
    put(prompt, isSecret, questions);
  });
}

/**
 * @param {Shared} shared
 * @param {Put} put
 * @param {string} prompt
 * @param {boolean} isSecret
 * @returns {string | undefined}
 */
function waitForAnswer({ answered, answer }, put, prompt, isSecret) {
  answered.set([0, ++questions]);
  put(prompt, isSecret, questions);
  Atomics.wait(answered, 0, 0);
  const length = Atomics.load(answered, 0) - 1;
  return length < 0 ? undefined : new TextDecoder().decode(answer.slice(0, length));
}

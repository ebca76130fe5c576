/** How `input()` waits for the reader: on shared memory where the page is isolated, else Python is suspended. */

/** @typedef {import('./protocol.js').Shared} Shared */

/** @type {(line: string | null) => void} */
let answered = () => {};

/** @param {string | null} line */
export const answer = (line) => answered(line);

/**
 * The line that comes next; undefined, which is Python's None, for none.
 * @returns {Promise<string | undefined>}
 */
export function promiseOfAnswer() {
  return new Promise((resolve) => { answered = (line) => resolve(line ?? undefined); });
}

/**
 * @param {Shared} shared
 * @param {() => void} put puts the question to the reader
 * @returns {string | undefined}
 */
export function waitForAnswer({ answered, answer }, put) {
  Atomics.store(answered, 0, 0);
  put();
  Atomics.wait(answered, 0, 0);
  const length = Atomics.load(answered, 0) - 1;
  return length < 0 ? undefined : new TextDecoder().decode(answer.slice(0, length));
}

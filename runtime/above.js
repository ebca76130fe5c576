/** The earlier blocks of a session: what a later one builds on. */

/** @typedef {import('./pyfence.js').PyodideBlock} PyodideBlock */

/** The blocks that a reader sees, in the order of the page. */
export function shownBlocks() {
  return /** @type {PyodideBlock[]} */ ([...document.querySelectorAll('pyodide-block:not([hidden])')]);
}

/**
 * The blocks of the session that stand before this one.
 * @param {PyodideBlock} block
 */
export function above(block) {
  const all = shownBlocks();
  return all.slice(0, all.indexOf(block)).filter(({ session }) => session === block.session);
}

/** @type {WeakMap<PyodideBlock, string>} the code of each block that came through in this Python */
let ran = new WeakMap();

/**
 * @param {PyodideBlock} block that came through
 * @param {string} code as it ran
 */
export function noteRun(block, code) {
  ran.set(block, code);
}

/** What ran is gone with its Python. */
export function forgetRuns() {
  ran = new WeakMap();
}

/** @param {PyodideBlock} block as its code stands now */
export const hasRun = (block) => ran.get(block) === block.code;

/**
 * Runs blocks one after the other; those behind one that doesn't come through are stopped.
 * @param {PyodideBlock[]} blocks
 */
export function runInOrder(blocks) {
  let before = Promise.resolve(true);
  for (const block of blocks) before = block.run(before).then(() => block.state === 'done');
}

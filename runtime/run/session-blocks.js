/** The blocks of a session in the order of the page: which stand above one, which have run. */

/** @typedef {import('../pyfence.js').PyodideBlock} PyodideBlock */

/** The blocks that a reader sees, in the order of the page. */
export function shownBlocks() {
  return /** @type {PyodideBlock[]} */ ([...document.querySelectorAll('pyodide-block:not([hidden])')]);
}

/**
 * The blocks of the session that stand before this one.
 * @param {PyodideBlock} block
 */
export function blocksAbove(block) {
  const all = shownBlocks();
  return all.slice(0, all.indexOf(block)).filter(({ session }) => session === block.session);
}

/**
 * The set-up code of the block's session, wherever it stands in the page.
 * @param {PyodideBlock} block
 */
export function hiddenBlocks(block) {
  const hidden = /** @type {PyodideBlock[]} */ ([...document.querySelectorAll('pyodide-block[hidden]')]);
  return hidden.filter((other) => other !== block && other.session === block.session);
}

/** @type {WeakMap<PyodideBlock, string>} the code of each block that ended without an error in this Python */
let ran = new WeakMap();

/**
 * @param {PyodideBlock} block that ended without an error
 * @param {string} code as it ran
 */
export function noteRun(block, code) {
  ran.set(block, code);
}

/** To be called when the worker has ended, and with it what the sessions held. */
export function forgetRuns() {
  ran = new WeakMap();
}

/** @param {PyodideBlock} block as its code stands now */
export const hasRun = (block) => ran.get(block) === block.code;

/**
 * Edits that stay in this browser. They belong to a place in the site and to what the author wrote there, or,
 * where a block has an `id`, to that: such edits outlive a new version of the author's code.
 * A browser that keeps nothing, or is full, is no error.
 */

import { noteEdits } from './editing.js';

/** @typedef {import('./pyfence.js').Inside} Inside */

/** @type {WeakMap<Inside, string>} where the edits of each block are kept */
const keys = new WeakMap();

/** @param {Inside} inside */
const keyOf = (inside) => keys.get(inside) ?? '';

/** @param {Inside} inside */
export function keep(inside) {
  const { code } = inside.block;
  try {
    if (code === inside.written) localStorage.removeItem(keyOf(inside));
    else localStorage.setItem(keyOf(inside), code);
  } catch {}
}

/**
 * @param {Inside} inside
 * @param {number} twins blocks with the same code that stand before it
 */
export function restore(inside, twins) {
  const { block, written } = inside;
  keys.set(inside, `pyfence ${location.pathname} ${block.id || written}${twins || ''}`);
  const kept = read(inside);
  if (kept === null || block.code !== written) return;
  // Its colours come when the reader turns to it: no edit of long ago loads a highlighter.
  inside.code.textContent = kept;
  noteEdits(inside);
}

/** @param {Inside} inside */
function read(inside) {
  try {
    return localStorage.getItem(keyOf(inside));
  } catch {
    return null;
  }
}

/**
 * Edits that stay in this browser. They belong to a place in the site and to what the author wrote there, or,
 * where a block has an `id`, to that: such edits outlive a new version of the author's code.
 * A browser that keeps nothing, or is full, is no error.
 */

import { noteEdits } from './editing.js';

/** @typedef {import('./pyfence.js').Inside} Inside */

/** @param {Inside} inside */
const keyOf = ({ block, written }) => `pyfence ${location.pathname} ${block.id || written}`;

/** @param {Inside} inside */
export function keep(inside) {
  const { code } = inside.block;
  try {
    if (code === inside.written) localStorage.removeItem(keyOf(inside));
    else localStorage.setItem(keyOf(inside), code);
  } catch {}
}

/** @param {Inside} inside */
export function restore(inside) {
  const kept = read(inside);
  if (kept === null || inside.block.code !== inside.written) return;
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

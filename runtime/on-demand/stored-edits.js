/**
 * The reader's edits of blocks with `persist`, in localStorage. The key is the page's path and the block's `id`, or,
 * where it has none, the author's code: with an `id` edits outlive a new version of that code. Storage that is full
 * or that the browser denies is no error: edits are lost with the page then, as without `persist`.
 */

/** @typedef {import('../pyfence.js').BlockContext} BlockContext */

/** @type {WeakMap<BlockContext, string>} */
const keys = new WeakMap();

/** @type {WeakMap<Element, string>} the author's code of the blocks with `persist` that this page had so far */
const authors = new WeakMap();

/**
 * What is stored for a block, null for nothing.
 * @param {BlockContext} context
 */
export function storedCode(context) {
  const { block, written } = context;
  const key = `pyfence ${location.pathname} ${block.id || written}${duplicatesBefore(context) || ''}`;
  keys.set(context, key);
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** @param {BlockContext} context */
export function storeCode(context) {
  const { code } = context.block;
  const key = keys.get(context);
  if (!key) return;
  try {
    if (code === context.written) localStorage.removeItem(key);
    else localStorage.setItem(key, code);
  } catch {}
}

/**
 * How many blocks with the same code stand before this one: each has edits of its own.
 * @param {BlockContext} context
 */
function duplicatesBefore({ block, written }) {
  authors.set(block, written);
  const all = /** @type {import('../pyfence.js').PyodideBlock[]} */ ([...document.querySelectorAll('pyodide-block[persist]')]);
  // One that hasn't been asked for yet still has its author's code.
  return all.slice(0, all.indexOf(block)).filter((other) => (authors.get(other) ?? other.code) === written).length;
}

/** Prepares a block on which the pointer or the focus stays: a run or an edit is likely then. */

import { once } from '../loader/once.js';
import { optionsOf } from '../loader/options.js';
import { baseOf, packageOf } from '../third-party/manifests.js';
import { python } from './python-client.js';
import { requestOf } from './run.js';
import { savesData } from './saves-data.js';
import { blocksAbove } from './session-blocks.js';

/** @type {Set<Element>} blocks on which the reader has been since the pointer or the focus came */
const warm = new Set();

/** @param {import('../pyfence.js').BlockContext} context */
export async function warmUp(context) {
  const { block } = context;
  // A pointer that moves over a block asks again and again.
  if (warm.has(block)) return;
  warm.add(block);
  block.addEventListener('pointerleave', left);
  block.addEventListener('focusout', left);
  const sharing = import('../share/offer-share.js').then(({ offerShare }) => offerShare(context)).catch(() => {});
  if (blocksAbove(block).length > 0) {
    // It stands left of Share, which would move it.
    Promise.all([import('./in-order.js'), sharing]).then(([{ offerAbove }]) => offerAbove(context)).catch(() => {});
  }
  await Promise.all([savesData() ? preconnect() : begin(block), colour(context.code)]);
}

/** Milliseconds that Python is kept for nobody: the pointer leaves a block for a moment, or for another block. */
const graceMs = 1_000;

/**
 * Fetches Python and boots it. A run finds it under way, and when the reader leaves before, it ends.
 * @param {import('../pyfence.js').PyodideBlock} block
 */
function begin(block) {
  python.begin(optionsOf(block).version, requestOf(block));
}

/** @param {Event} event */
function left({ currentTarget }) {
  warm.delete(/** @type {Element} */ (currentTarget));
  setTimeout(() => {
    if (!document.querySelector('pyodide-block:is(:hover, :focus-within)')) python.giveUp();
  }, graceMs);
}

/**
 * Colours code that nothing coloured at build time.
 * @param {Element} code
 */
async function colour(code) {
  if (code.childElementCount > 0) return;
  const { highlight } = await import('../edit/highlight.js');
  await highlight(code);
}

const preconnect = once(async () => {
  const { origin } = new URL(baseOf(await packageOf('pyodide')));
  const link = document.createElement('link');
  Object.assign(link, { rel: 'preconnect', href: origin, crossOrigin: 'anonymous' });
  document.head.append(link);
});

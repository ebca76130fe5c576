/** What a block looks like and does by itself when its options ask for more than code and buttons. */

import { linesOf } from './look.js';

/**
 * @typedef {import('./pyfence.js').Inside} Inside
 * @typedef {import('./pyfence.js').PyodideBlock} PyodideBlock
 */

/** @param {Inside} inside */
export async function dress(inside) {
  const { block, pre, bar, region, written } = inside;
  if (block.hasAttribute('title')) {
    // The title is there to read; it need not follow the pointer over all of the block.
    for (const part of [pre, bar.element, region]) part.title = '';
  }
  if (block.hasAttribute('height')) {
    const { min, max } = linesOf(block.getAttribute('height'), written);
    pre.style.setProperty('--pyfence-min', `${min}`);
    pre.style.setProperty('--pyfence-max', `${max}`);
  }
  if (block.hasAttribute('linenumbers')) number(inside);
  if (block.hasAttribute('persist')) {
    const twins = twinsOf(inside);
    (await import('./persist.js')).restore(inside, twins);
  }
  if (block.hasAttribute('autorun')) sight.observe(block);
}

/**
 * Numbers the lines of the static code; the stylesheet draws them, so that they are no part of it.
 * @param {Inside} inside
 */
export function number({ block, pre }) {
  pre.dataset.lines = block.code.split('\n').map((/** @type {string} */ _, /** @type {number} */ index) => index + 1).join('\n');
}

/** @type {WeakMap<Element, string>} what the author wrote in blocks that keep edits */
const keeping = new WeakMap();

/**
 * How many blocks that keep edits stand before this one with the same code.
 * @param {Inside} inside
 */
function twinsOf({ block, written }) {
  keeping.set(block, written);
  const all = [...document.querySelectorAll('pyodide-block[persist]')];
  return all.slice(0, all.indexOf(block)).filter((other) => keeping.get(other) === written).length;
}

/** Blocks that come into sight together run in the order of the page: a session builds on what stands above. */
const sight = new IntersectionObserver((entries) => {
  const seen = entries.filter(({ isIntersecting }) => isIntersecting).map(({ target }) => /** @type {PyodideBlock} */ (target));
  seen.sort((one, other) => (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
  for (const block of seen) {
    sight.unobserve(block);
    if (block.state === 'idle') block.run();
  }
});

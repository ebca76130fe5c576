/** What a block looks like and does by itself when its options ask for more than code and buttons. */

import { linesOf } from './look.js';

/** @typedef {import('./pyfence.js').Inside} Inside */

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
  if (block.hasAttribute('persist')) (await import('./persist.js')).restore(inside);
  if (block.hasAttribute('autorun')) runWhenSeen(block);
}

/**
 * Numbers the lines of the static code; the stylesheet draws them, so that they are no part of it.
 * @param {Inside} inside
 */
export function number({ block, pre }) {
  pre.dataset.lines = block.code.split('\n').map((/** @type {string} */ _, /** @type {number} */ index) => index + 1).join('\n');
}

/** @param {import('./pyfence.js').PyodideBlock} block */
function runWhenSeen(block) {
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    observer.disconnect();
    if (block.state === 'idle') block.run();
  });
  observer.observe(block);
}

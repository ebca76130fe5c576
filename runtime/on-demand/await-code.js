/**
 * Code of a block that isn't there yet, or not in its place. The parser calls connectedCallback at the start tag, and a
 * script may fill the element later; scripts of themes put something around every `pre` of a page.
 */

/** @typedef {import('../pyfence.js').PyodideBlock} PyodideBlock */

/** How often code is brought back: a script that insists has its way. */
const mostTimes = 9;

/** @type {WeakMap<PyodideBlock, number>} */
const times = new WeakMap();

/** @param {PyodideBlock} block */
export function awaitCode(block) {
  const isWhole = () => {
    unwrap(block);
    return block.querySelector(':scope > pre > code') !== null;
  };
  const connect = () => { if (block.isConnected && isWhole()) block.connectedCallback(); };
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', connect, { once: true });
  else if (isWhole()) connect();
  else {
    const observer = new MutationObserver(() => {
      if (!isWhole()) return;
      observer.disconnect();
      connect();
    });
    observer.observe(block, { childList: true, subtree: true });
  }
}

/**
 * Takes away what stands around the code, such as a box for a button to copy: the bar has one.
 * @param {PyodideBlock} block
 */
function unwrap(block) {
  const pre = block.querySelector('pre:has(> code)');
  const outermost = [...block.children].find((child) => child !== pre && pre && child.contains(pre));
  const count = (times.get(block) ?? 0) + 1;
  if (!pre || !outermost || count > mostTimes) return;
  times.set(block, count);
  outermost.replaceWith(pre);
}

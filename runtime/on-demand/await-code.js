/**
 * Waits for the code of a block that is connected before it has any: the parser calls connectedCallback at the
 * start tag, and a script may fill the element later.
 */

/** @param {import('../pyfence.js').PyodideBlock} block */
export function awaitCode(block) {
  const isWhole = () => block.querySelector(':scope > pre > code') !== null;
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

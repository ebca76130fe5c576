/** Blocks that enter a page before their code does: the parser or a script is still at them. */

/** @param {import('./pyfence.js').PyodideBlock} block */
export function whenWhole(block) {
  const isWhole = () => block.querySelector(':scope > pre > code') !== null;
  const connect = () => { if (block.isConnected && isWhole()) block.connectedCallback(); };
  // The parser may stand in the middle of the code.
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

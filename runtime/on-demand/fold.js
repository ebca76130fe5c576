/** The option `show="folded"`: the title is a button that shows the code and hides it again. */

import { button } from '../loader/dom.js';
import { strings } from '../loader/strings.js';

/** @param {import('../pyfence.js').BlockContext} context */
export function fold({ block, pre }) {
  /** @param {boolean} isOpen */
  const open = (isOpen) => {
    block.toggleAttribute('data-open', isOpen);
    title.ariaExpanded = `${isOpen}`;
  };
  const title = button('fold', block.title || strings.code, () => open(title.ariaExpanded !== 'true'));
  // A copy of a live block, as client-side routers keep, brings a title that nobody listens to.
  pre.previousElementSibling?.remove();
  pre.before(title);
  open(block.hasAttribute('data-open'));
  // The line that failed is marked in the code.
  block.addEventListener('pyodide-done', (event) => { if (/** @type {CustomEvent} */ (event).detail.state === 'error') open(true); });
}

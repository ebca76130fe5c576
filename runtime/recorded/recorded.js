/** The output that was recorded with the page: it gives way to that of a run, which says so where it is another. */

import { help } from '../run/help.js';
import { recordedStrings } from './strings.js';

/** @param {import('../pyfence.js').BlockContext} context whose region holds it */
export function compareWithRuns(context) {
  const { block, region, written } = context;
  const recorded = region.dataset.recorded;
  // As after a run: output that scrolls must be reachable by Tab (WCAG 2.1.1).
  if (region.scrollHeight > region.clientHeight) {
    region.tabIndex = 0;
    region.role = 'region';
    region.ariaLabel = recordedStrings.output;
  }
  block.addEventListener('pyodide-done', async (event) => {
    const { detail } = /** @type {CustomEvent<import('../run/protocol.js').Outcome>} */ (event);
    // A copy of the page that a router keeps doesn't hold it any more.
    delete region.dataset.recorded;
    if (!recorded || block.code !== written || !/done|error/.test(detail.state)) return;
    const { view } = context;
    const { digestOfOutput, shownOutput } = await import('./shown-output.js');
    const digest = await digestOfOutput(shownOutput(region, detail));
    if (digest && digest !== recorded && context.view === view) region.append(help(recordedStrings.differs, ''));
  });
}

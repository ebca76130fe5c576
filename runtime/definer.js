/** Where a name would come from that isn't defined. */

import { above, hasRun, runInOrder, shownBlocks } from './above.js';
import { button } from './bar.js';
import { remarks } from './remarks.js';
import { help } from './run.js';

/**
 * @param {HTMLElement} told
 * @param {import('./pyfence.js').PyodideBlock} block
 * @param {import('./protocol.js').Failed} failed
 */
export function offerDefiner(told, block, { name, definer: code }) {
  const definer = above(block).findLast((earlier) => earlier.code === code && !hasRun(earlier));
  if (!definer) return;
  told.append(help(
    remarks.definedIn.replace('{name}', `${name}`).replace('{number}', `${shownBlocks().indexOf(definer) + 1}`),
    button('offer', remarks.runBefore, () => runInOrder([definer, block])),
  ));
}

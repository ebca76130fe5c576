/** For a NameError: offers to run the earlier block that would define the name. */

import { button } from '../loader/dom.js';
import { errorStrings } from './error-strings.js';
import { help } from './help.js';
import { runInOrder } from './in-order.js';
import { blocksAbove, hasRun, shownBlocks } from './session-blocks.js';

/**
 * @param {HTMLElement} element
 * @param {import('../pyfence.js').PyodideBlock} block
 * @param {import('./protocol.js').Failed} failed
 */
export function offerDefiner(element, block, { name, definer: code }) {
  const definer = blocksAbove(block).findLast((earlier) => earlier.code === code && !hasRun(earlier));
  if (!definer) return;
  element.append(help(
    errorStrings.definedIn.replace('{name}', `${name}`).replace('{number}', `${shownBlocks().indexOf(definer) + 1}`),
    button('offer', errorStrings.runBefore, () => runInOrder([definer, block])),
  ));
}

/** Where a name would come from that isn't defined. */

import { above, hasRun, runInOrder, shownBlocks } from './above.js';
import { button } from './bar.js';
import { remarks } from './remarks.js';
import { help } from './run.js';

/** @typedef {import('./pyfence.js').PyodideBlock} PyodideBlock */

/**
 * @param {HTMLElement} told
 * @param {PyodideBlock} block
 * @param {string} name that isn't defined
 */
export function offerDefiner(told, block, name) {
  const definer = definerOf(block, name);
  if (!definer) return;
  told.append(help(
    remarks.definedIn.replace('{name}', name).replace('{number}', `${shownBlocks().indexOf(definer) + 1}`),
    button('offer', remarks.runBefore, () => runInOrder([definer, block])),
  ));
}

/**
 * The nearest earlier block that would define a name and hasn't run as it stands.
 * @param {PyodideBlock} block
 * @param {string} name
 */
function definerOf(block, name) {
  const definition = new RegExp([
    `^[ \\t]*(async +)?(def|class) +${name}\\b`,
    `^[ \\t]*([\\w, *()]*[, *(])?${name}\\b[\\w, *()]*(:[^=\\n]+)?=(?!=)`,
    `\\bimport\\b[^\\n]*\\b${name}\\b`,
    `\\b(as|for) +([\\w, ]*[, ])?${name}\\b`,
    `\\b${name} *:=`,
  ].join('|'), 'mu');
  return above(block).findLast((earlier) => !hasRun(earlier) && definition.test(earlier.code));
}

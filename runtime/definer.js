/** Where a name would come from that isn't defined. */

import { above } from './above.js';

/** @typedef {import('./pyfence.js').PyodideBlock} PyodideBlock */

/**
 * The nearest earlier block that would define a name and hasn't run.
 * @param {PyodideBlock} block
 * @param {string} name
 */
export function definerOf(block, name) {
  const definition = new RegExp([
    `^[ \\t]*(async +)?(def|class) +${name}\\b`,
    `^[ \\t]*([\\w, *()]*[, *(])?${name}\\b[\\w, *()]*(:[^=\\n]+)?=(?!=)`,
    `\\bimport\\b[^\\n]*\\b${name}\\b`,
    `\\b(as|for) +([\\w, ]*[, ])?${name}\\b`,
    `\\b${name} *:=`,
  ].join('|'), 'mu');
  return above(block).findLast((earlier) => earlier.state !== 'done' && definition.test(earlier.code));
}

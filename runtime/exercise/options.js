/** The options of exercises and of their parts, beside those that every block may have (`loader/options.js`). */

import { optionsFrom } from '../loader/options.js';

export const exerciseKinds = /** @type {const} */ ({
  exercise: 'text',
  check: 'text',
  hint: 'text',
  solution: 'text',
  attempts: 'text',
  forbid: 'list',
  require: 'list',
  stdin: 'list',
  timelimit: 'text',
});

/**
 * Those of an exercise, or of one of its parts.
 * @param {Element} element
 */
export const exerciseOptionsOf = (element) => optionsFrom(element, exerciseKinds);

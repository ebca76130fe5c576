/** A line of help below an output. */

import { part } from '../loader/dom.js';

/**
 * A text and what the reader can do.
 * @param {string} text
 * @param {HTMLElement | string} offer
 */
export function help(text, offer) {
  const line = part('div', 'help');
  line.append(text, offer);
  return line;
}

/** How a run that failed is told: the line that failed, the traceback with foreign frames folded, and what may help. */

import { above, runInOrder } from './above.js';
import { button, part } from './bar.js';
import { messages } from './messages.js';

/**
 * @typedef {import('./pyfence.js').PyodideBlock} PyodideBlock
 * @typedef {import('./protocol.js').Failed} Failed
 */

/**
 * Marks the line that failed; null for none.
 * @param {import('./pyfence.js').Inside} inside
 * @param {number | null} line
 */
export function mark(inside, line) {
  inside.marked = line;
  inside.editor?.mark(line);
  if (line) inside.pre.style.setProperty('--pyfence-marked', `${line}`);
  else inside.pre.style.removeProperty('--pyfence-marked');
}

/**
 * @param {PyodideBlock} block
 * @param {Failed} failed
 * @returns {HTMLElement}
 */
export function tellError(block, { parts, name }) {
  const told = part('div', 'error');
  const last = parts.length - 1;
  told.append(...parts.map(({ text, foreign }, place) => (foreign ? folded(text) : place === last ? text.trimEnd() : text)));
  if (name !== null) import('./definer.js').then(({ offerDefiner }) => offerDefiner(told, block, name), () => {});
  return told;
}

/**
 * Something could not be had.
 * @param {PyodideBlock} block
 * @param {string} reason
 */
export function tellDownload(block, reason) {
  const told = part('div', 'error');
  told.append(`${messages.download}\n${reason}`, help('', button('offer', messages.retry, () => block.run())));
  return told;
}

/**
 * The variables of all sessions are gone.
 * @param {PyodideBlock} block
 * @param {string} how
 */
export function tellLoss(block, how) {
  const told = part('div', 'error');
  told.append(how);
  const earlier = above(block);
  if (earlier.length > 0) told.append(help('', button('offer', messages.runAboveAgain, () => runInOrder(earlier))));
  return told;
}

/** @param {string} frames */
function folded(frames) {
  const count = frames.match(/^ {2}File "/gm)?.length ?? 1;
  const details = document.createElement('details');
  const summary = document.createElement('summary');
  summary.append(messages.frames.replace('{count}', `${count}`));
  details.append(summary, frames.trimEnd());
  return details;
}

/**
 * @param {string} text
 * @param {HTMLElement} offer
 */
export function help(text, offer) {
  const line = part('div', 'help');
  line.append(text, offer);
  return line;
}

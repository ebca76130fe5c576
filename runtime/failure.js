/** How a run that failed is told: the traceback with foreign frames folded, and what may help. */

import { above, runInOrder } from './above.js';
import { button } from './bar.js';
import { messages } from './messages.js';
import { remarks } from './remarks.js';
import { help } from './run.js';

/**
 * @typedef {import('./pyfence.js').PyodideBlock} PyodideBlock
 * @typedef {import('./protocol.js').TracePart} TracePart
 */

/**
 * @param {HTMLElement} told to be filled
 * @param {PyodideBlock} block
 * @param {Exclude<import('./protocol.js').Outcome, { state: 'done' | 'download' }>} outcome
 */
export function tellFailure(told, block, outcome) {
  if (outcome.state === 'error') {
    told.replaceChildren(...outcome.parts.map(drawn));
    const { name } = outcome;
    if (name !== null) import('./definer.js').then(({ offerDefiner }) => offerDefiner(told, block, name), () => {});
  } else {
    told.replaceChildren(outcome.state === 'lost' ? `${messages.lost}\n${outcome.text}` : remarks.stoppedAndLost);
    const earlier = above(block);
    if (earlier.length > 0) told.append(help('', button('offer', remarks.runAboveAgain, () => runInOrder(earlier))));
  }
}

/**
 * @param {TracePart} part
 * @param {number} place
 * @param {TracePart[]} parts
 */
function drawn({ text, foreign }, place, parts) {
  if (foreign) return folded(text);
  return place === parts.length - 1 ? text.trimEnd() : text;
}

/** @param {string} frames */
function folded(frames) {
  const count = frames.match(/^[ |]*File "/gm)?.length ?? 1;
  const details = document.createElement('details');
  const summary = document.createElement('summary');
  summary.append(remarks.frames.replace('{count}', `${count}`));
  details.append(summary, frames.trimEnd());
  return details;
}

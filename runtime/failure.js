/** How a run that failed is told: the traceback with foreign frames folded, the line marked, and what may help. */

import { above, runInOrder } from './above.js';
import { button } from './bar.js';
import { mark } from './mark.js';
import { messages } from './messages.js';
import { remarks } from './remarks.js';
import { help } from './run.js';

/**
 * Frames of the standard library, of packages and of ours, also within a group of exceptions.
 * The place of a syntax error is none: it is in no function.
 */
const foreign = /(?:^([ |]*)File "(?:\/lib\/python|<frozen |[^"\n]*\/pyfence_)[^"\n]*", line \d+, in .*\n(?:\1[ [].*\n)*)+/gm;

/**
 * @param {HTMLElement} told to be filled
 * @param {import('./pyfence.js').Inside} inside
 * @param {Exclude<import('./protocol.js').Outcome, { state: 'done' | 'download' }>} outcome
 * @param {string} code as it ran
 */
export function tellFailure(told, inside, outcome, code) {
  const { block } = inside;
  if (outcome.state === 'error') {
    told.replaceChildren(...folded(outcome.text));
    if (outcome.line && block.code === code) showLine(inside, outcome.line);
    if (outcome.definer) import('./definer.js').then(({ offerDefiner }) => offerDefiner(told, block, outcome), () => {});
  } else {
    told.replaceChildren(outcome.state === 'lost' ? `${messages.lost}\n${outcome.text}` : remarks.stoppedAndLost);
    const earlier = above(block);
    if (earlier.length > 0) told.append(help('', button('offer', remarks.runAboveAgain, () => runInOrder(earlier))));
  }
}

/** @param {string} text of a traceback */
function folded(text) {
  const pieces = [];
  let end = 0;
  for (const { 0: frames, index } of text.matchAll(foreign)) {
    pieces.push(text.slice(end, index), fold(frames));
    end = index + frames.length;
  }
  return [...pieces, text.slice(end).trimEnd()];
}

/** @param {string} frames */
function fold(frames) {
  const count = frames.match(/^[ |]*File "/gm)?.length;
  const details = document.createElement('details');
  const summary = document.createElement('summary');
  summary.append(remarks.frames.replace('{count}', `${count}`));
  details.append(summary, frames.trimEnd());
  return details;
}

/**
 * Marks the line that failed, and brings it into view within the code.
 * @param {import('./pyfence.js').Inside} inside
 * @param {number} line
 */
function showLine(inside, line) {
  mark(inside, line);
  inside.editor?.reveal(line);
  const { pre } = inside;
  const { lineHeight, paddingTop } = getComputedStyle(pre);
  const height = parseFloat(lineHeight);
  const top = parseFloat(paddingTop) + (line - 1) * height;
  const isSeen = pre.scrollTop <= top && top + height <= pre.scrollTop + pre.clientHeight;
  if (!isSeen) pre.scrollTop = top - pre.clientHeight / 2;
}

/** Shows an error: the traceback with the frames of other code folded, the line that failed marked, and offers that help. */

import { button } from '../loader/dom.js';
import { within } from '../loader/within.js';
import { errorStrings } from './error-strings.js';
import { help } from './help.js';
import { runInOrder } from './in-order.js';
import { markLine } from './marked-line.js';
import { blocksAbove } from './session-blocks.js';
import { runStrings } from './strings.js';

/**
 * Frames of the standard library and of packages, also within an exception group. The place of a SyntaxError looks
 * like a frame without `, in`: it isn't one.
 */
const foreignFrames = /(?:^([ |]*)File "(?:\/lib\/python|<frozen )[^"\n]*", line \d+, in .*\n(?:\1[ [].*\n)*)+/gm;

/** Types of the errors that come of what a browser can't do, among others. */
const mayBeLimit = /^(.*Import|ModuleNotFound|OS|BlockingIO|Recursion|.*Connection.*|Timeout|Runtime|Attribute|NotImplemented|.*URL|HTTP)Error$|Exception$|gaierror/;

/** How long the end of a run waits for files that help with its error: a network that falls silent must not keep the block busy. */
const helpTimeoutMs = 3_000;

/**
 * Resolves when all that helps is there.
 * @param {HTMLElement} element with the plain text
 * @param {import('../pyfence.js').BlockContext} context
 * @param {Exclude<import('./protocol.js').Outcome, { state: 'done' }>} outcome
 * @param {string} code as it ran
 */
export async function showError(element, context, outcome, code) {
  const { block } = context;
  /** @type {Promise<unknown>[]} each of a file that the error stands without, too */
  const helps = [];
  if (outcome.state === 'error') {
    element.replaceChildren(...folded(outcome.text));
    if (/[\u1100-\u{3fffd}]/u.test(outcome.text)) helps.push(import('./wide-characters.js').then(({ alignMarks }) => alignMarks(element)));
    if (outcome.line && block.code === code) showLine(context, outcome.line);
    if (outcome.definer) helps.push(import('./missing-name.js').then(({ offerDefiner }) => offerDefiner(element, block, outcome)));
    if (outcome.type === 'SyntaxError' && outcome.line) {
      const line = code.split('\n')[outcome.line - 1].trim();
      helps.push(import('../explain/notebook-habits.js').then(({ explainHabit }) => explainHabit(element, line)));
    }
  } else if (outcome.state !== 'unavailable') {
    element.replaceChildren(outcome.state === 'lost' ? `${runStrings.lost}\n${outcome.text}` : errorStrings.stoppedAndLost);
  }
  const isExplained = outcome.state === 'error' ? outcome.missing || outcome.refusal || outcome.name === 'get_ipython' || mayBeLimit.test(outcome.type) || /'(coroutine|\w*(Future|Task))'/.test(outcome.text)
    : outcome.state !== 'stopped';
  if (isExplained) {
    helps.push(import('../explain/explain-error.js').then(({ explainError }) => explainError(element, block, outcome, code)));
  }
  await within(helpTimeoutMs, Promise.allSettled(helps));
  const earlier = /lost|stopped/.test(outcome.state) ? blocksAbove(block) : [];
  if (earlier.length > 0) element.append(help('', button('offer', errorStrings.runAboveAgain, () => runInOrder(earlier))));
}

/** @param {string} text of a traceback */
function folded(text) {
  const pieces = [];
  let end = 0;
  for (const { 0: frames, index } of text.matchAll(foreignFrames)) {
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
  summary.append(errorStrings.frames.replace('{count}', `${count}`));
  details.append(summary, frames.trimEnd());
  return details;
}

/**
 * Marks the line that failed, and brings it into view within the code.
 * @param {import('../pyfence.js').BlockContext} context
 * @param {number} line
 */
function showLine(context, line) {
  markLine(context, line);
  context.editor?.reveal(line);
  const { pre, code } = context;
  // The mark stands at a line of those that are shown.
  if (code.querySelector('[hidden]')) {
    import('../on-demand/hidden-lines.js').then(({ shownLines }) => {
      const place = shownLines(code).indexOf(line) + 1;
      pre.toggleAttribute('data-marked', place > 0);
      pre.style.setProperty('--pyfence-marked', `${place}`);
    }, () => {});
  }
  const { lineHeight, paddingTop } = getComputedStyle(pre);
  const height = parseFloat(lineHeight);
  const top = parseFloat(paddingTop) + (line - 1) * height;
  const isSeen = pre.scrollTop <= top && top + height <= pre.scrollTop + pre.clientHeight;
  if (!isSeen) pre.scrollTop = top - pre.clientHeight / 2;
}

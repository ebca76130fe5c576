/** One run of a block: from its code to what the reader sees. */

import { above, forgetRuns, hasRun, noteRun, shownBlocks } from './above.js';
import { button, part } from './bar.js';
import { mark } from './mark.js';
import { messages } from './messages.js';
import { OutputView } from './output.js';
import { python } from './session.js';

/**
 * @typedef {import('./protocol.js').Outcome} Outcome
 * @typedef {import('./protocol.js').Piece} Piece
 * @typedef {import('./pyfence.js').Inside} Inside
 * @typedef {import('./pyfence.js').PyodideBlock} PyodideBlock
 */

/** Milliseconds; a stage that is over sooner isn't told. */
const noticeable = 200;

/**
 * @param {Inside} inside
 * @param {AbortSignal} signal stops the run
 * @param {Promise<boolean>} [before] comes true when it may begin
 * @returns {Promise<Outcome>}
 */
export async function run(inside, signal, before) {
  const { block, region, bar: { status } } = inside;
  if (before && !await isTurn(inside, signal, before)) return { state: 'stopped', lost: false };
  const { code } = block;
  const number = shownBlocks().indexOf(block) + 1;
  const view = freshView(inside, number);
  offerClear(inside);
  const over = new AbortController();
  const listener = listenerOf(inside, view, AbortSignal.any([signal, over.signal]));
  const outcome = await python.run(requestOf(block, number), block.getAttribute('version'), signal, listener);
  over.abort();
  delete status.dataset.coming;
  if (outcome.state === 'done') {
    noteRun(block, code);
    if (outcome.value) view.showValue(outcome.value, true);
  }
  if (outcome.state === 'lost' || (outcome.state === 'stopped' && outcome.lost)) forgetRuns();
  await view.settled();
  await tell(inside, outcome, code);
  region.style.minHeight = '';
  // One more stop for the Tab key where there's something to scroll, and nowhere else.
  region.tabIndex = region.scrollHeight > region.clientHeight ? 0 : -1;
  return outcome;
}

/**
 * Whether it comes to this run, after those that it waits for.
 * @param {Inside} inside
 * @param {AbortSignal} signal
 * @param {Promise<boolean>} before
 */
async function isTurn({ show }, signal, before) {
  show('loading', messages.queued, noticeable);
  const isFree = await Promise.race([before, new Promise((stop) => { signal.onabort = () => stop(false); })]);
  if (!isFree) show('idle', messages.stopped);
  return isFree;
}

/**
 * An empty place for the output, with a name of its own among those of the page.
 * @param {Inside} inside
 * @param {number} number
 */
function freshView(inside, number) {
  const { block, region, bar } = inside;
  region.setAttribute('role', 'region');
  region.setAttribute('aria-label', `${messages.output} ${number} ${block.title}`);
  region.tabIndex = -1;
  // What stands below doesn't jump while the old output makes room for the new one.
  region.style.minHeight = `${region.offsetHeight}px`;
  // What the reader pressed there goes with it.
  if (region.contains(document.activeElement)) bar.run.focus();
  region.replaceChildren();
  mark(inside, null);
  return inside.view = new OutputView(region, block.getAttribute('output') === 'text');
}

/**
 * @param {PyodideBlock} block
 * @param {number} number
 * @returns {import('./protocol.js').RunRequest}
 */
const requestOf = (block, number) => ({
  session: block.session,
  base: document.baseURI,
  setUp: hiddenBlocks(block).map((hidden, index) => pieceOf(hidden, `<block set-up ${index + 1}>`)),
  earlier: above(block).filter((other) => !hasRun(other)).map(({ code }) => code),
  block: pieceOf(block, `<block ${number}>`),
});

/**
 * @param {Inside} inside
 * @param {OutputView} view
 * @param {AbortSignal} signal takes questions back: the run is stopped, or over
 * @returns {import('./session.js').Listener}
 */
const listenerOf = ({ block, region, show, fire, bar: { status } }, view, signal) => ({
  progress(stage, detail) {
    // Sizes are for the eye: spoken, they would never end.
    if (stage === 'coming') status.dataset.coming = messages.installing.replace('{detail}', detail);
    else if (stage === 'arriving') status.dataset.coming = `${messages.loading} ${detail}`;
    else {
      delete status.dataset.coming;
      show(stage === 'running' ? 'running' : 'loading', messages[stage].replace('{detail}', detail), noticeable);
    }
  },
  output(stream, text) {
    view.take({ kind: stream, text });
    fire('pyodide-output', { stream, text });
  },
  value(value) {
    view.showValue(value);
  },
  async question(question) {
    try {
      const { ask } = await import('./ask.js');
      await view.settled();
      await ask(question, region, signal, block.contains(document.activeElement));
    } catch (error) {
      // Nobody can answer: no reason to wait.
      view.take({ kind: 'stderr', text: `${error}\n` });
      block.stop();
    }
  },
});

/** @param {Inside} inside */
function offerClear(inside) {
  const { block, bar, show } = inside;
  if (bar.element.querySelector('.pyfence-clear')) return;
  // Each button has its place, whichever comes first.
  (bar.element.querySelector('.pyfence-above') ?? bar.copy).before(button('clear', messages.clear, () => {
    inside.view?.clear();
    mark(inside, null);
    bar.run.focus();
    if (!/loading|running/.test(block.state)) show('idle', '');
  }));
}

/**
 * The set-up code of the block's session, wherever it stands in the page.
 * @param {PyodideBlock} block
 */
function hiddenBlocks(block) {
  const hidden = /** @type {PyodideBlock[]} */ ([...document.querySelectorAll('pyodide-block[hidden]')]);
  return hidden.filter((other) => other !== block && other.session === block.session);
}

/**
 * @param {PyodideBlock} block
 * @param {string} filename
 * @returns {Piece}
 */
function pieceOf(block, filename) {
  return {
    code: block.code,
    filename,
    install: block.getAttribute('install'),
    files: block.getAttribute('files'),
    autoload: block.getAttribute('autoload') !== 'no',
  };
}

/**
 * @param {Inside} inside
 * @param {Outcome} outcome
 * @param {string} code as it ran
 */
async function tell(inside, outcome, code) {
  const { block, region, show } = inside;
  if (outcome.state === 'done') {
    show('done', messages.done);
    return;
  }
  if (outcome.state === 'stopped' && !outcome.lost) {
    show('idle', messages.stopped);
    return;
  }
  const told = part('div', 'error');
  region.append(told);
  if (outcome.state === 'download') {
    told.append(`${messages.download}\n${outcome.text}`, help('', button('offer', messages.retry, () => block.run())));
  } else {
    told.append(outcome.state === 'error' ? outcome.text : messages[outcome.state]);
    // Without it the plain text stays.
    await import('./failure.js').then(({ tellFailure }) => tellFailure(told, inside, outcome, code), () => {});
  }
  region.scrollTop = region.scrollHeight;
  show(outcome.state === 'stopped' ? 'idle' : 'error', messages[outcome.state]);
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

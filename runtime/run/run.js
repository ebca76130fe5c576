/** One run of a block: from its code to what the reader sees. */

import { button, part } from '../loader/dom.js';
import { help } from './help.js';
import { optionsOf } from '../loader/options.js';
import { OutputView } from '../output/output-view.js';
import { markLine } from './marked-line.js';
import { pieceOf } from './pieces.js';
import { python } from './python-client.js';
import { blocksAbove, hasRun, hiddenBlocks, noteRun, shownBlocks } from './session-blocks.js';
import { runStrings } from './strings.js';

/**
 * @typedef {import('./protocol.js').Outcome} Outcome
 * @typedef {import('../pyfence.js').BlockContext} BlockContext
 * @typedef {import('../pyfence.js').PyodideBlock} PyodideBlock
 */

/** @param {BlockContext} context whose block the reader turns to */
export const warmUp = async (context) => (await import('./warm-up.js')).warmUp(context);

/** For a reader who ran code on the page before, a moment ago. */
export const expectRun = async () => (await import('../snapshot/next-page.js')).expectRun();

/** A phase that is over sooner isn't announced: a status that flickers can't be read, and a screen reader would read it. */
export const announceDelayMs = 200;

/**
 * @param {BlockContext} context
 * @param {AbortSignal} signal stops the run
 * @param {Promise<boolean>} [before] comes true when it may begin
 * @returns {Promise<Outcome>}
 */
export async function run(context, signal, before) {
  const { block, region, bar: { status } } = context;
  if (before) {
    const { isTurn } = await import('./in-order.js');
    if (!await isTurn(context, signal, before)) return { state: 'stopped', lost: false };
  }
  const { code } = block;
  const view = freshView(context);
  offerClear(context);
  // Until there is something to say: Python may be there.
  context.announce('', announceDelayMs);
  const over = new AbortController();
  const listener = listenerOf(context, view, AbortSignal.any([signal, over.signal]));
  const request = requestOf(block);
  if (document.querySelector('pyodide-block[file]')) (await import('./file-blocks.js')).addFiles(request, block);
  const outcome = await python.run(request, optionsOf(block).version, signal, listener);
  over.abort();
  delete status.dataset.progress;
  if (outcome.state === 'done') {
    // What is checked runs in a copy of its session.
    if (!outcome.results) noteRun(block, code);
    if (outcome.value) view.showValue(outcome.value, { isLast: true });
  }
  await view.settled();
  await report(context, outcome, code);
  region.style.minHeight = '';
  region.toggleAttribute('data-reserved', false);
  // Output that scrolls must be reachable by Tab (WCAG 2.1.1); other output needs no stop of its own.
  region.tabIndex = region.scrollHeight > region.clientHeight ? 0 : -1;
  return outcome;
}

/** @param {PyodideBlock} block from 1 on, among those that are seen */
const numberOf = (block) => shownBlocks().indexOf(block) + 1;

/**
 * An empty place for the output, with a name of its own among those of the page.
 * @param {BlockContext} context
 */
function freshView(context) {
  const { block, region, bar } = context;
  region.role = 'region';
  region.ariaLabel = `${runStrings.output} ${numberOf(block)} ${block.title}`;
  region.tabIndex = -1;
  // The old height stays reserved while the new output comes, so that what is below doesn't jump up and down.
  region.style.minHeight = `${region.offsetHeight}px`;
  region.toggleAttribute('data-reserved', region.offsetHeight > 0);
  // A focused button of the old output goes with it: the focus would fall back to the page's beginning.
  if (region.contains(document.activeElement)) bar.run.focus();
  region.replaceChildren();
  markLine(context, null);
  return context.view = new OutputView(region, optionsOf(block).output === 'text');
}

/**
 * @param {PyodideBlock} block
 * @returns {import('./protocol.js').RunRequest}
 */
export const requestOf = (block) => ({
  session: block.session,
  base: document.baseURI,
  setUp: hiddenBlocks(block).map((hidden, index) => pieceOf(hidden, `<block set-up ${index + 1}>`)),
  earlier: blocksAbove(block).filter((other) => !hasRun(other)).map(({ code }) => code),
  block: pieceOf(block, `<block ${numberOf(block)}>`),
});

/**
 * @param {BlockContext} context
 * @param {OutputView} view
 * @param {AbortSignal} signal takes questions back: the run is stopped, or over
 * @returns {import('./python-client.js').Listener}
 */
const listenerOf = ({ block, region, show, fire, bar: { status } }, view, signal) => ({
  progress(phase, detail) {
    // Sizes change each second. They are drawn by CSS, out of the live region, which would read out each of them.
    if (phase === 'wheelProgress') status.dataset.progress = runStrings.installing.replace('{detail}', detail);
    else if (phase === 'bootProgress') status.dataset.progress = `${runStrings.loading} ${detail}`;
    else {
      delete status.dataset.progress;
      show(phase === 'running' ? 'running' : 'loading', runStrings[phase].replace('{detail}', detail), announceDelayMs);
    }
  },
  output(stream, text) {
    view.take({ kind: stream, text });
    fire('pyodide-output', { stream, text });
  },
  value: (shown) => view.showValue(shown.value, shown),
  clear(waits) {
    // What comes in its place is about as high: the page stands still meanwhile.
    region.style.minHeight = `${region.offsetHeight}px`;
    view.clear(waits);
  },
  question: (question) => import('./input-field.js').then(({ ask }) => ask(question, block, view, signal)).catch((error) => {
    // Nobody can answer, so Python would wait for ever.
    view.take({ kind: 'stderr', text: `${error}\n` });
    block.stop();
  }),
});

/** @param {BlockContext} context */
function offerClear(context) {
  const { block, bar, show } = context;
  bar.offer('.pyfence-clear', () => button('clear', runStrings.clear, () => {
    context.view?.clear();
    markLine(context, null);
    bar.run.focus();
    if (!/loading|running/.test(block.state)) show('idle', '');
  }));
}

/**
 * Shows how the run ended.
 * @param {BlockContext} context
 * @param {Outcome} outcome
 * @param {string} code as it ran
 */
async function report(context, outcome, code) {
  const { block, region, show } = context;
  if (outcome.state === 'done') {
    const { differences } = outcome;
    if (differences) await import('../explain/differences.js').then(({ tell }) => tell(context, differences)).catch(() => {});
  } else if (outcome.state !== 'stopped' || outcome.lost) {
    const element = part('div', 'error');
    region.append(element);
    if (outcome.state === 'unavailable') {
      element.append(`${runStrings.unavailable}\n${outcome.text}`, help('', button('offer', runStrings.retry, () => block.run())));
    } else element.append(outcome.state === 'error' ? outcome.text : runStrings[outcome.state]);
    // Where this file can't be loaded the plain text stays.
    await import('./error-report.js').then(({ showError }) => showError(element, context, outcome, code), () => {});
    region.scrollTop = region.scrollHeight;
  }
  show(outcome.state === 'done' ? 'done' : outcome.state === 'stopped' ? 'idle' : 'error', runStrings[outcome.state]);
}

// A page whose blocks its reader turns to says so: without a network it is to be there again.
navigator.serviceWorker?.controller?.postMessage('pyodide-block');

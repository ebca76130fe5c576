/** An exercise: a block whose code the reader has checked, with hints, a solution, and progress that is kept. */

import { button, part } from '../loader/dom.js';
import { within } from '../loader/within.js';
import { noteEdits, offerReset } from '../edit/edit.js';
import { loadStyles } from '../edit/styles.js';
import { markLine } from '../run/marked-line.js';
import { makeHelp } from './help-view.js';
import { partsOf } from './parts.js';
import { onReadBack, progressOf, showProgress, storeProgress } from './progress.js';
import { listOfResults } from './results-view.js';
import { exerciseStrings } from './strings.js';

/**
 * @typedef {import('../pyfence.js').BlockContext} BlockContext
 * @typedef {import('../pyfence.js').PyodideBlock} PyodideBlock
 * @typedef {import('../run/protocol.js').Outcome} Outcome
 * @typedef {import('../run/protocol.js').Result} Result
 * @typedef {PyodideBlock & { checks?: import('../run/protocol.js').Wishes }} Exercise while it is checked it has its checks
 */

/** How long an exercise waits for its styles: without them it is plain, and works. */
const stylesTimeoutMs = 3_000;

/** What the page waits beyond the time that a check has: Python ends it by itself where it can. */
const graceSeconds = 2;

/** @type {WeakMap<Element, () => Promise<void>>} what checks each exercise of the page */
const checks = new WeakMap();

// Capturing: before the block takes the keys for those that run it.
document.addEventListener('keydown', (event) => {
  const { key, ctrlKey, metaKey, shiftKey, repeat, target } = event;
  if (key !== 'Enter' || !shiftKey || !(ctrlKey || metaKey)) return;
  const check = target instanceof Element && checks.get(target.closest('pyodide-block') ?? target);
  if (!check) return;
  event.preventDefault();
  event.stopPropagation();
  if (!repeat) check();
}, true);

/**
 * Makes an exercise of a block.
 * @param {BlockContext} context
 */
export async function begin(context) {
  const { block, bar, written } = context;
  await within(stylesTimeoutMs, loadStyles('exercise/exercise.css').catch(() => {}));
  const parts = partsOf(block, `${exerciseStrings.check} {number}`);
  const stored = progressOf(parts.name);
  const progress = stored ?? { code: written, solved: false, attempts: 0, hints: 0, results: [] };

  const isTouched = () => progress.code !== written || progress.solved || progress.attempts > 0 || progress.hints > 0;
  const help = makeHelp(bar, parts, (shown) => { keep({ hints: shown }); });
  const results = part('div', 'verdict');
  const panel = part('div', 'exercise');
  panel.append(results, help.hints, help.solution);
  block.append(panel);
  const press = button('check', exerciseStrings.check, () => check());
  bar.stop.after(press);
  new MutationObserver(() => { press.ariaDisabled = bar.run.ariaDisabled; }).observe(block, { attributeFilter: ['state'] });
  bar.element.addEventListener('click', ({ target }) => { if (target instanceof Element && target.closest('.pyfence-reset')) forget(); });
  context.storeEdits = () => keep({ code: block.code });
  checks.set(block, check);
  Object.assign(block, { check });

  onReadBack(parts.name, (read) => {
    results.replaceChildren();
    block.code = read.code;
    keep(read);
  });

  if (stored && block.code === written && stored.code !== written) {
    // It is coloured when the reader turns to it.
    context.code.textContent = context.text = stored.code;
    await noteEdits(context);
  }
  draw();

  /** @param {Partial<import('./progress.js').Progress>} changed */
  function keep(changed) {
    Object.assign(progress, changed);
    draw();
    storeProgress(parts.name, isTouched() ? progress : null);
  }

  function forget() {
    results.replaceChildren();
    keep({ code: written, solved: false, attempts: 0, hints: 0, results: [] });
  }

  function draw() {
    if (isTouched()) offerReset(context);
    bar.element.classList.toggle('pyfence-edited', isTouched());
    block.toggleAttribute('data-solved', progress.solved);
    help.showHints(progress.hints);
    help.offerSolution(progress.solved || progress.attempts >= parts.attempts);
    showProgress();
  }

  /** Has the code checked as it stands. While a run is under way there is no check. */
  async function check() {
    if (/loading|running/.test(block.state)) return;
    const { code } = block;
    const { outcome, isLate } = await checked(context, parts.wishes);
    const { seconds } = parts.wishes;
    if (isLate) conclude([{ name: null, state: 'late', seconds }], code);
    else if (outcome?.state === 'done') conclude(outcome.results ?? [], code);
    else if (outcome?.state === 'error') conclude(null, code);
  }

  /**
   * @param {Result[] | null} found null where the code itself failed
   * @param {string} code as it was checked
   */
  function conclude(found, code) {
    const { isSolved, said } = verdictOf(found);
    const summary = part('p', 'summary');
    summary.append(said);
    results.dataset.state = isSolved ? 'passed' : 'failed';
    results.replaceChildren(summary, ...found?.length ? [listOfResults(found)] : []);
    const line = found?.find(({ state, line }) => state !== 'passed' && line)?.line;
    if (line && block.code === code) markLine(context, line);
    if (found !== null) context.announce(said);
    // What came with a link is a stranger's: nothing of it is kept.
    if (!block.hasAttribute('data-from-link')) keep({
      code: block.code, solved: progress.solved || isSolved, attempts: progress.attempts + (isSolved ? 0 : 1),
      results: (found ?? []).map(({ name, forbid, require, state }) => ({ name: name ?? forbid ?? require ?? '', passed: state === 'passed' })),
    });
    context.fire('pyodide-checked', { exercise: parts.name, results: found ?? [], solved: isSolved, attempts: progress.attempts });
  }
}

/** @param {Result[] | null} found null where the code itself failed */
function verdictOf(found) {
  if (!found) return { isSolved: false, said: exerciseStrings.notChecked };
  const passed = found.filter(({ state }) => state === 'passed').length;
  const isSolved = passed > 0 && passed === found.length;
  const said = isSolved ? exerciseStrings.solved
    : exerciseStrings.passedOf.replace('{passed}', `${passed}`).replace('{all}', `${found.length}`);
  return { isSolved, said };
}

/**
 * Runs the block with its code checked; ends it where Python can't do so itself.
 * @param {BlockContext} context
 * @param {import('../run/protocol.js').Wishes} wishes
 */
async function checked(context, wishes) {
  const block = /** @type {Exercise} */ (context.block);
  const longest = Math.max(wishes.seconds, ...wishes.checks.map(({ seconds }) => seconds));
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let isLate = false;
  // Set anew with each check that begins.
  const watching = new MutationObserver(() => {
    clearTimeout(timer);
    if (block.state === 'running') timer = setTimeout(() => { isLate = true; block.stop(); }, (longest + graceSeconds) * 1_000);
  });
  watching.observe(block, { attributeFilter: ['state'] });
  /** @type {Outcome | undefined} */
  let outcome;
  const hear = (/** @type {Event} */ event) => { outcome = /** @type {CustomEvent} */ (event).detail; };
  block.addEventListener('pyodide-done', hear);
  block.checks = wishes;
  try {
    await block.run();
  } finally {
    block.checks = undefined;
    block.removeEventListener('pyodide-done', hear);
    watching.disconnect();
    clearTimeout(timer);
  }
  return { outcome, isLate };
}

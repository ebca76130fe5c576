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
  await within(stylesTimeoutMs, loadStyles('exercise/exercise.css').catch(() => {}));
  const exercise = new ExerciseView(context);
  await exercise.restoreCode();
  exercise.draw();
}

class ExerciseView {
  #context;
  #parts;
  #stored;
  #progress;
  #help;
  #results = part('div', 'verdict');

  /** @param {BlockContext} context */
  constructor(context) {
    const { block, bar, written } = context;
    this.#context = context;
    this.#parts = partsOf(block, `${exerciseStrings.check} {number}`);
    this.#stored = progressOf(this.#parts.name);
    this.#progress = this.#stored ?? untouched(written);
    this.#help = makeHelp(bar, this.#parts, (shown) => { this.#keep({ hints: shown }); });
    const panel = part('div', 'exercise');
    panel.append(this.#results, this.#help.hints, this.#help.solution);
    block.append(panel);
    const check = () => this.#check();
    const press = button('check', exerciseStrings.check, check);
    bar.offer('.pyfence-check', () => press);
    new MutationObserver(() => { press.ariaDisabled = bar.run.ariaDisabled; }).observe(block, { attributeFilter: ['state'] });
    bar.element.addEventListener('click', ({ target }) => { if (target instanceof Element && target.closest('.pyfence-reset')) this.#forget(); });
    context.storeEdits = () => this.#keep({ code: block.code });
    checks.set(block, check);
    Object.assign(block, { check });
    onReadBack(this.#parts.name, (read) => {
      this.#results.replaceChildren();
      block.code = read.code;
      this.#keep(read);
    });
  }

  /** Shows the code that the reader left here. */
  async restoreCode() {
    const context = this.#context;
    const stored = this.#stored?.code ?? context.written;
    if (context.block.code !== context.written || stored === context.written) return;
    // It is coloured when the reader turns to it.
    context.code.textContent = context.text = stored;
    await noteEdits(context);
  }

  draw() {
    const { solved, attempts, hints } = this.#progress;
    if (this.#isTouched) offerReset(this.#context);
    this.#context.bar.element.classList.toggle('pyfence-edited', this.#isTouched);
    this.#context.block.toggleAttribute('data-solved', solved);
    this.#help.showHints(hints);
    this.#help.offerSolution(solved || attempts >= this.#parts.attempts);
    showProgress();
  }

  get #isTouched() {
    const { code, solved, attempts, hints } = this.#progress;
    return code !== this.#context.written || solved || attempts > 0 || hints > 0;
  }

  /** @param {Partial<import('./progress.js').Progress>} changed */
  #keep(changed) {
    Object.assign(this.#progress, changed);
    this.draw();
    storeProgress(this.#parts.name, this.#isTouched ? this.#progress : null);
  }

  #forget() {
    this.#results.replaceChildren();
    this.#keep(untouched(this.#context.written));
  }

  /** Has the code checked as it stands. While a run is under way there is no check. */
  async #check() {
    const { block } = this.#context;
    if (/loading|running/.test(block.state)) return;
    const { code } = block;
    const { wishes } = this.#parts;
    const { outcome, isLate } = await checked(this.#context, wishes);
    if (isLate) this.#conclude([{ name: null, state: 'late', seconds: wishes.seconds }], code);
    else if (outcome?.state === 'done') this.#conclude(outcome.results ?? [], code);
    else if (outcome?.state === 'error') this.#conclude(null, code);
  }

  /**
   * @param {Result[] | null} found null where the code itself failed
   * @param {string} code as it was checked
   */
  #conclude(found, code) {
    const { block } = this.#context;
    const { solved, attempts } = this.#progress;
    const { isSolved, said } = verdictOf(found);
    const summary = part('p', 'summary');
    summary.append(said);
    this.#results.dataset.state = isSolved ? 'passed' : 'failed';
    this.#results.replaceChildren(summary, ...found?.length ? [listOfResults(found)] : []);
    const line = found?.find(({ state, line }) => state !== 'passed' && line)?.line;
    if (line && block.code === code) markLine(this.#context, line);
    if (found !== null) this.#context.announce(said);
    // What came with a link is a stranger's: nothing of it is kept.
    if (!block.hasAttribute('data-from-link')) this.#keep({
      code: block.code, solved: solved || isSolved, attempts: attempts + (isSolved ? 0 : 1),
      results: (found ?? []).map(({ name, forbid, require, state }) => ({ name: name ?? forbid ?? require ?? '', passed: state === 'passed' })),
    });
    this.#context.fire('pyodide-checked', { exercise: this.#parts.name, results: found ?? [], solved: isSolved, attempts: this.#progress.attempts });
  }
}

/**
 * @param {string} written the code as the author wrote it
 * @returns {import('./progress.js').Progress}
 */
const untouched = (written) => ({ code: written, solved: false, attempts: 0, hints: 0, results: [] });

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

/** One run of a block: from its code to what the reader sees. */

import { shownBlocks } from './above.js';
import { button } from './bar.js';
import { mark, tellDownload, tellError, tellLoss } from './failure.js';
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
 */
export async function run(inside, signal) {
  const { block, region, show, bar: { status } } = inside;
  region.replaceChildren();
  mark(inside, null);
  offerClear(inside);
  const view = new OutputView(region, block.getAttribute('output') === 'text');
  const request = {
    session: block.session,
    base: document.baseURI,
    setUp: hiddenBlocks(block).map((hidden, index) => pieceOf(hidden, `<block set-up ${index + 1}>`)),
    block: pieceOf(block, `<block ${shownBlocks().indexOf(block) + 1}>`),
  };
  const outcome = await python.run(request, block.getAttribute('version'), signal, {
    progress(stage, detail) {
      // Sizes are for the eye: spoken, they would never end.
      if (stage === 'coming') status.dataset.coming = messages.installing.replace('{detail}', detail);
      else {
        delete status.dataset.coming;
        show(stage === 'running' ? 'running' : 'loading', messages[stage].replace('{detail}', detail), noticeable);
      }
    },
    output(stream, text) {
      view.write(stream, text);
      fire(block, 'pyodide-output', { stream, text });
    },
    value(value) {
      view.showValue(value);
    },
    async question(prompt, answer) {
      const { ask } = await import('./ask.js');
      await view.settled();
      const line = await ask(region, prompt, signal, block.contains(document.activeElement));
      answer(line);
    },
  });
  delete status.dataset.coming;
  await view.settled();
  await tell(inside, outcome, view);
  fire(block, 'pyodide-done', outcome);
}

/** @param {Inside} inside */
function offerClear(inside) {
  const { bar, region, show } = inside;
  if (bar.element.querySelector('.pyfence-clear')) return;
  bar.element.append(button('clear', messages.clear, () => {
    region.replaceChildren();
    if (!inside.busy) show('idle', '');
  }));
}

/**
 * @param {PyodideBlock} block
 * @param {string} type
 * @param {object} detail
 */
function fire(block, type, detail) {
  block.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
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
 * @param {OutputView} view
 */
async function tell(inside, outcome, view) {
  const { block, region, show } = inside;
  if (outcome.state === 'done') {
    if (outcome.value) await view.showValue(outcome.value);
    show('done', messages.done);
    return;
  }
  if (outcome.state === 'stopped' && !outcome.lost) {
    show('idle', messages.stopped);
    return;
  }
  if (outcome.state === 'error') {
    region.append(tellError(block, outcome));
    mark(inside, outcome.line);
  } else if (outcome.state === 'download') region.append(tellDownload(block, outcome.text));
  else if (outcome.state === 'lost') region.append(tellLoss(block, `${messages.lost}\n${outcome.text}`));
  else region.append(tellLoss(block, messages.stoppedAndLost));
  show(outcome.state === 'stopped' ? 'idle' : 'error', messages[outcome.state]);
}

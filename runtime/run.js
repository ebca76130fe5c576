/** One run of a block: from its code to what the reader sees. */

import { button, part } from './bar.js';
import { requirementsOf } from './options.js';
import { OutputView } from './output.js';
import { python } from './session.js';
import { strings } from './strings.js';

/**
 * @typedef {import('./protocol.js').Outcome} Outcome
 * @typedef {import('./element.js').PyodideBlock} PyodideBlock
 *
 * @typedef {object} Stand where a run shows itself
 * @property {HTMLElement} region for the output
 * @property {AbortSignal} signal stops the run
 * @property {(state: import('./element.js').State, text: string, delay?: number) => void} show
 * @property {(type: string, detail: object) => boolean} fire
 */

/** Milliseconds; a stage that is over sooner isn't told. */
const noticeable = 200;

/**
 * @param {PyodideBlock} block
 * @param {Stand} stand
 */
export async function run(block, { region, signal, show, fire }) {
  region.replaceChildren();
  const view = new OutputView(region);
  const blocks = [...document.querySelectorAll(block.localName)];
  const request = {
    code: block.code,
    session: block.session,
    filename: `<block ${blocks.indexOf(block) + 1}>`,
    install: requirementsOf(block.getAttribute('install')),
  };
  const outcome = await python.run(request, block.getAttribute('version'), signal, {
    progress(stage, detail) {
      show(stage === 'running' ? 'running' : 'loading', strings[stage].replace('{detail}', detail), noticeable);
    },
    output(stream, text) {
      view.write(stream, text);
      fire('pyodide-output', { stream, text });
    },
  });
  if (outcome.state === 'done') {
    if (outcome.value) view.showValue(outcome.value);
    show('done', strings.done);
  } else if (outcome.state === 'stopped') {
    show('idle', outcome.lost ? strings.stoppedAndLost : strings.stopped);
  } else {
    if (outcome.state === 'download') region.append(retry(block, outcome.text));
    else view.showError(outcome.text);
    show('error', strings[outcome.state]);
  }
  fire('pyodide-done', outcome);
}

/**
 * @param {PyodideBlock} block
 * @param {string} reason
 */
function retry(block, reason) {
  const message = part('div', 'error');
  message.append(`${strings.download}\n${reason}\n`, button('retry', strings.retry, () => block.run()));
  return message;
}

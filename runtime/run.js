/** One run of a block: from its code to what the reader sees. */

import { tellDownload, tellError, tellLoss } from './failure.js';
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
 * @property {(line: number | null) => void} mark a line of the code as the one that failed
 */

/** Milliseconds; a stage that is over sooner isn't told. */
const noticeable = 200;

/**
 * @param {PyodideBlock} block
 * @param {Stand} stand
 */
export async function run(block, { region, signal, show, fire, mark }) {
  region.replaceChildren();
  mark(null);
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
  await view.settled();
  await tell(block, outcome, view, { region, show, mark });
  fire('pyodide-done', outcome);
}

/**
 * @param {PyodideBlock} block
 * @param {Outcome} outcome
 * @param {OutputView} view
 * @param {Pick<Stand, 'region' | 'show' | 'mark'>} stand
 */
async function tell(block, outcome, view, { region, show, mark }) {
  if (outcome.state === 'done') {
    if (outcome.value) await view.showValue(outcome.value);
    show('done', strings.done);
    return;
  }
  if (outcome.state === 'stopped' && !outcome.lost) {
    show('idle', strings.stopped);
    return;
  }
  if (outcome.state === 'error') {
    region.append(tellError(block, outcome));
    mark(outcome.line);
  } else if (outcome.state === 'download') region.append(tellDownload(block, outcome.text));
  else if (outcome.state === 'lost') region.append(tellLoss(block, `${strings.lost}\n${outcome.text}`));
  else region.append(tellLoss(block, strings.stoppedAndLost));
  show(outcome.state === 'stopped' ? 'idle' : 'error', strings[outcome.state]);
}

/** The field in the output where the reader answers `input()`. */

import { part } from '../loader/dom.js';
import { inputStrings } from './input-strings.js';

/**
 * Asks the reader and answers Python.
 * @param {import('./python-client.js').Question} question
 * @param {import('../pyfence.js').PyodideBlock} block
 * @param {import('../output/output-view.js').OutputView} view
 * @param {AbortSignal} signal takes the question back: the run is stopped, or over
 */
export async function ask({ prompt, isSecret, key, shared, answer }, block, view, signal) {
  await view.settled();
  // Elsewhere a field that takes the focus would scroll the page.
  const isHere = block.contains(document.activeElement);
  const line = await lineOf(await drawn(prompt), isSecret, view.region, signal, isHere);
  if (shared) answerShared(shared, key, line);
  else answer(line);
}

/** @param {string} prompt */
async function drawn(prompt) {
  const element = document.createElement('span');
  if (prompt.includes('\x1b')) {
    const { Terminal } = await import('../output/terminal.js');
    const terminal = new Terminal();
    terminal.enter(element);
    terminal.write(prompt, prompt.length);
  } else {
    element.append(prompt);
  }
  return element;
}

/**
 * Wakes Python that waits on shared memory, if it's for this question.
 * @param {import('./protocol.js').Shared} shared
 * @param {number} key
 * @param {string | null} line null where there is none
 */
function answerShared({ answered, answer }, key, line) {
  if (answered[1] !== key || answered[0] !== 0) return;
  const bytes = new TextEncoder().encode(line ?? '').subarray(0, answer.length);
  answer.set(bytes);
  Atomics.store(answered, 0, line === null ? -1 : bytes.length + 1);
  Atomics.notify(answered, 0);
}

/**
 * Asks for a line; Ctrl+D, as in a terminal, says that there is none.
 * @param {HTMLElement} prompt
 * @param {boolean} isSecret
 * @param {HTMLElement} region
 * @param {AbortSignal} signal
 * @param {boolean} mayFocus
 * @returns {Promise<string | null>} what the reader wrote
 */
async function lineOf(prompt, isSecret, region, signal, mayFocus) {
  if (signal.aborted) return null;
  const form = /** @type {HTMLFormElement} */ (part('form', 'question'));
  const label = document.createElement('label');
  const field = document.createElement('input');
  field.autocomplete = 'off';
  if (isSecret) field.type = 'password';
  field.spellcheck = false;
  field.ariaLabel = prompt.textContent || inputStrings.question;
  label.append(prompt, field);
  form.append(label);
  const before = /** @type {HTMLElement | null} */ (region.lastElementChild);
  // A line that has begun goes on with the question, as in a terminal.
  const goesOn = before?.matches('.pyfence-stdout') && !before.textContent?.endsWith('\n') ? [before, form, label] : [];
  for (const { style } of goesOn) style.display = 'inline';
  region.append(form);
  if (mayFocus) field.focus();
  return new Promise((resolve) => {
    /** @param {string | null} line */
    const end = (line) => {
      const echo = part('div', 'stdout');
      echo.append(prompt.cloneNode(true), `${isSecret ? '' : line ?? ''}\n`);
      if (goesOn.length > 0) echo.style.display = 'inline';
      const isHere = form.contains(document.activeElement);
      form.replaceWith(echo);
      // The next question finds the reader here.
      if (isHere) region.focus({ preventScroll: true });
      resolve(line);
    };
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      end(field.value);
    });
    field.addEventListener('keydown', (event) => {
      if (event.key !== 'd' || !event.ctrlKey) return;
      event.preventDefault();
      end(null);
    });
    signal.addEventListener('abort', () => end(null), { once: true });
  });
}

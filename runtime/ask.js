/** A field in the output, for a line that `input()` waits for. */

import { part } from './bar.js';
import { remarks } from './remarks.js';

/**
 * Asks the reader and answers Python.
 * @param {import('./session.js').Question} question
 * @param {HTMLElement} region
 * @param {AbortSignal} signal takes the question back: the run is stopped, or over
 * @param {boolean} near the reader is at this block: the field may take the focus
 */
export async function ask({ prompt, key, shared, answer }, region, signal, near) {
  const line = await lineOf(prompt, region, signal, near);
  if (shared) share(shared, key, line);
  else answer(line);
}

/**
 * Wakes Python that waits on shared memory, if it's for this question.
 * @param {import('./protocol.js').Shared} shared
 * @param {number} key
 * @param {string | null} line null where there is none
 */
function share({ answered, answer }, key, line) {
  if (answered[1] !== key || answered[0] !== 0) return;
  const bytes = new TextEncoder().encode(line ?? '').subarray(0, answer.length);
  answer.set(bytes);
  Atomics.store(answered, 0, line === null ? -1 : bytes.length + 1);
  Atomics.notify(answered, 0);
}

/**
 * @param {string} prompt
 * @param {HTMLElement} region
 * @param {AbortSignal} signal
 * @param {boolean} near
 * @returns {Promise<string | null>} what the reader wrote
 */
async function lineOf(prompt, region, signal, near) {
  if (signal.aborted) return null;
  const form = /** @type {HTMLFormElement} */ (part('form', 'question'));
  const label = document.createElement('label');
  const field = document.createElement('input');
  field.autocomplete = 'off';
  field.spellcheck = false;
  field.setAttribute('aria-label', prompt || remarks.question);
  label.append(prompt, field);
  form.append(label);
  region.append(form);
  if (near) field.focus();
  return new Promise((resolve) => {
    /** @param {string | null} line */
    const end = (line) => {
      const told = part('div', 'stdout');
      told.append(`${prompt}${line ?? ''}\n`);
      const isHere = form.contains(document.activeElement);
      form.replaceWith(told);
      // The next question finds the reader here.
      if (isHere) region.focus({ preventScroll: true });
      resolve(line);
    };
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      end(field.value);
    });
    signal.addEventListener('abort', () => end(null), { once: true });
  });
}

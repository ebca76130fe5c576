/** A field in the output, for a line that `input()` waits for. */

import { part } from './bar.js';
import { messages } from './messages.js';

/**
 * @param {HTMLElement} region
 * @param {string} prompt
 * @param {AbortSignal} signal takes the question back
 * @param {boolean} near the reader is at this block: the field may take the focus
 * @returns {Promise<string | null>}
 */
export function ask(region, prompt, signal, near) {
  const form = /** @type {HTMLFormElement} */ (part('form', 'question'));
  const label = document.createElement('label');
  const field = document.createElement('input');
  field.autocomplete = 'off';
  field.spellcheck = false;
  field.setAttribute('aria-label', prompt || messages.question);
  label.append(prompt, field);
  form.append(label);
  region.append(form);
  if (near) field.focus();
  return new Promise((resolve) => {
    /** @param {string | null} line */
    const end = (line) => {
      const told = part('div', 'stdout');
      told.append(`${prompt}${line ?? ''}\n`);
      form.replaceWith(told);
      resolve(line);
    };
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      end(field.value);
    });
    signal.addEventListener('abort', () => end(null), { once: true });
  });
}

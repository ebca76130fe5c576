/** Explains an error where that helps: what a browser can't do, or a package that isn't there. Python's own words stand above. */

import { help } from '../run/help.js';
import { limitOf } from './browser-limits.js';
import { tellPackages } from './not-installed.js';
import { explainStrings } from './strings.js';

const refusals = /** @type {const} */ ({ policy: 'refusedByPolicy', host: 'refusedByHost', network: 'notReached', scheme: 'refusedByScheme' });

/**
 * @param {HTMLElement} element
 * @param {import('../pyfence.js').PyodideBlock} block
 * @param {{ state: string, text?: string } & Partial<Pick<import('../run/protocol.js').Failed, 'missing' | 'refusal'>>} outcome
 * @param {string} code as it ran
 */
export async function explainError(element, block, { state, text = '', missing, refusal }, code) {
  if (state === 'unavailable') return tellPackages(element);
  const stack = state === 'lost' ? stackWithoutOurs(element) : '';
  if (refusal) {
    element.append(help(explainStrings[refusals[refusal.by]].replace('{host}', refusal.host), ''));
    return;
  }
  const limit = limitOf(text, code, missing, stack);
  if (limit) element.append(help(explainStrings[limit], ''));
  else if (missing) await (await import('../missing/missing-module.js')).explainMissing(element, block, missing);
}

/**
 * A Python that ends prints its stack, at whose end is what runs the block: that is left out.
 * @param {HTMLElement} element of the error, below what was printed
 */
function stackWithoutOurs(element) {
  const printed = element.previousElementSibling;
  printed?.normalize();
  const last = printed?.lastChild;
  if (!(last instanceof Text)) return '';
  return last.data = last.data.replace(/(?<=^Stack \(most recent call first\):\n(?: {2}File .*\n)*?) {2}File "<pyfence [^]*/m, '');
}

/** The bar below the code: buttons and the status. */

import { button, part } from './dom.js';
import { strings } from './strings.js';

/**
 * @typedef {object} Bar
 * @property {HTMLElement} element
 * @property {HTMLButtonElement} run
 * @property {HTMLButtonElement} stop
 * @property {HTMLElement} status
 * @property {(name: Later, part: () => HTMLElement) => void} offer adds a part that not every block has, if it isn't there
 *
 * @typedef {'.pyfence-check' | '.pyfence-hint' | '.pyfence-ask' | '.pyfence-solve' | '.pyfence-clear' | '.pyfence-reset' | '.pyfence-above' | '.pyfence-share'} Later
 *   what exercises have, what the editor says of itself, and what is added when there is something to clear, to reset, to run
 *   above, and when the reader turns to the block
 */

/** In their order, behind Run and Stop: who comes by itself long after the reader did something stands left, and moves nobody. */
const later = '.pyfence-check,.pyfence-status,.pyfence-hint,.pyfence-ask,.pyfence-solve,.pyfence-clear,.pyfence-reset,.pyfence-above,.pyfence-share,.pyfence-copy';

/**
 * @param {{ run(): void, stop(): void, copy(): void }} acts
 * @returns {Bar}
 */
export function makeBar(acts) {
  const element = part('div', 'bar');
  const status = part('span', 'status');
  status.role = 'status';
  const [run, stop, copy] = /** @type {const} */ (['run', 'stop', 'copy']).map((name) => button(name, strings[name], acts[name]));
  element.append(run, stop, status, copy);
  return {
    element, run, stop, status,
    offer(name, part) {
      const next = element.querySelector(later.slice(later.indexOf(name)));
      if (!next?.matches(name)) next?.before(part());
    },
  };
}

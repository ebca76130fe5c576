/** The bar below the code: buttons and the status. */

import { button, part } from './dom.js';
import { strings } from './strings.js';

/**
 * @typedef {object} Bar
 * @property {HTMLElement} element
 * @property {HTMLButtonElement} run
 * @property {HTMLButtonElement} stop
 * @property {HTMLButtonElement} copy
 * @property {HTMLElement} status
 * @property {(name: Later, part: () => HTMLElement) => void} offer adds a part that not every block has, if it isn't there
 *
 * @typedef {'reset' | 'hint' | 'clear' | 'above' | 'share'} Later what is added when there is something to reset, to clear, to run above, and when
 *   the reader turns to the block
 */

/**
 * The parts that are added later, in the order in which they stand behind the status. The hint is next to it: it
 * goes when a button is pressed, and the status takes its room, so that no button moves away under the pointer.
 */
const later = ['hint', 'reset', 'clear', 'above', 'share', 'copy'];

/**
 * @param {{ run(): void, stop(): void, copy(): void }} acts
 * @returns {Bar}
 */
export function makeBar(acts) {
  const element = part('div', 'bar');
  const status = part('span', 'status');
  status.setAttribute('role', 'status');
  const [run, stop, copy] = /** @type {const} */ (['run', 'stop', 'copy']).map((name) => button(name, strings[name], acts[name]));
  element.append(run, stop, status, copy);
  return {
    element, run, stop, copy, status,
    offer(name, part) {
      const next = element.querySelector(later.slice(later.indexOf(name)).map((other) => `.pyfence-${other}`).join());
      if (!next?.matches(`.pyfence-${name}`)) next?.before(part());
    },
  };
}

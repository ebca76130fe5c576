/** The parts that a block gets beside its code: above all the bar of buttons. */

import { strings } from './strings.js';

/**
 * @typedef {object} Bar buttons that not every block needs are added by those who serve them
 * @property {HTMLElement} element
 * @property {HTMLButtonElement} run
 * @property {HTMLButtonElement} stop
 * @property {HTMLButtonElement} copy
 * @property {HTMLElement} status
 */

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
  return { element, run, stop, copy, status };
}

/**
 * @param {string} name
 * @param {string} label
 * @param {() => void} act
 */
export function button(name, label, act) {
  const made = /** @type {HTMLButtonElement} */ (part('button', `button pyfence-${name}`));
  made.type = 'button';
  made.append(label);
  made.addEventListener('click', act);
  return made;
}

/**
 * @param {string} tag
 * @param {string} name
 */
export function part(tag, name) {
  const made = document.createElement(tag);
  made.className = `pyfence-${name}`;
  return made;
}

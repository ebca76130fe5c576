/** The parts that a block gets beside its code: the bar of buttons and the place for output. */

import { strings } from './strings.js';

/**
 * @typedef {'run' | 'stop' | 'above' | 'copy' | 'reset' | 'clear'} Command
 * @typedef {object} Bar
 * @property {HTMLElement} element
 * @property {{ [command in Command]: HTMLButtonElement }} buttons
 * @property {HTMLElement} status
 * @property {HTMLElement} hint
 */

/**
 * @param {(command: Command) => void} act
 * @returns {Bar}
 */
export function makeBar(act) {
  /** @param {Command} command */
  const make = (command) => button(command, strings[command], () => act(command));
  const buttons = {
    run: make('run'), stop: make('stop'), above: make('above'), copy: make('copy'), reset: make('reset'), clear: make('clear'),
  };
  buttons.above.hidden = true;
  const status = part('span', 'status');
  status.setAttribute('role', 'status');
  const hint = part('span', 'hint');
  hint.textContent = strings.leave;
  const element = part('div', 'bar');
  element.append(buttons.run, buttons.stop, status, hint, buttons.above, buttons.copy, buttons.reset, buttons.clear);
  return { element, buttons, status, hint };
}

/** @param {string} name tells the regions of a page apart */
export function makeOutput(name) {
  const region = part('div', 'output');
  region.setAttribute('role', 'region');
  region.setAttribute('aria-label', `${strings.output} ${name}`);
  region.tabIndex = 0;
  return region;
}

/**
 * @param {string} name
 * @param {string} label
 * @param {() => void} act
 */
export function button(name, label, act) {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = `pyfence-button pyfence-${name}`;
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

/** What belongs to an exercise: the options of its block, and the parts of the page that have its name. */

import { optionsOf } from '../loader/options.js';
import { exerciseOptionsOf } from './options.js';

/** Seconds that a check has, and the reader's code before it, where the author states no `timelimit`. */
const checkSeconds = 10;

/**
 * @typedef {object} Parts
 * @property {string} name of the exercise
 * @property {import('../run/protocol.js').Wishes} wishes how its code is checked
 * @property {Element[]} hints
 * @property {Element | undefined} solution
 * @property {number} attempts after so many that fail the solution is offered
 */

/**
 * @param {Element} block
 * @param {string} unnamed what a check without a title is called, with its number in the place of `{number}`
 * @returns {Parts}
 */
export function partsOf(block, unnamed) {
  const options = exerciseOptionsOf(block);
  const name = options.exercise ?? '';
  const all = [...document.querySelectorAll('pyodide-part')];
  const [checks, hints, [solution]] = /** @type {const} */ (['check', 'hint', 'solution'])
    .map((role) => all.filter((part) => exerciseOptionsOf(part)[role] === name));
  return {
    name, hints, solution,
    attempts: Number(options.attempts) || Infinity,
    wishes: {
      seconds: secondsOf(block),
      stdin: itemsOf(options.stdin), forbid: itemsOf(options.forbid), require: itemsOf(options.require),
      checks: checks.map((check, index) => ({
        name: optionsOf(check).title ?? unnamed.replace('{number}', `${index + 1}`),
        code: check.querySelector('code')?.textContent ?? '',
        seconds: secondsOf(check),
      })),
    },
  };
}

/** @param {Element} element */
const secondsOf = (element) => Number(exerciseOptionsOf(element).timelimit) || checkSeconds;

/** @param {string | null} list of an option */
const itemsOf = (list) => (list ? list.split(',').map((item) => item.trim()) : []);

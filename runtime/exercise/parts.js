/** What belongs to an exercise: the options of its block, and the parts of the page that have its name. */

import { exerciseKinds } from './options.js';

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
  const name = block.getAttribute('exercise') ?? '';
  const all = [...document.querySelectorAll('pyodide-part')];
  const [checks, hints, [solution]] = /** @type {const} */ (['check', 'hint', 'solution'])
    .map((role) => all.filter((part) => part.getAttribute(role) === name));
  return {
    name, hints, solution,
    attempts: Number(block.getAttribute('attempts')) || Infinity,
    wishes: {
      seconds: secondsOf(block),
      stdin: listOf(block, 'stdin'), forbid: listOf(block, 'forbid'), require: listOf(block, 'require'),
      checks: checks.map((check, index) => ({
        name: check.getAttribute('title') ?? unnamed.replace('{number}', `${index + 1}`),
        code: check.querySelector('code')?.textContent ?? '',
        seconds: secondsOf(check),
      })),
    },
  };
}

/** @param {Element} element */
const secondsOf = (element) => Number(element.getAttribute('timelimit')) || checkSeconds;

/**
 * @param {Element} block
 * @param {keyof typeof exerciseKinds} name of an option that is a list
 */
function listOf(block, name) {
  const value = block.getAttribute(name);
  return value ? value.split(',').map((item) => item.trim()) : [];
}

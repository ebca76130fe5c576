/**
 * How far the reader is, in localStorage: for each exercise its code, whether it is solved, attempts, hints that were
 * seen. The key is the page's path and the exercise's name. Storage that is full or that the browser denies is no
 * error: progress is lost with the page then.
 */

import { part } from '../loader/dom.js';
import { exerciseStrings } from './strings.js';

/**
 * @typedef {object} Progress
 * @property {string} code
 * @property {boolean} solved
 * @property {number} attempts checks that weren't passed
 * @property {number} hints that were seen
 * @property {{ name: string, passed: boolean }[]} results of the last check
 */

export const keyPrefix = 'pyfence-exercise ';

/** @param {string} name of an exercise of this page */
const keyOf = (name) => `${keyPrefix}${location.pathname} ${name}`;

/**
 * @param {string} name
 * @returns {Progress | null}
 */
export function progressOf(name) {
  try {
    return readProgress(JSON.parse(localStorage.getItem(keyOf(name)) ?? 'null'));
  } catch {
    return null;
  }
}

/**
 * What is stored may be of another version, or of another hand.
 * @param {any} stored
 * @returns {Progress | null}
 */
export function readProgress(stored) {
  if (typeof stored?.code !== 'string') return null;
  const count = (/** @type {unknown} */ value) => (Number.isSafeInteger(value) && Number(value) > 0 ? Number(value) : 0);
  const results = Array.isArray(stored.results) ? stored.results : [];
  return {
    code: stored.code, solved: stored.solved === true, attempts: count(stored.attempts), hints: count(stored.hints),
    results: results.map((/** @type {any} */ result) => ({ name: `${result?.name ?? ''}`, passed: result?.passed === true })),
  };
}

/**
 * @param {string} name
 * @param {Progress | null} progress null for none
 */
export function storeProgress(name, progress) {
  try {
    if (progress) localStorage.setItem(keyOf(name), JSON.stringify(progress));
    else localStorage.removeItem(keyOf(name));
  } catch {}
  showProgress();
}

/** @type {Map<string, (progress: Progress) => void>} what takes up progress that was read back, by exercise of this page */
const takers = new Map();

/**
 * @param {string} name
 * @param {(progress: Progress) => void} take
 */
export function onReadBack(name, take) {
  takers.set(name, take);
}

/**
 * Puts progress of this or another page of the site where the page finds it.
 * @param {string} page its path
 * @param {string} name of the exercise
 * @param {Progress} progress
 */
export function putBack(page, name, progress) {
  try {
    localStorage.setItem(`${keyPrefix}${page} ${name}`, JSON.stringify(progress));
  } catch {}
  if (page === location.pathname) takers.get(name)?.(progress);
}

/** Says how many of the page's exercises are solved, wherever its author has `<pyodide-progress>`. */
export function showProgress() {
  const exercises = [...document.querySelectorAll('pyodide-block[exercise]')];
  const solved = exercises.filter((block) => block.hasAttribute('data-solved'));
  for (const place of document.querySelectorAll('pyodide-progress')) {
    let count = place.querySelector('.pyfence-count');
    if (!count) {
      count = part('span', 'count');
      place.replaceChildren(count);
      const saved = place.getAttribute('save');
      if (saved !== null) import('./work-file.js').then(({ offerWork }) => offerWork(place, saved === 'site'), () => {});
    }
    count.textContent = exerciseStrings.progress.replace('{solved}', `${solved.length}`).replace('{all}', `${exercises.length}`);
  }
}

/** Lines that only a notebook understands, such as `%timeit f()` and `!ls`: what to write in Python. */

import { runtimeFile } from '../loader/runtime-file.js';
import { help } from '../run/help.js';

/** @typedef {[pattern: string, instead: string][]} Habits also what `pyfence check` reads */

/** Before a command whose answer is kept: `files = !ls`. */
const assignment = /^\w+\s*=\s*(?=[!%])/;

/**
 * @param {HTMLElement} element
 * @param {string} line that isn't Python
 */
export async function explainHabit(element, line) {
  line = line.replace(assignment, '');
  if (!/^(%%?|!!?|\$)\s*\w|^\?|\?$/.test(line)) return;
  const [{ explainStrings }, file] = await Promise.all([import('./strings.js'), runtimeFile('explain/notebook-habits.json')]);
  /** @type {Habits} */
  const habits = await file.json();
  const [pattern, python] = habits.find(([pattern]) => new RegExp(pattern).test(line)) ?? [];
  const [habit] = /^[!$]*\s*\S+/.exec(line) ?? [''];
  const told = help(explainStrings[pattern ? 'habit' : 'noHabit'].replace('{habit}', () => habit), '');
  if (pattern && python) {
    const code = document.createElement('code');
    code.append(line.replace(new RegExp(pattern), python));
    told.append(code);
  }
  element.append(told);
}

/** What an exercise says, in the page's language. */

import { strings, translated } from '../loader/strings.js';

export const english = {
  check: 'Check',
  results: 'Results',
  passed: 'passed',
  failed: 'not passed',
  solved: 'Solved',
  passedOf: '{passed} of {all} passed',
  notChecked: 'Your code ended with an error: nothing was checked.',

  expected: 'Expected',
  got: 'Got',
  missing: 'Your code does not define {name}.',
  raised: 'Your code raised this:',
  raisedAt: 'Your code raised this in line {line}:',
  broken: 'This comes from the check itself, which did not expect what your code does:',
  late: 'Still running after {seconds} s.',
  yourCode: 'Your code',
  without: 'Without {construct}',
  with: 'With {construct}',
  usedIn: 'It stands in line {lines}.',
  notUsed: 'It is not used.',

  hint: 'Hint',
  nextHint: 'Hint {number} of {all}',
  solution: 'Solution',

  progress: '{solved} of {all} solved',
  saveWork: 'Save my work',
  readBack: 'Read it back',
  workRead: '{count} exercises read.',
  noWork: 'This file holds no saved work.',
};

/** A site's own words are in `strings`. */
export const exerciseStrings = { ...english, ...await translated('exercise-'), ...strings };

/** Draws the results of a check: a line for each, and below one that isn't passed what there is to know. */

import { part } from '../loader/dom.js';
import { exerciseStrings } from './strings.js';

/** @typedef {import('../run/protocol.js').Result} Result */

/** @param {Result[]} results */
export function listOfResults(results) {
  const list = part('ul', 'results');
  list.ariaLabel = exerciseStrings.results;
  list.append(...results.map(itemOf));
  return list;
}

/** @param {Result} result */
function itemOf(result) {
  const item = part('li', 'result');
  const isPassed = result.state === 'passed';
  item.dataset.state = isPassed ? 'passed' : 'failed';
  const mark = part('span', 'sign');
  mark.role = 'img';
  mark.ariaLabel = isPassed ? exerciseStrings.passed : exerciseStrings.failed;
  mark.append(isPassed ? '✓' : '✗');
  const name = part('span', 'name');
  name.append(...nameOf(result));
  item.append(mark, name);
  if (!isPassed) item.append(...detailsOf(result));
  return item;
}

/** @param {Result} result */
function nameOf({ name, forbid, require }) {
  const construct = forbid ?? require;
  if (construct) return filled(forbid ? exerciseStrings.without : exerciseStrings.with, 'construct', construct);
  return [name ?? exerciseStrings.yourCode];
}

/** @param {Result} result */
function detailsOf(result) {
  const { state, message, call, expected, got, missing, text, line, seconds, forbid, require, lines } = result;
  const details = [];
  if (message) details.push(paragraph(message));
  if (call) details.push(codeOf(call));
  if (expected !== undefined) details.push(comparison(expected, got ?? ''));
  if (missing) details.push(paragraph(...filled(exerciseStrings.missing, 'name', missing)));
  if (state === 'raised') details.push(paragraph(line ? exerciseStrings.raisedAt.replace('{line}', `${line}`) : exerciseStrings.raised));
  if (state === 'broken') details.push(paragraph(exerciseStrings.broken));
  if (text) details.push(codeOf(text));
  if (state === 'late') details.push(paragraph(exerciseStrings.late.replace('{seconds}', `${seconds}`)));
  if (forbid) details.push(paragraph(exerciseStrings.usedIn.replace('{lines}', (lines ?? []).join(', '))));
  if (require) details.push(paragraph(exerciseStrings.notUsed));
  return details;
}

/** @param {string} expected @param {string} got */
function comparison(expected, got) {
  const list = part('dl', 'comparison');
  for (const [term, value] of [[exerciseStrings.expected, expected], [exerciseStrings.got, got]]) {
    const [name, description] = [document.createElement('dt'), document.createElement('dd')];
    name.append(term);
    description.append(value);
    list.append(name, description);
  }
  return list;
}

/** @param {string} text */
function codeOf(text) {
  const code = part('pre', 'shown');
  code.append(text);
  return code;
}

/** @param {(string | Node)[]} content */
function paragraph(...content) {
  const made = part('p', 'message');
  made.append(...content);
  return made;
}

/**
 * A text with code in the place of a word in braces.
 * @param {string} text
 * @param {string} word
 * @param {string} code
 */
function filled(text, word, code) {
  const [before, after = ''] = text.split(`{${word}}`);
  const element = document.createElement('code');
  element.append(code);
  return [before, element, after];
}

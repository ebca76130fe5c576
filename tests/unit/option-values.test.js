// Holds the runtime to tests/spec/option_values.md; tests/suite/option_values.rs holds the library and the templates.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rangeOf } from '../../runtime/on-demand/height.js';
import { isYes } from '../../runtime/on-demand/stock-fences.js';
import { splitList } from '../../runtime/worker/split-list.js';

const spec = readFileSync(new URL('../spec/option_values.md', import.meta.url), 'utf8').split('\n');

/**
 * The rows of the tables with this head, each with its cells, without the backticks of code.
 * @param {string} head
 */
function rows(head) {
  /** @type {string[][]} */
  const found = [];
  spec.forEach((line, index) => {
    if (line !== `| ${head} |`) return;
    for (let at = index + 2; spec[at].startsWith('|'); at += 1) {
      found.push(spec[at].slice(1, -1).split(' | ').map((cell) => cell.trim().replace(/^`(.*)`$/, '$1')));
    }
  });
  assert.ok(found.length >= 3, `the spec has rows for ${head}`);
  return found;
}

test('A list is split at its commas, but not inside brackets and before version specifiers', () => {
  for (const [written, items] of [...rows('written | items'), ...rows('written | items in the page')]) {
    assert.deepEqual(splitList(written), JSON.parse(items), written);
  }
});

test('A switch is yes or no in the words that the build knows', () => {
  for (const [written, means] of rows('written | means')) assert.equal(isYes(written), means === 'yes', written);
  for (const [written] of rows('not yes or no')) assert.equal(isYes(written), undefined, written);
});

test('A height is a number of lines, a range, or auto', () => {
  for (const [written, fewest, most] of rows('written | fewest | most')) {
    const expected = fewest === 'auto' ? 'auto' : { min: Number(fewest), max: Number(most) };
    assert.deepEqual(rangeOf(written), expected, written);
  }
  for (const [written] of rows('not a height')) assert.equal(rangeOf(written), undefined, written);
});

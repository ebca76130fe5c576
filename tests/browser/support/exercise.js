// What readers do with the exercise `double`, which the tests have in sites of every kind, in German or English.
import assert from 'node:assert/strict';
import { blockOf, press } from './block.js';

/** @typedef {import('playwright-core').Page} Page */

/**
 * Checks the starter, which is wrong, reads hint and solution, takes the solution and checks again.
 * @param {Page} page
 * @param {{ check: string, hint: string, solution: string, counted: string, solved: string }} words
 */
export async function solves(page, { check, hint, solution, counted, solved }) {
  const block = blockOf(page);
  const summary = block.locator('.pyfence-summary');
  await press(block, check);
  await summary.getByText(counted).waitFor();
  assert.deepEqual(await block.locator('.pyfence-result').evaluateAll((results) => results.map(({ dataset, textContent }) => [dataset.state, /Texts & lists, too\./.test(`${textContent}`)])), [['failed', false], ['failed', true]]);
  await press(block, hint);
  assert.deepEqual(await block.locator('.pyfence-hint-item em').allTextContents(), ['more']);
  await press(block, solution);
  const code = await block.locator('.pyfence-solution code').textContent();
  assert.equal(code, 'def double(n):\n\n    return n + n');
  await block.evaluate((block, code) => { /** @type {any} */ (block).code = code; }, code);
  await press(block, check);
  await summary.getByText(solved).waitFor();
}

/**
 * What readers without JavaScript have of it.
 * @param {Page} page
 */
export async function isThereWithoutScripts(page) {
  assert.deepEqual(await page.locator('summary').allInnerTexts(), ['Tipp', 'Lösung']);
  assert.equal(await page.getByText('-> 4').isVisible(), false);
  await page.getByText('Lösung').click();
  assert.equal(await page.getByText('return n + n').isVisible(), true);
}

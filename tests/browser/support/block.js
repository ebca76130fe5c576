// A block as a reader meets it.

/**
 * @typedef {import('playwright-core').Page} Page
 * @typedef {import('playwright-core').Locator} Locator
 */

/**
 * @param {Page} page
 * @param {number} [place] from 0
 */
export const blockOf = (page, place = 0) => page.locator('pyodide-block').nth(place);

/** @param {Locator} block @param {string} name of a button */
export const press = (block, name) => block.getByRole('button', { name, exact: true }).click();

/**
 * Waits until the block is in the state; fails when it ends in another.
 * @param {Locator} block
 * @param {'idle' | 'loading' | 'running' | 'done' | 'error'} state
 */
export async function reaches(block, state) {
  const reached = block.and(block.page().locator(`[state="${state}"]`));
  const ended = block.and(block.page().locator('[state="done"], [state="error"]'));
  await reached.or(ended).waitFor({ state: 'attached' });
  const found = await block.getAttribute('state');
  if (found !== state) throw new Error(`the block is ${found}, not ${state}: ${await outputOf(block)}`);
}

/**
 * What stands under the code, each piece (text, value, error) on lines of its own as the reader sees them.
 * @param {Locator} block
 */
export const outputOf = (block) => block.locator('.pyfence-output').evaluate(
  (output) => [...output.children].map((piece) => (piece.textContent ?? '').replace(/\n$/, '')).join('\n'),
);

/**
 * Presses Run and waits for the end.
 * @param {Locator} block
 * @param {'done' | 'error'} [end]
 * @returns {Promise<string>} the output
 */
export async function runs(block, end = 'done') {
  await press(block, 'Run');
  await reaches(block, end);
  return outputOf(block);
}

/**
 * Clicks into the code and waits for the editor.
 * @param {Locator} block
 * @param {{ x: number, y: number }} [position]
 */
export async function opensEditor(block, position) {
  // Before it has come to life, a click is for nobody: its words may still be on their way.
  await block.and(block.page().locator('[state]')).waitFor();
  await block.locator('pre').click({ position });
  await block.locator('.ace_text-input:focus').waitFor({ state: 'attached' });
}

// Completion: what Python knows of the session, while the reader types.
import assert from 'node:assert/strict';
import { accessibilityProblems } from './support/accessibility.js';
import { blockOf, opensEditor, outputOf, press, reaches, runs } from './support/block.js';
import { render } from './support/pyfence.js';
import { prints } from './support/scripted-python.js';
import { pages } from './support/site.js';
import { story } from './support/story.js';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').Locator} Locator */

/** @param {Page} page */
const list = (page) => page.locator('.ace_autocomplete');

/** Its role is another in Safari. @param {Page} page @param {string} name */
const suggestion = (page, name) => list(page).locator('.ace_line').filter({ hasText: new RegExp(`^${name}\\b`) });

/** @param {Locator} block */
const codeOf = (block) => block.evaluate((block) => /** @type {import('../../runtime/pyfence.js').PyodideBlock} */ (block).code);

/** @param {Page} page @param {string} code to stand there instead of all code */
async function writes(page, code) {
  await page.keyboard.press('Control+A');
  await page.keyboard.type(code);
}

story('Names of another block and attributes of live objects, each with its signature', async ({ open, world, screenshot, complaints }) => {
  const code = 'class Shape:\n    """A thing with corners.\n\n    More."""\n\n    def scaled(self, factor: float, about=(0, 0)):\n        """A larger one."""\n\n    @property\n    def area(self):\n        print("asked")\n\nsquare_one = Shape()';
  const page = await open(pages({ '/': render(`\`\`\`pyodide\n${code}\n\`\`\`\n\n\`\`\`pyodide\n# Here\n\`\`\`\n`) }));
  const [first, second] = [blockOf(page), blockOf(page, 1)];
  await runs(first);
  await opensEditor(second);
  await page.keyboard.press('Control+A');
  assert.deepEqual([...world.requested('complet'), ...world.requested('language_tools')], []);
  await page.keyboard.type('squ');
  await suggestion(page, 'square_one').waitFor();
  await page.keyboard.press('Tab');
  assert.equal(await codeOf(second), 'square_one');
  await page.keyboard.type('.');
  await suggestion(page, 'area').waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.getByRole('tooltip').getByText('scaled(factor, about=(0, 0))').waitFor();
  assert.match(`${await page.getByRole('tooltip').textContent()}`, /\nA larger one\.$/);
  await screenshot(page, 'completion');
  assert.deepEqual(await accessibilityProblems(page, 'pyodide-block:last-of-type'), []);
  await page.keyboard.press('Enter');
  assert.equal(await codeOf(second), 'square_one.scaled');
  await writes(page, 'import js');
  await suggestion(page, 'json').waitFor();
  await writes(page, 'from json import du');
  await suggestion(page, 'dumps').waitFor();
  assert.equal(await outputOf(first), '');
  assert.deepEqual(complaints, []);
});

story('Attributes of a table of pandas', async ({ open }) => {
  const page = await open(pages({ '/': render('```pyodide version="0.27.7"\nimport pandas as pd\ndf = pd.DataFrame({"price": [1, 2]})\n```\n') }));
  const block = blockOf(page);
  await runs(block);
  await opensEditor(block);
  await writes(page, 'df.grou');
  await suggestion(page, 'groupby').waitFor();
  await page.keyboard.press('ArrowDown');
  await page.getByRole('tooltip').getByText('groupby(by=None').waitFor();
  await writes(page, 'df.pri');
  await suggestion(page, 'price').waitFor();
  // Behind a column, and behind calls that say what they give.
  await writes(page, 'df["price"].is_mono');
  await suggestion(page, 'is_monotonic_increasing').waitFor();
  await writes(page, 'print(df.head(1).grou');
  await suggestion(page, 'groupby').waitFor();
  await writes(page, 'pd.DataFrame({"a": [1]}).des');
  await suggestion(page, 'describe').waitFor();
});

story('Before there is a Python, and while it runs, words of the code are offered; no key waits, none is trapped', async ({ open }) => {
  const code = 'greeting = 1';
  const page = await open(pages({ '/': render(`\`\`\`pyodide\n${code}\n\`\`\`\n`) }, { python: { [`${code}\ngre`]: [{ ask: 'Name?' }, ...prints('')] } }));
  const block = blockOf(page);
  await opensEditor(block);
  await page.keyboard.press('Control+End');
  await page.keyboard.type('\ngre');
  await suggestion(page, 'greeting').waitFor();
  // Nobody asked for it: Enter is a line end.
  await page.keyboard.press('Enter');
  await list(page).waitFor({ state: 'hidden' });
  assert.equal(await codeOf(block), `${code}\ngre\n`);
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Control+Space');
  await suggestion(page, 'greeting').waitFor();
  await page.keyboard.press('Escape');
  await list(page).waitFor({ state: 'hidden' });
  assert.ok(await block.locator('.ace_text-input').first().evaluate((field) => field === document.activeElement));
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  assert.ok(await block.getByRole('button', { name: 'Run' }).evaluate((run) => run === document.activeElement));
  await press(block, 'Run');
  await block.getByRole('textbox', { name: 'Name?' }).waitFor();
  await block.locator('.ace_content').click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('eti');
  await suggestion(page, 'greeting').waitFor();
});

story('completion=no offers nothing and loads nothing; text and numbers ask for nothing', async ({ open, world }) => {
  const page = await open(pages({ '/': render('```pyodide completion=no\nname = 1\n```\n\n```pyodide\nname = 1\n```\n') }));
  await opensEditor(blockOf(page));
  await page.keyboard.type('nam');
  await page.keyboard.press('Control+Space');
  // What the keys ask for would be on its way before this.
  await page.evaluate(() => fetch('/').then((response) => response.text()));
  assert.deepEqual(world.requested('complete'), []);
  await opensEditor(blockOf(page, 1));
  await writes(page, 'name = 10.');
  await page.keyboard.type('\n# nam');
  await page.waitForTimeout(500);
  assert.equal(await list(page).isVisible(), false);
  await page.keyboard.type('\nnam');
  await suggestion(page, 'name').waitFor();
});

// A narrow window, as a phone's: nothing moves under the finger, and nothing is cut off.
import assert from 'node:assert/strict';
import { blockOf, press, reaches } from './support/block.js';
import { languages, wordsOf } from './support/languages.js';
import { comesToRest, layoutShift } from './support/measures.js';
import { render } from './support/pyfence.js';
import { asks } from './support/scripted-python.js';
import { pages } from './support/site.js';
import { story } from './support/story.js';

/** @param {string} options @param {string} text */
const fence = (options, text) => `\`\`\`pyodide ${options}\n${text}\n\`\`\`\n\n`;

const viewport = { width: 360, height: 740 };

const lesson = [
  fence('', 'first'), fence('', 'second'),
  fence('exercise=mean', 'def mean(numbers):\n    return 0'), fence('hint=mean', 'Add.'), fence('hint=mean', 'Divide.'), fence('check=mean', 'assert mean([1]) == 1'),
].join('');

for (const language of ['en', ...languages]) {
  story(`Nothing moves while blocks come to life, and a run leaves the bar as high as it was: ${language}`, async ({ open }) => {
    const html = `${render(lesson).replace('lang="en"', `lang="${language}"`)}<p>After.</p>`;
    const page = await open(pages({ '/': html }, { python: { first: asks('Name? '), second: asks('Age? ') } }), '/', { viewport });
    await blockOf(page, 2).locator('.pyfence-ask').waitFor();
    await comesToRest(page);
    assert.equal(await layoutShift(page), 0);
    const bars = page.locator('.pyfence-bar');
    const heights = () => bars.evaluateAll((bars) => bars.map((bar) => /** @type {HTMLElement} */ (bar).offsetHeight));
    const before = await heights();
    assert.deepEqual(new Set(before).size, 1, `${before}`);
    const { run } = language === 'en' ? { run: 'Run' } : await wordsOf(language);
    for (const place of [0, 1]) {
      // Share comes when the reader turns to the block.
      await blockOf(page, place).getByRole('button', { name: run, exact: true }).hover();
      await blockOf(page, place).locator('.pyfence-share').waitFor();
      await press(blockOf(page, place), run);
      await blockOf(page, place).getByRole('textbox').waitFor();
      await page.waitForFunction((place) => document.querySelectorAll('.pyfence-status')[place].textContent !== '', place);
      assert.deepEqual(await heights(), before, `block ${place} asks`);
      await page.keyboard.press('Enter');
      await reaches(blockOf(page, place), 'done');
      assert.deepEqual(await heights(), before, `block ${place} is done`);
    }
  });
}

story('The offer to install a package with a long name is all to be read', async ({ open, screenshot }) => {
  const module = 'a_module_with_a_name_that_is_long';
  const text = `ModuleNotFoundError: No module named '${module}'`;
  const missing = { module, isStandard: false };
  const python = { first: [{ end: { state: /** @type {const} */ ('error'), type: 'ModuleNotFoundError', text, line: 1, name: null, missing } }] };
  const page = await open(pages({ '/': render(fence('', 'first')) }, { python }), '/', { viewport });
  await press(blockOf(page), 'Run');
  const box = await blockOf(page).getByRole('button', { name: `Install ${module} and run again` }).boundingBox();
  assert.ok(box && box.x >= 0 && box.x + box.width <= 350, JSON.stringify(box));
  assert.equal(await page.evaluate(() => document.querySelector('.pyfence-output')?.scrollWidth), await page.evaluate(() => document.querySelector('.pyfence-output')?.clientWidth));
  await screenshot(page, 'narrow-offer');
});

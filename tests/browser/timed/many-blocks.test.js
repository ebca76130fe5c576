// What a page of many blocks costs before anybody turns to one.
import assert from 'node:assert/strict';
import { blockOf, runs } from '../support/block.js';
import { layoutShift, longTasks } from '../support/measures.js';
import { render } from '../support/pyfence.js';
import { pages } from '../support/site.js';
import { story } from '../support/story.js';

const code = 'import math\n\n# Pythagoras\ndef hypotenuse(a, b):\n    return math.sqrt(a ** 2 + b ** 2)\n\nprint("c =", hypotenuse(3, 4))';
const fence = `\`\`\`pyodide\n${code}\n\`\`\`\n\n`;

/** @param {number} count of blocks */
const pageOf = (count) => pages({ '/': render(`# Blocks\n\n${`Text.\n\n${fence}`.repeat(count)}`) });

/**
 * Loads a page, again where a machine that was busy with other things made a task long: one of three loads must be
 * free of long tasks.
 * @param {import('playwright-core').Page} page
 * @param {number} count of blocks
 */
async function standsStill(page, count) {
  /** @type {unknown[]} */
  let long = [];
  for (let loads = 0; loads < 3; loads += 1) {
    if (loads > 0) await page.reload();
    await blockOf(page, count - 1).getByRole('button', { name: 'Run' }).waitFor();
    long = await longTasks(page);
    if (long.length === 0) break;
  }
  assert.deepEqual(long, []);
  assert.equal(await layoutShift(page), 0);
}

story('A page of fifty blocks asks for nothing but our own few kilobytes, and stands still', async ({ open, world, complaints }) => {
  const page = await open(pageOf(50));
  await blockOf(page, 49).getByRole('button', { name: 'Run' }).waitFor();
  const asked = world.requests.filter(({ path }) => path !== '/');
  assert.deepEqual([...new Set(asked.map(({ host }) => host))], ['site.test']);
  const bytes = asked.reduce((sum, request) => sum + request.bytes, 0);
  assert.ok(bytes <= 10_000, `${bytes} bytes: ${asked.map(({ path, bytes }) => `${path} ${bytes}`).join(', ')}`);
  assert.equal(await page.locator('script').count(), 1);
  assert.equal(await page.locator('link').count(), 1);
  await standsStill(page, 50);
  for (const place of [0, 24, 49]) assert.equal(await runs(blockOf(page, place)), 'c = 5.0');
  assert.equal(page.workers().length, 1);
  assert.equal(await page.locator('.ace_editor').count(), 0);
  assert.deepEqual(complaints, []);
});

story('A page of two hundred blocks stands still as well', async ({ open }) => {
  await standsStill(await open(pageOf(200)), 200);
});

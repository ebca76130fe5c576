// What a page pays: bytes before and for a run, memory before anybody turns to a block.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import { blockOf, runs } from '../support/block.js';
import { languages } from '../support/languages.js';
import { render, runtime } from '../support/pyfence.js';
import { pages } from '../support/site.js';
import { story } from '../support/story.js';

/** Bytes, each file compressed by brotli as a server does. */
const budget = { loader: 3_000, run: 15_000 };

/** The same for all files of a folder of the runtime: what its stage of loading costs at most. */
const budgetOfFolder = { 'on-demand': 4_000, run: 8_000, output: 7_500, edit: 5_500, complete: 3_000, worker: 13_200, 'strict-policy': 450, ahead: 600, snapshot: 8_000, python: 24_000, explain: 4_000, missing: 1_500, exercise: 8_000, offline: 400, recorded: 2_000, share: 6_000 };

/** The same for all that the runtime says in one language. */
const budgetOfLanguage = 3_000;

/** Bytes of memory that a page with a hundred blocks may have over the same page with plain code. */
const memory = 5_000_000;

/** @param {import('../support/world.js').World} world */
const asked = (world) => [...new Set(world.requests.map(({ path }) => path.match(/^\/pyfence\/[^/]+\/(.+)$/)?.[1] ?? ''))].filter(Boolean);

/** @param {string[]} names */
function weigh(names) {
  const sizes = names.map((name) => ({ name, bytes: brotliCompressSync(/** @type {Buffer} */ (runtime().get(name))).length }));
  return { bytes: sizes.reduce((sum, { bytes }) => sum + bytes, 0), list: sizes.map(({ name, bytes }) => `${name} ${bytes}`).join(', ') };
}

story('The loader and what a run needs of ours are small', async ({ open, world }) => {
  const page = await open(pages({ '/': render('```pyodide\nprint(1)\n```\n') }, { isFirstVisit: true }));
  await blockOf(page).getByRole('button', { name: 'Run' }).waitFor();
  await page.waitForTimeout(300);
  const loader = weigh(asked(world).filter((name) => name.endsWith('.js')));
  assert.ok(loader.bytes <= budget.loader, `${loader.bytes} bytes: ${loader.list}`);
  assert.equal(await runs(blockOf(page)), '1');
  const all = weigh(asked(world));
  assert.ok(all.bytes <= budget.run, `${all.bytes} bytes: ${all.list}`);
});

test('No stage of loading grows unseen', () => {
  for (const [folder, most] of Object.entries(budgetOfFolder)) {
    const { bytes, list } = weigh([...runtime().keys()].filter((path) => path.startsWith(`${folder}/`)));
    assert.ok(bytes <= most && bytes > most / 2, `${folder}: ${bytes} bytes: ${list}`);
  }
});

test('No language grows unseen', () => {
  for (const language of languages) {
    const { bytes, list } = weigh([...runtime().keys()].filter((path) => path.startsWith('i18n/') && path.endsWith(`${language}.js`)));
    assert.ok(bytes <= budgetOfLanguage && bytes > budgetOfLanguage / 2, `${language}: ${bytes} bytes: ${list}`);
  }
});

story('A hundred blocks weigh little before anybody turns to them', async ({ open }) => {
  const code = 'import math\n\nfor n in range(10):\n    print(n, math.sqrt(n))  # roots';
  const blocks = render(`\`\`\`pyodide\n${code}\n\`\`\`\n\n`.repeat(100));
  const plain = blocks.replaceAll(/<\/?pyodide-block[^>]*>/g, '').replaceAll(/<(script|link)[^>]*>/g, '');
  /** @param {string} html */
  const used = async (html) => {
    const page = await open(pages({ '/': html }));
    await page.waitForTimeout(500);
    const inspector = await page.context().newCDPSession(page);
    await inspector.send('HeapProfiler.collectGarbage');
    const { usedSize, embedderHeapUsedSize } = /** @type {{ usedSize: number, embedderHeapUsedSize: number }} */ (await inspector.send('Runtime.getHeapUsage'));
    assert.equal(await page.locator('pre').count(), 100);
    return usedSize + embedderHeapUsedSize;
  };
  const [bare, live] = [await used(plain), await used(blocks)];
  assert.ok(bare > 0 && live > bare, `${live} and ${bare} bytes`);
  assert.ok(live - bare <= memory, `${live - bare} bytes more than ${bare}`);
});

// The same blocks written each way for Zola: in the page they have the same options and code, and they run.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { blockOf, runs } from './support/block.js';
import { project } from './support/paths.js';
import { folder } from './support/site.js';
import { story } from './support/story.js';
import { buildWay, version, ways } from './support/zola.js';

/** @type {{ attributes: Record<string, string>, code: string, output: string }[]} */
const blocks = JSON.parse(readFileSync(join(project, 'tests/zola/ways/blocks.json'), 'utf8'));

if (!version) test('blocks in a site of Zola', { skip: 'NO ZOLA: `make zola` installs one' }, () => {});
else for (const way of /** @type {(keyof typeof ways)[]} */ (Object.keys(ways))) {
  story(`Zola ${version}, ${way}: the blocks are those of the author, and run`, async ({ open, complaints }) => {
    const page = await open(folder(buildWay(way)));
    await blockOf(page, blocks.length - 1).getByRole('button', { name: 'Run' }).waitFor();
    assert.deepEqual(await page.locator('pyodide-block').evaluateAll((found, names) => found.map((block) => ({
      attributes: Object.fromEntries(names.flatMap((name) => block.hasAttribute(name) ? [[name, block.getAttribute(name)]] : [])),
      code: block.querySelector('code')?.textContent,
    })), ['session', 'install', 'height', 'theme', 'version']), blocks.map(({ attributes, code }) => ({ attributes, code })));
    assert.equal(await page.locator('script[type="module"]').count(), 1);
    for (const [place, { output }] of blocks.entries()) assert.equal(await runs(blockOf(page, place)), output);
    assert.deepEqual(complaints, []);
  });
}

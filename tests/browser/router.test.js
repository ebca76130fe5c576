// Sites whose links are followed by a script: Turbo swaps the page's body, and keeps copies for the way back.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { blockOf, opensEditor, press, reaches, runs } from './support/block.js';
import { installed } from './support/paths.js';
import { render } from './support/pyfence.js';
import { pages } from './support/site.js';
import { story } from './support/story.js';

/** @param {string} markdown @param {string} link */
const page = (markdown, link) => render(`${markdown}\n<a href="${link}">Go on</a>\n`)
  .replace('<title>', '<script type="module" src="/turbo.js"></script><title>');

const site = () => pages({
  '/': page('```pyodide session=a\nx = "first page"\nx\n```\n', '/next/'),
  '/next/': page('```pyodide session=a\nx\n```\n\n```pyodide\nprint("second page")\n```\n', '/'),
  '/turbo.js': readFileSync(installed('@hotwired/turbo/dist/turbo.es2017-esm.js'), 'utf8'),
});

story('With Turbo, blocks of the next page live, on the same Python; those of the page before live again', async ({ open, world, complaints }) => {
  const seen = await open(site());
  await opensEditor(blockOf(seen));
  assert.equal(await runs(blockOf(seen)), "'first page'");
  await seen.evaluate(() => { document.documentElement.dataset.kept = 'yes'; });
  await seen.getByRole('link').click();
  await seen.waitForURL('**/next/');
  await blockOf(seen, 1).getByRole('button', { name: 'Run' }).waitFor();
  assert.equal(await seen.locator('html').getAttribute('data-kept'), 'yes', 'the page was not loaded anew');
  assert.equal(await runs(blockOf(seen, 1)), 'second page');
  assert.equal(await runs(blockOf(seen)), "'first page'", 'the session is still there');
  assert.equal(world.requested('pyodide.asm.wasm').length, 1);

  await seen.goBack();
  await seen.waitForURL((url) => url.pathname === '/');
  assert.equal(await blockOf(seen).getByRole('button', { name: 'Run', exact: true }).count(), 1);
  await press(blockOf(seen), 'Run');
  await reaches(blockOf(seen), 'done');
  assert.deepEqual(complaints, []);
});

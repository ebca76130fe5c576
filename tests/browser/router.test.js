// Sites whose links are followed by a script: Turbo swaps the page's body, and keeps copies for the way back;
// instant.page fetches the next page while the pointer is on its way.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { blockOf, opensEditor, press, reaches, runs } from './support/block.js';
import { installed } from './support/paths.js';
import { render } from './support/pyfence.js';
import { pages } from './support/site.js';
import { story } from './support/story.js';

/** @param {string} router the file of a package */
function siteWith(router) {
  /** @param {string} markdown @param {string} link */
  const page = (markdown, link) => render(`${markdown}\n<a href="${link}">Go on</a>\n`)
    .replace('<title>', '<script type="module" src="/router.js"></script><title>');
  return pages({
    '/': page('```pyodide session=a\nx = "first page"\nx\n```\n', '/next/'),
    '/next/': page('```pyodide session=a\nglobals().get("x", "a new Python")\n```\n\n```pyodide\nprint("second page")\n```\n', '/'),
    '/router.js': readFileSync(installed(router), 'utf8'),
  });
}

story('With Turbo, blocks of the next page live, on the same Python; those of the page before live again', async ({ open, world, complaints }) => {
  const seen = await open(siteWith('@hotwired/turbo/dist/turbo.es2017-esm.js'));
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

  await seen.goBack({ waitUntil: 'commit' });
  await seen.waitForFunction(() => location.pathname === '/');
  assert.equal(await blockOf(seen).getByRole('button', { name: 'Run', exact: true }).count(), 1);
  await press(blockOf(seen), 'Run');
  await reaches(blockOf(seen), 'done');
  assert.deepEqual(complaints, []);
});

story('With instant.page, the page that was fetched beforehand runs, and so does that of the way back', async ({ open, world, complaints }) => {
  const seen = await open(siteWith('instant.page/instantpage.js'));
  assert.equal(await runs(blockOf(seen)), "'first page'");
  await seen.getByRole('link').hover();
  await seen.waitForFunction(() => performance.getEntriesByName(new URL('/next/', location.href).href).length > 0);
  assert.equal(world.requests.filter(({ path }) => path === '/next/').length, 1, 'fetched before the click');
  await seen.getByRole('link').click();
  await seen.waitForURL('**/next/');
  assert.equal(await runs(blockOf(seen, 1)), 'second page');
  assert.equal(await runs(blockOf(seen)), "'a new Python'");

  await seen.goBack({ waitUntil: 'commit' });
  await seen.waitForFunction(() => location.pathname === '/');
  assert.equal(await runs(blockOf(seen)), "'first page'");
  assert.deepEqual(complaints, []);
});

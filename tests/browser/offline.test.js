// A site with `offline`: after one visit its blocks run without a network, until it doesn't want that any more.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { blockOf, reaches, press, runs } from './support/block.js';
import { endOldWorkers } from './support/old-service-workers.js';
import { wheels } from './support/paths.js';
import { csp } from './support/pyfence.js';
import { staticHost } from './support/static-host.js';
import { story } from './support/story.js';
import { siteOf, vendored } from './support/vendored.js';

/** @typedef {import('playwright-core').Page} Page */

const root = siteOf({
  '_index.md': `
\`\`\`pyodide files="numbers.txt"
print("hello", open("numbers.txt").read())
\`\`\`

![dot](dot.svg)
`,
  'moo/index.md': '```pyodide install="cowsay>=6"\nimport cowsay\ncowsay.cow("moo")\n```\n',
  'unseen/index.md': '```pyodide\nprint("unseen")\n```\n',
});
const config = join(root, 'config.toml');
const settings = (/** @type {string} */ own) => writeFileSync(config, `base_url = "https://site.test/docs"\n[extra.pyfence]\n${own}\n`);

const site = staticHost(join(root, 'public'), '/docs/');

mkdirSync(join(root, 'static'));
writeFileSync(join(root, 'static/numbers.txt'), '1 2 3');
writeFileSync(join(root, 'static/dot.svg'), '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>');

/** Builds it with these settings, and what its blocks load. */
const build = (/** @type {string} */ own) => { settings(own); return vendored(root); };

/** @param {string} path of a page of the site @param {(text: string) => string} change */
const edit = (path, change) => { const file = join(root, 'content', path); writeFileSync(file, change(readFileSync(file, 'utf8'))); };

/** What the browser keeps for the site. */
const kept = (/** @type {Page} */ page) => page.evaluate(async () => {
  const urls = await Promise.all((await caches.keys()).filter((name) => name.startsWith('pyfence-offline')).map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)));
  return { urls: urls.flat(), workers: (await navigator.serviceWorker.getRegistrations()).map(({ active }) => active?.scriptURL) };
});

/** @param {Page} page @param {(now: Awaited<ReturnType<typeof kept>>) => boolean} isSo */
async function until(page, isSo) {
  for (;;) {
    const now = await kept(page);
    if (isSo(now)) return now;
    await page.waitForTimeout(100);
  }
}

/** In a tab of its own: a browser tries again by itself where a page failed. @param {Page} page @param {string} path */
async function hasNothing(page, path) {
  const tab = await page.context().newPage();
  await assert.rejects(tab.goto(`https://site.test/docs/${path}`), /ERR_|NS_ERROR_/);
  await tab.close();
}

/** Runs the first block, and waits until the site says that it can do without a network. */
async function visit(/** @type {Page} */ page) {
  const ready = page.evaluate(() => new Promise((resolve) => { document.addEventListener('pyodide-offline', () => resolve(true), { once: true }); }));
  assert.equal(await runs(blockOf(page)), 'hello 1 2 3');
  await ready;
}

story('Load, run, network off, reload, run; a new lock takes the place of the old; turned off, all of it goes', async ({ open, world }) => {
  build('offline = true');
  // Under the policy that `pyfence csp` prints, too.
  site.headers = { 'content-security-policy': csp(root, 'header').replace(/^[^:]*: /, '') };
  const page = await open(site, '/docs/');
  await endOldWorkers(page);
  await visit(page);
  const first = await kept(page);
  assert.deepEqual(first.workers, ['https://site.test/docs/pyfence-offline.js']);
  assert.ok(first.urls.every((url) => /\/docs\/(pyfence\/|pyfence-vendor\/|$)/.test(url)), `${first.urls}`);
  assert.equal(first.urls.filter((url) => url.includes('cowsay')).length, 1, 'as it is compiled, and not as it was published');
  // A page whose block is only looked at is there again, too.
  await page.goto('https://site.test/docs/moo/');
  await blockOf(page).hover();
  await until(page, ({ urls }) => urls.includes('https://site.test/docs/moo/'));

  let back = world.fault('site.test', 'refuse');
  await page.goto('https://site.test/docs/');
  await page.reload();
  assert.equal(await runs(blockOf(page)), 'hello 1 2 3');
  assert.equal(await page.getByRole('img', { name: 'dot' }).evaluate((/** @type {HTMLImageElement} */ image) => image.naturalWidth), 8);
  await page.goto('https://site.test/docs/moo/');
  assert.match(await runs(blockOf(page)), /\| moo \|/);
  assert.match(await blockOf(page).evaluate((block) => getComputedStyle(block).display), /block|grid/);
  await hasNothing(page, 'unseen/');
  back();

  // Another package, and none of the old one's files.
  edit('moo/index.md', () => '+++\n+++\n```pyodide install=tabulate\nimport tabulate\nprint(tabulate.tabulate([["new"]]))\n```\n');
  build('offline = true');
  await page.goto('https://site.test/docs/');
  await until(page, ({ urls }) => urls.some((url) => url.includes('tabulate')) && !urls.some((url) => url.includes('cowsay')));
  back = world.fault('site.test', 'refuse');
  await page.goto('https://site.test/docs/moo/');
  assert.match(await runs(blockOf(page)), /new/);
  back();

  build('offline = false');
  await page.goto('https://site.test/docs/');
  await until(page, ({ urls, workers }) => urls.length === 0 && workers.length === 0);
  world.fault('site.test', 'refuse');
  await hasNothing(page, '');
}, 480_000);

story('What code puts into the store never runs', async ({ open, world }) => {
  build('offline = true');
  const page = await open(site, '/docs/');
  await visit(page);
  // All that is kept, and what code may hope that is served.
  await blockOf(page).evaluate((block) => {
    /** @type {any} */ (block).code = `import js
from pyodide.ffi import to_js

def forged(text, type):
    return js.Response.new(text, to_js({"headers": {"content-type": type}}, dict_converter=js.Object.fromEntries))

for name in await js.caches.keys():
    cache = await js.caches.open(name)
    for request in await cache.keys():
        is_page = request.url.endswith("/")
        await cache.put(request, forged("<title>forged</title>", "text/html") if is_page else forged("document.title = 'forged'; export const openEditor = 0;", "text/javascript"))
    await cache.put("https://site.test/docs/unseen/", forged("<title>forged</title>", "text/html"))
print("forged")`;
  });
  assert.equal(await runs(blockOf(page)), 'forged');
  const title = await page.title();
  world.fault('site.test', 'refuse');
  await page.reload();
  assert.equal(await runs(blockOf(page)), 'hello 1 2 3');
  // The editor had not been loaded: it is kept nowhere else.
  await blockOf(page).locator('pre').click();
  await page.getByText(/could not be loaded|Failed to fetch/).waitFor();
  assert.equal(await page.title(), title);
  await hasNothing(page, 'unseen/');
}, 480_000);

story('What another site did not give once is asked for again', async ({ open, world }) => {
  // No folder has what Pyodide's own micropip is in this release, which a block imports: it stays where it is.
  const blocks = '```pyodide version="0.27.7" files="numbers.txt"\nprint("hello", open("numbers.txt").read())\n```\n\n```pyodide\nimport micropip\n```\n';
  const left = siteOf({ '_index.md': blocks });
  mkdirSync(join(left, 'static'));
  writeFileSync(join(left, 'static/numbers.txt'), '1 2 3');
  writeFileSync(join(left, 'config.toml'), 'base_url = "https://site.test/docs"\n[extra.pyfence]\noffline = true\n');
  vendored(left, '--from', 'node_modules', '--wheels', wheels);
  const mend = world.fault('full/micropip-', 'refuse');
  const page = await open(staticHost(join(left, 'public'), '/docs/'), '/docs/');
  await endOldWorkers(page);
  await visit(page);
  const isKept = (/** @type {{ urls: string[] }} */ { urls }) => urls.some((url) => url.includes('cdn.jsdelivr.net') && url.includes('micropip'));
  assert.ok(!isKept(await kept(page)));
  mend();
  await page.reload();
  await visit(page);
  await until(page, isKept);
}, 240_000);

story("A worker of the site's own stays", async ({ open }) => {
  build('offline = true');
  writeFileSync(join(root, 'public/sw.js'), 'self.addEventListener("message", ({ ports: [port] }) => port?.postMessage("own"));');
  const page = await open(site, '/docs/unseen/');
  await page.evaluate(() => navigator.serviceWorker.register('/docs/sw.js').then(() => navigator.serviceWorker.ready));
  const heard = page.evaluate(() => new Promise((resolve) => { document.addEventListener('pyodide-offline', () => resolve(true), { once: true }); }));
  await press(blockOf(page), 'Run');
  await reaches(blockOf(page), 'done');
  await heard;
  assert.deepEqual((await kept(page)).workers, ['https://site.test/docs/sw.js']);
});

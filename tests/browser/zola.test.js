// The same blocks written each way for Zola: in the page they have the same options and code, and they run.
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { blockOf, runs } from './support/block.js';
import { isThereWithoutScripts, solves } from './support/exercise.js';
import { ownFolder, project } from './support/paths.js';
import { folder } from './support/site.js';
import { story } from './support/story.js';
import { buildWay, drive, version, ways } from './support/zola.js';

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
    if (ways[way].pages === 'fence') {
      await page.goto('https://site.test/by-hand/');
      assert.equal(await runs(blockOf(page)), 'by hand');
    }
    assert.deepEqual(complaints, []);
  });
}

// Ordinary fences can't be exercises: a check runs unseen, which takes more than markup.
if (version) for (const way of /** @type {(keyof typeof ways)[]} */ (Object.keys(ways)).filter((way) => way !== 'ordinary fences')) {
  story(`Zola ${version}, ${way}: an exercise is checked, and is there without scripts in the language of the page`, async ({ open, complaints }) => {
    const site = folder(buildWay(way, 'default_language = "de"\n'));
    await isThereWithoutScripts(await open(site, '/exercise/', { javaScriptEnabled: false }));
    const page = await open(site, '/exercise/');
    // The site's template says that its pages are English.
    await solves(page, { check: 'Check', hint: 'Hint', solution: 'Solution', counted: '0 of 2 passed', solved: 'Solved' });
    assert.deepEqual(complaints, []);
  });
}

if (version) story(`Zola ${version} minifies the pages: the code is the author's, and runs`, async ({ open, complaints }) => {
  const page = await open(folder(buildWay('pyfence with Zola', 'minify_html = true\n')));
  await blockOf(page, blocks.length - 1).getByRole('button', { name: 'Run' }).waitFor();
  assert.deepEqual(await page.locator('pyodide-block code').allTextContents(), blocks.map(({ code }) => code));
  for (const [place, { output }] of blocks.entries()) assert.equal(await runs(blockOf(page, place)), output);
  assert.deepEqual(complaints, []);
});

if (version) story(`Zola ${version} writes a feed: in it the code is readable, as a reader of feeds shows it`, async ({ open }) => {
  const root = ownFolder('feed');
  cpSync(join(project, 'tests/zola/ways/site'), root, { recursive: true });
  mkdirSync(join(root, 'content'), { recursive: true });
  const code = 'for n in range(3):\n    print(n, "<b>")';
  writeFileSync(join(root, 'config.toml'), 'base_url = "https://site.test"\ngenerate_feeds = true\n');
  writeFileSync(join(root, 'content/post.md'), `+++\ntitle = "A post"\ndate = 2026-01-02\n+++\nText.\n\n\`\`\`pyodide\n${code}\n\`\`\`\n`);
  writeFileSync(join(root, 'templates/page.html'), '{{ page.content | safe }}');
  drive(root, 'zola');
  const page = await open(folder(join(root, 'public')), '/post/');
  const entry = await page.evaluate(async () => {
    const feed = new DOMParser().parseFromString(await (await fetch('/atom.xml')).text(), 'application/xml');
    return feed.querySelector('entry > content')?.textContent ?? '';
  });
  await page.setContent(entry);
  assert.equal(await page.locator('pre code').innerText(), code);
  assert.equal(await page.locator('pre').evaluate((pre) => getComputedStyle(pre).whiteSpace), 'pre');
});

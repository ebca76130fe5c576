// A book that a real mdBook built: its blocks run at any depth, and wear the theme that the reader picks.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { blockOf, opensEditor, runs } from './support/block.js';
import { isThereWithoutScripts, solves } from './support/exercise.js';
import { change, makeSite, testCommand } from './support/command-test.js';
import { buildBook, environment, isInstalled } from './support/mdbook.js';
import { folder } from './support/site.js';
import { story } from './support/story.js';
import { local, vendor } from './support/vendored.js';
import { World } from './support/world.js';

const base = '/books/loops/';

/** @param {import('playwright-core').Locator} locator */
const lightness = (locator) => locator.evaluate((element) => {
  const [red, green, blue] = (getComputedStyle(element).backgroundColor.match(/[\d.]+/g) ?? []).map(Number);
  return (0.299 * red + 0.587 * green + 0.114 * blue) / 255;
});

if (!isInstalled) {
  test('a book of mdBook', { skip: 'NO MDBOOK: `make mdbook` installs one' }, () => {});
} else {
  const book = folder(buildBook('course', base), { base });
  const untold = buildBook('course');
  /** @type {[string, import('./support/site.js').Site, string][]} */
  const places = [
    ['at the root of its host', folder(untold), '/'],
    ['in a folder that its site-url names', book, base],
    ['in a folder that it does not know of', folder(untold, { base }), base],
  ];

  story('Lines that a book hides count, for the numbers and for the mark of an error', async ({ open, screenshot }) => {
    const page = await open(book, `${base}part/deep/while.html`);
    const pre = blockOf(page, 1).locator('pre').first();
    await pre.and(page.locator('[data-lines]')).waitFor();
    assert.equal(await pre.getAttribute('data-lines'), '2\n4');
    assert.match(await runs(blockOf(page, 1), 'error'), /^2\.0\nTraceback[^]*line 4, in/);
    await pre.and(page.locator('[data-marked]')).waitFor();
    assert.equal(await pre.evaluate((element) => element.style.getPropertyValue('--pyfence-marked')), '2');
    await screenshot(page, 'hidden-lines');
  });

  story('A book runs Python in chapters of any depth', async ({ open, complaints }) => {
    for (const [path, output] of [
      ['index.html', 'Hello from the first page'],
      ['part/loops.html', '<b>\n&amp;\n*not emphasis*'],
      ['part/deep/while.html', '1'],
    ]) {
      const page = await open(book, base + path);
      assert.equal(await runs(blockOf(page)), output);
      const tags = page.locator('link[href*="pyfence.css"], script[src*="pyfence.js"]');
      assert.deepEqual([await tags.count(), await tags.and(page.locator('[integrity]')).count()], [2, 0], 'as docs/security.md says');
    }
    assert.deepEqual(complaints, []);
  });

  story('A finished book has all from itself once it is vendored, in chapters of any depth and on its print page', async ({ open, world }) => {
    const finished = buildBook('course', '/vendored/');
    const { status, stderr } = vendor(finished, finished, '--as-published', ...local);
    assert.equal(status, 0, stderr);
    const site = folder(finished, { base, isFirstVisit: true });
    for (const [path, place, output] of /** @type {const} */ ([['part/deep/while.html', 0, '1'], ['print.html', 4, '1'], ['index.html', 0, 'Hello from the first page']])) {
      assert.equal(await runs(blockOf(await open(site, base + path), place)), output);
    }
    assert.deepEqual([...new Set(world.requests.map(({ host }) => host))], ['site.test']);
  });

  for (const [where, site, root] of places) {
    story(`A book ${where} runs Python on its print page, in chapters of any depth`, async ({ open, world }) => {
      const page = await open(site, `${root}print.html`);
      // Chapters on one page: blocks of a nested one stand behind those of the first.
      assert.equal(await page.locator('pyodide-block').count(), 6);
      assert.equal(await runs(blockOf(page, 1)), '<b>\n&amp;\n*not emphasis*');
      assert.equal(await runs(blockOf(page, 4)), '1');
      assert.equal(await runs(blockOf(page)), 'Hello from the first page');
      assert.equal(await blockOf(page, 4).locator('code').evaluate((code) => getComputedStyle(code).fontSize), '14px');
      assert.deepEqual(world.requests.filter(({ status }) => status >= 400), []);
    });
  }

  story('The page for lost readers asks for nothing that is not there', async ({ open, world }) => {
    const page = await open({ ...book, answer: async (path) => await book.answer(path) ?? book.answer(`${base}404.html`) }, `${base}no/such/page`);
    assert.equal(await page.locator('h1').nth(1).textContent(), 'Document not found (404)');
    assert.deepEqual(world.requested('pyfence'), []);
  });

  story('A book in German has an exercise checked, and has it without scripts', async ({ open, complaints }) => {
    const exercises = folder(buildBook('exercises'));
    await isThereWithoutScripts(await open(exercises, '/', { javaScriptEnabled: false }));
    await solves(await open(exercises), { check: 'Prüfen', hint: 'Tipp', solution: 'Lösung', counted: '0 von 2 bestanden', solved: 'Gelöst' });
    assert.deepEqual(complaints, []);
  });

  story('A page without blocks loads nothing of pyfence', async ({ open, world }) => {
    await open(book, `${base}part/plain.html`);
    assert.deepEqual(world.requested('pyfence'), []);
  });

  story('Blocks wear each theme of mdBook, as soon as the reader picks it', async ({ open, screenshot, complaints }) => {
    const page = await open(book, `${base}part/loops.html`);
    const block = blockOf(page);
    await runs(block);
    // mdBook's root is ten pixels, and its script puts a button of its own into every code block.
    assert.equal(await block.locator('code').evaluate((code) => getComputedStyle(code).fontSize), '14px');
    await block.hover();
    assert.deepEqual(await block.getByRole('button').allTextContents(), ['Run', 'Clear', 'Copy']);
    await opensEditor(blockOf(page, 1));
    for (const [theme, isDark] of /** @type {const} */ ([['light', false], ['rust', false], ['coal', true], ['navy', true], ['ayu', true]])) {
      await page.locator('#mdbook-theme-toggle').click();
      await page.locator(`#mdbook-theme-${theme}`).click();
      await page.keyboard.press('Escape');
      await page.waitForFunction((dark) => document.querySelector(`pyodide-block:state(${dark ? 'dark' : 'light'})`), isDark);
      for (const part of [block.locator('> pre'), blockOf(page, 1).locator('.ace_editor')]) {
        assert.equal(await lightness(part) < 0.5, isDark, theme);
      }
      await screenshot(page, `mdbook-${theme}`, { fullPage: true });
    }
    assert.deepEqual(complaints, []);
  });

  test('A book is recorded, shows it, and fails where an included file is wrong', { timeout: 240_000 }, async () => {
    const world = new World();
    await world.start();
    const root = makeSite({
      'book.toml': '[book]\ntitle = "A book"\n[preprocessor.pyfence]\n',
      'src/SUMMARY.md': '- [One](one.md)\n- [Two](part/two.md)\n',
      'src/one.md': '# One\n\n{{#include ../shared/sum.md}}\n\n```pyodide\nprint("after", total)\n```\n',
      'src/part/two.md': '# Two\n\n{{#include ../../shared/sum.md}}\n',
      'src/part/no-chapter.md': '```pyodide\n1 / 0\n```\n',
      'shared/sum.md': 'A sum:\n\n```pyodide\ntotal = 40 + 2\nprint("sum", total)\n```\n',
    });
    const tested = (/** @type {string[]} */ ...args) => testCommand(world, ['--root', root, ...args], environment);
    try {
      const recorded = await tested('--record');
      assert.equal(recorded.code, 0, recorded.stderr);
      assert.match(recorded.stderr, /2 files of records changed/);
      assert.match(readFileSync(join(root, 'records/one.toml'), 'utf8'), /sum 42[^]*after 42/);

      execFileSync('mdbook', ['build', root], { env: environment, stdio: 'pipe' });
      for (const [page, shown] of [['one.html', 'after 42'], ['part/two.html', 'sum 42']]) {
        const html = readFileSync(join(root, 'book', page), 'utf8');
        assert.match(html, new RegExp(`<pre class="pyfence-stdout">${shown}</pre>`));
        assert.doesNotMatch(html, /data-source/);
      }
      const again = await tested();
      assert.equal(again.code, 0, again.stderr);

      change(root, 'shared/sum.md', '40 + 2', 'forty + 2');
      const wrong = await tested();
      assert.equal(wrong.code, 1, wrong.stderr);
      assert.match(wrong.stderr, /raises NameError: name 'forty' is not defined[^]*shared\/sum\.md:4:1/);
      assert.match(wrong.stderr, /raises NameError: name 'total' is not defined[^]*one\.md:6:1/);
    } finally {
      rmSync(root, { recursive: true });
      await world.stop();
    }
  });

  story('Without JavaScript the code of a book is there to read', async ({ open, screenshot }) => {
    const page = await open(book, `${base}part/loops.html`, { javaScriptEnabled: false });
    assert.equal(await blockOf(page, 2).innerText(), 'sum(range(10))');
    await screenshot(page, 'mdbook-without-javascript', { fullPage: true });
  });
}

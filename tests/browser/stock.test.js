// Ordinary fences, as generators render them without any template of ours: the loader makes blocks of them.
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { blockOf, opensEditor, runs } from './support/block.js';
import { ownFolder, project } from './support/paths.js';
import { returns } from './support/scripted-python.js';
import { folder, pages } from './support/site.js';
import { story } from './support/story.js';
import { buildAlone, version } from './support/zola.js';

const loader = '<link rel="stylesheet" href="/pyfence/x/pyfence.css"><script type="module" src="/pyfence/x/pyfence.js" data-fences="main, article"></script>';

const python = { 1: returns('1'), '"the next page"': returns("'the next page'") };

/** @param {string} body @param {string} [head] */
const page = (body, head = loader) => pages({ '/': `<!doctype html><html lang="en"><title>Stock</title>${head}<main>${body}</main></html>` }, { python });

story('A pyodide fence of mdBook is a block, with the options in its classes', async ({ open, complaints }) => {
  const seen = await open(page(
    '<pre><code class="language-pyodide session=x install=cowsay+griffe">print("from the book")\n</code></pre>'
    + '<pre><code class="language-pyodide">1\n</code></pre><pre><code class="language-python">2\n</code></pre>',
  ));
  const block = blockOf(seen);
  assert.equal(await block.getAttribute('session'), 'x');
  assert.equal(await block.getAttribute('install'), 'cowsay,griffe');
  assert.equal(await block.locator('code').textContent(), 'print("from the book")');
  assert.equal(await runs(blockOf(seen, 1)), '1');
  assert.equal(await blockOf(seen, 1).getAttribute('session'), 'default');
  assert.equal(await seen.locator('pyodide-block').count(), 2);
  // As a router swaps the content of a page.
  await seen.evaluate(() => {
    const body = document.createElement('article');
    const [pre, code] = [document.createElement('pre'), document.createElement('code')];
    code.className = 'language-pyodide';
    code.append('"the next page"\n');
    pre.append(code);
    body.append(pre);
    document.querySelector('main')?.replaceWith(body);
  });
  assert.equal(await runs(blockOf(seen)), "'the next page'");
  assert.deepEqual(complaints, []);
});

story('Where the loader\'s tag does not ask for fences they stay code', async ({ open, world }) => {
  const comment = '<pre data-pyodide="run" data-autorun="yes"><code>1</code></pre><pre><code class="language-pyodide">1</code></pre>';
  const seen = await open(page(`<pyodide-block session="default"><pre><code>1</code></pre></pyodide-block>${comment}`, loader.replace(/ data-fences="[^"]*"/, '')));
  await blockOf(seen).getByRole('button', { name: 'Run' }).waitFor();
  await seen.waitForLoadState('networkidle');
  assert.equal(await seen.locator('pyodide-block').count(), 1);
  assert.deepEqual(world.requested('stock-fences.js'), []);
});

story('Markup of readers starts nothing: outside of the author\'s places it stays code, in them nothing runs unasked or unseen', async ({ open, complaints }) => {
  const fences = '<pre data-pyodide="run" data-autorun="yes"><code>1</code></pre><pre><code class="language-pyodide hidden=yes session=x">2</code></pre>'
    + '<pre><code class="language-pyodide file=statistics.py">3</code></pre><pre data-pyodide="run" data-file="data.csv"><code>4</code></pre>';
  const seen = await open(page(`${fences}</main><aside>${fences}</aside><main>`));
  await blockOf(seen, 1).getByRole('button', { name: 'Run' }).waitFor();
  assert.deepEqual(await seen.locator('pyodide-block').evaluateAll((blocks) => blocks.map((block) => block.getAttributeNames().filter((name) => /autorun|hidden|file/.test(name)))), [[], [], [], []]);
  assert.equal(await seen.locator('aside pyodide-block').count(), 0);
  assert.match(complaints.join('\n'), /can't state `autorun`[^]*can't state `hidden`[^]*can't state `file`/);
  assert.equal(await blockOf(seen).getAttribute('state'), 'idle');
});

story('Colours that could not be loaded once come with the next block', async ({ open, world }) => {
  const block = '<pyodide-block session="default"><pre><code>print(1)</code></pre></pyodide-block>';
  const seen = await open(page(block + block));
  const mend = world.fault('core.min.js', 404);
  await Promise.all([seen.waitForResponse(/core\.min\.js/), blockOf(seen).locator('pre').hover()]);
  await seen.waitForLoadState('networkidle');
  assert.equal(await blockOf(seen).locator('code > *').count(), 0);
  mend();
  await blockOf(seen, 1).locator('pre').hover();
  await blockOf(seen, 1).locator('code > *').first().waitFor();
});

story('Code that nobody coloured runs and is edited, whatever becomes of the highlighter and of what else isn\'t Python', async ({ open, world }) => {
  const byHand = '<pyodide-block session="default"><pre><code>1</code></pre></pyodide-block><pre data-pyodide="run"><code>1</code></pre>';
  const lacking = ['core.min.js', 'highlight.js', 'highlight.json', 'share/', 'verified-module.js'];
  for (const fault of /** @type {const} */ (['wrong', 'stall', 404])) {
    const mends = lacking.filter((file) => fault !== 'wrong' || file === 'core.min.js').map((file) => world.fault(file, fault));
    const seen = await open(page(byHand));
    for (const at of [0, 1]) {
      const block = blockOf(seen, at);
      assert.equal(await runs(block), '1', `${fault}`);
      await opensEditor(block);
      assert.equal(await block.locator('.ace_content').textContent(), '1', `${fault}`);
    }
    mends.forEach((mend) => mend());
  }
});

if (!version) test('Fences of a real Zola', { skip: 'NO ZOLA: `make zola` installs one' }, () => {});
else story('A fence of Zola is a block: its data are the options, numbers of lines are no code', async ({ open, screenshot, complaints }) => {
  const page = await open(folder(zolaSite([
    '```python,pyodide=run,session=x,install=cowsay+griffe,height=5-30', 'y = "from Zola"', '', 'y', '```', '',
    '```python,linenos,pyodide=run,session=x', 'def f():', '    return y * 2', 'f()', '```', '', '```python', 'stays', '```', '',
  ].join('\n'))));
  await blockOf(page, 1).waitFor();
  assert.equal(await page.locator('pyodide-block').count(), 2);
  assert.equal(await blockOf(page).getAttribute('height'), '5-30');
  assert.equal(await blockOf(page).locator('code').textContent(), 'y = "from Zola"\n\ny');
  assert.equal(await runs(blockOf(page)), "'from Zola'");
  assert.equal(await runs(blockOf(page, 1)), "'from Zolafrom Zola'");
  await screenshot(page, 'stock');
  assert.deepEqual(complaints, []);
});

/**
 * A site of one page, built by Zola.
 * @param {string} markdown
 */
function zolaSite(markdown) {
  const root = ownFolder('stock');
  for (const name of ['content', 'templates']) mkdirSync(join(root, name));
  writeFileSync(join(root, 'config.toml'), 'base_url = "https://site.test"\n[markdown.highlighting]\ntheme = "github-light"\n');
  writeFileSync(join(root, 'content/_index.md'), `+++\n+++\n${markdown}`);
  writeFileSync(join(root, 'templates/index.html'), `<!doctype html><html lang="en"><title>Stock</title>${loader}<main>{{ section.content | safe }}</main></html>`);
  buildAlone(root);
  cpSync(join(project, 'runtime'), join(root, 'public/pyfence/x'), { recursive: true });
  return join(root, 'public');
}

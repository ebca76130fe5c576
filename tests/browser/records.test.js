// Recorded outputs: kept by `pyfence test --record`, shown before anybody runs a block, compared ever after.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { blockOf, outputOf, press, reaches, runs } from './support/block.js';
import { change, makeSite, testCommand } from './support/command-test.js';
import { command } from './support/pyfence.js';
import { folder } from './support/site.js';
import { story } from './support/story.js';
import { World } from './support/world.js';

const world = new World();
before(() => world.start());
after(() => world.stop());

const picture = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M/wHwAEBgIApD5fRAAAAABJRU5ErkJggg==';

const page = `+++
title = "A page"
+++

Prose before the first block.

\`\`\`pyodide hidden=yes
import base64
class Table:
    def _repr_html_(self): return '<table id="chance" onclick="alert(1)"><tr><th>n</th><td>1 &lt; 2</td></tr></table><script>alert(2)</script>'
class Dot:
    def _repr_png_(self): return base64.b64decode('${picture}')
    def __repr__(self): return 'a dot'
\`\`\`

\`\`\`pyodide
import sys
print("one\\n  <two>", object())
print("beside", file=sys.stderr)
6 * 7
\`\`\`

\`\`\`pyodide
Table()
\`\`\`

\`\`\`pyodide
Dot()
\`\`\`

\`\`\`pyodide session=other files=numbers.txt
open("numbers.txt").read()
\`\`\`

\`\`\`pyodide session=other raises=ZeroDivisionError
1 / 0
\`\`\`

\`\`\`pyodide session=last record=no
import random
random.random()
\`\`\`
`;

/** @param {string} root */
function build(root) {
  const output = join(root, 'public');
  execFileSync(command, ['build', '--engine', 'embedded', '--root', root, '--output-dir', output, '--force'], { stdio: 'pipe' });
  return output;
}

/** @param {string} root */
const check = (root) => execFileSync(command, ['check', '--engine', 'embedded', '--root', root, '--format', 'json'], { encoding: 'utf8', stdio: 'pipe' });

/** How many blocks of the built page show what was recorded. @param {string} root */
const shown = (root) => readFileSync(join(build(root), 'page/index.html'), 'utf8').match(/data-recorded/g)?.length ?? 0;

/** @param {string} root */
const stale = (root) => JSON.parse(check(root)).filter((/** @type {{ rule: string }} */ { rule }) => rule === 'stale-record').length;

const files = { 'config.toml': 'base_url = "https://site.test"\n', 'content/page.md': page, 'static/numbers.txt': '1 2 3', 'content/other.md': '+++\ntitle = "Other"\n+++\n' };

test('Outputs are recorded in files without addresses, and stale when anything that they depend on changes', { timeout: 240_000 }, async () => {
  const root = makeSite({ ...files, 'content/page.md': page.replace('files=numbers', 'files=/numbers') });
  try {
    const first = await testCommand(world, ['--root', root, '--engine', 'embedded', '--record']);
    assert.equal(first.code, 0, first.stderr);
    assert.deepEqual(readdirSync(join(root, 'records'), { recursive: true }).map((name) => `${name}`.replace(/[0-9a-f]{16}/, 'DIGEST')).sort(), ['page', 'page.toml', 'page/DIGEST.png']);
    const records = readFileSync(join(root, 'records/page.toml'), 'utf8');
    assert.match(records, /one\n {2}<two> <object object at 0x\.\.\.>/);
    assert.match(records, /<th>n<\/th><td>1 &lt; 2<\/td>/);
    assert.match(records, /File "<block>", line 1/);
    assert.doesNotMatch(records, /onclick|alert|chance|127\.0\.0\.1|0\.\d{6}/);
    assert.ok(!records.includes(root));
    assert.equal(shown(root), 5);
    assert.equal(stale(root), 0);

    const again = await testCommand(world, ['--root', root, '--engine', 'embedded', '--record']);
    assert.match(again.stderr, /0 files of records changed/);
    const compared = await testCommand(world, ['--root', root, '--engine', 'embedded']);
    assert.equal(compared.code, 0, compared.stderr);

    for (const [name, from, to, left] of /** @type {const} */ ([
      ['content/page.md', 'Prose before', 'Other words before', 5],
      ['content/page.md', '6 * 7', '6 * 8', 2],
      ['content/page.md', '1 / 0', '1 // 0', 4],
      ['content/page.md', 'import base64', 'import base64, math', 2],
      ['static/numbers.txt', '1 2 3', '1 2 4', 3],
      ['config.toml', 'test"\n', 'test"\n[extra.pyfence]\nversion = "0.27.7"\n', 0],
    ])) {
      const restore = change(root, name, from, to);
      assert.equal(shown(root), left, `${name}: ${to}`);
      assert.equal(stale(root) > 0, left < 5, `${name}: ${to}`);
      restore();
    }

    change(root, 'content/page.md', '6 * 7', '6 * 8');
    change(root, 'records/page.toml', '1 2 3', '3 2 1');
    const failed = await testCommand(world, ['--root', root, '--engine', 'embedded']);
    assert.equal(failed.code, 1);
    assert.match(failed.stderr, /has no record of what it shows as it stands now[^]*page\.md:16/);

    // What is recorded of pages that are gone goes.
    rmSync(join(root, 'content/page.md'));
    change(root, 'content/other.md', 'title', 'description = "x"\ntitle');
    execFileSync('sh', ['-c', `printf '\n\`\`\`pyodide\n1\n\`\`\`\n' >> ${join(root, 'content/other.md')}`]);
    await testCommand(world, ['--root', root, '--engine', 'embedded', '--record']);
    assert.deepEqual(readdirSync(join(root, 'records'), { recursive: true }), ['other.toml']);
    assert.ok(!existsSync(join(root, 'records/page')));
  } finally {
    rmSync(root, { recursive: true });
  }
});

story('A recorded output is there without JavaScript, gives way to the live one, and says where that is another', async ({ open, screenshot, world }) => {
  const root = makeSite({ ...files, 'content/page.md': page.replace('files=numbers', 'files=/numbers') });
  try {
    const recorded = await testCommand(world, ['--root', root, '--engine', 'embedded', '--record']);
    assert.equal(recorded.code, 0, recorded.stderr);
    world.reset();
    const site = folder(build(root));
    for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
      const plain = await open(site, '/page/', { javaScriptEnabled: false, colorScheme });
      assert.match(await outputOf(blockOf(plain, 1)), /^one\n {2}<two> <object object at 0x\.\.\.>\nbeside\n42$/);
      assert.equal(await blockOf(plain, 3).locator('img').evaluate((/** @type {HTMLImageElement} */ image) => image.naturalWidth), 1);
      await screenshot(plain, `recorded-without-javascript-${colorScheme}`, { fullPage: true });
    }
    const page = await open(site, '/page/');
    const block = blockOf(page, 1);
    await block.getByRole('button', { name: 'Run' }).waitFor();
    assert.match(await outputOf(block), /one[^]*42/);
    await screenshot(page, 'recorded', { fullPage: true });
    assert.match(await runs(block), /<object object at 0x[0-9a-f]+>[^]*42$/);
    assert.match(await runs(blockOf(page, 2)), /^$/);
    assert.equal(await block.locator('.pyfence-help').count(), 0);
    assert.equal(await blockOf(page, 2).locator('iframe').count(), 1);
    assert.equal(await page.locator('pyodide-block .pyfence-help').count(), 0);

    // The file is another one now.
    change(root, 'public/numbers.txt', '1 2 3', '1 2 4');
    const changed = await open(site, '/page/');
    const reader = blockOf(changed, 4);
    await press(reader, 'Run');
    await reaches(reader, 'done');
    await reader.getByText('This differs from the output that was recorded with the page.').waitFor();
    await screenshot(changed, 'recorded-differs', { fullPage: true });
  } finally {
    rmSync(root, { recursive: true });
  }
});

// The page stays quick, whatever Python and its output do: by the page's own clock.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { blockOf, outputOf, press, runs } from '../support/block.js';
import { longestStandstill } from '../support/measures.js';
import { render } from '../support/pyfence.js';
import { pages } from '../support/site.js';
import { story } from '../support/story.js';

/** @param {string[]} codes */
const site = (...codes) => pages({ '/': render(codes.map((code) => `\`\`\`pyodide\n${code}\n\`\`\`\n`).join('\n')) });

story('The page stays quick while Python computes', async ({ open }) => {
  const page = await open(site('sum(range(10**8))'));
  const standstill = await longestStandstill(page, async () => {
    assert.equal(await runs(blockOf(page)), '4999999950000000');
  });
  assert.ok(standstill < 250, `the page's clock stood still for ${standstill} ms`);
});

for (const [what, code] of [['A million lines', 'for i in range(10**6): print(i)'], ['A line of a hundred megabytes', 'print("x" * 10**8)']]) {
  story(`${what}: shown in part, the page stays quick, and the rest can be had`, async ({ open }) => {
    const page = await open(site(code));
    const block = blockOf(page);
    const standstill = await longestStandstill(page, async () => { await runs(block); });
    assert.ok(standstill < 500, `the page's clock stood still for ${standstill} ms`);
    const shown = await outputOf(block);
    assert.ok(shown.length < 150_000 && shown.length > 5_000, `${shown.length} characters`);
    const saving = page.waitForEvent('download');
    await press(block, 'Save all');
    const { size } = await (await import('node:fs/promises')).stat(await (await saving).path());
    assert.ok(size >= (code.includes('range') ? 6_888_890 : 100_000_001), `${size} bytes`);
  });
}

story('A line that is drawn again costs what it leaves: after 100,000 redraws the result is there, and the page was quick', async ({ open }) => {
  const page = await open(site(`import sys
for i in range(100_000): sys.stderr.write(f"\\r{i:6} {'#' * 50}")
sys.stderr.write("\\n")
print("important result")
42`));
  const block = blockOf(page);
  const standstill = await longestStandstill(page, async () => { await runs(block); });
  assert.equal(await outputOf(block), ` 99999 ${'#'.repeat(50)}\nimportant result\n42`);
  assert.ok(standstill < 500, `the page's clock stood still for ${standstill} ms`);
});

for (const [what, code] of [
  ['Lines that come one by one', 'import sys, time\nfor i in range(6000):\n    sys.stdout.write("a\\n")\n    if i % 300 == 0: time.sleep(0.05)'],
  ['Lines of both streams', 'import sys\nfor i in range(50_000):\n    sys.stdout.write("out\\n")\n    sys.stderr.write("err\\n")'],
  ['Values', 'for i in range(20_000): display(i)'],
  ['Frames', 'class Bold:\n    def _repr_html_(self): return "<b>bold</b>"\nfor i in range(300): display(Bold())'],
]) {
  story(`${what} are shown in part as well`, async ({ open }) => {
    const page = await open(site(`${code}\n"the value"`));
    const block = blockOf(page);
    const standstill = await longestStandstill(page, async () => { await runs(block); });
    const pieces = await block.locator('.pyfence-output').evaluate((output) => [...output.children].map(({ textContent }) => textContent ?? ''));
    const lines = pieces.length + pieces.join('').split('\n').length;
    assert.ok(lines < 6_000, `${lines} lines`);
    assert.match(pieces.slice(-2).join(), / more characters(Show|Save) all,'the value'$/);
    assert.ok(await block.locator('iframe').count() <= 50);
    assert.ok(standstill < (what === 'Frames' ? 2_000 : 1_000), `the page's clock stood still for ${standstill} ms`);
  });
}

story('What is held comes where it belongs, and what came after it is seen before', async ({ open }) => {
  const page = await open(site('for i in range(10_000): print(f"\\x1b[33m{i}\\x1b[0m")\n1/0', 'for i in range(400_000): print(i)\n"the value"'));
  const block = blockOf(page);
  assert.match(await runs(block, 'error'), /more charactersShow all\nTraceback/);
  const standstill = await longestStandstill(page, async () => {
    await press(block, 'Show all');
    await block.locator('.pyfence-help').waitFor({ state: 'detached' });
  });
  assert.ok(standstill < 1_000, `the page's clock stood still for ${standstill} ms`);
  const numbers = Array.from({ length: 10_000 }, (_, i) => `${i}\n`).join('');
  assert.ok((await outputOf(block)).startsWith(`${numbers}Traceback`));

  const long = blockOf(page, 1);
  await runs(long);
  const saving = page.waitForEvent('download');
  await press(long, 'Save all');
  const saved = await readFile(await (await saving).path(), 'utf8');
  assert.ok(saved.endsWith("399998\n399999\n'the value'\n") && !saved.includes('more'), saved.slice(-100));
  assert.equal(saved.length, 2_688_902);
});

story('Of a very long message the two ends show', async ({ open }) => {
  const page = await open(pages({ '/': render('```pyodide\nraise ValueError("m" * 10**8)\n```\n\n```pyodide\n{}["k" * 10**7]\n```\n') }));
  assert.match(await runs(blockOf(page), 'error'), /line 1, in <module>\n[^]*ValueError: m+\n…\nm+$/);
  const standstill = await longestStandstill(page, () => runs(blockOf(page, 1), 'error'));
  assert.ok(standstill < 500, `${standstill} ms`);
});

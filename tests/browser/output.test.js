// A lot of output, and output made for terminals.
import assert from 'node:assert/strict';
import { blockOf, outputOf, press, runs } from './support/block.js';
import { longestStandstill } from './support/measures.js';
import { render } from './support/pyfence.js';
import { pages } from './support/site.js';
import { story } from './support/story.js';

/** @param {string} code */
const site = (code) => pages({ '/': render(`\`\`\`pyodide\n${code}\n\`\`\`\n`) });

story('What goes to stderr stands apart, in order', async ({ open }) => {
  const page = await open(site('import sys\nprint("one")\nprint("two", file=sys.stderr)\nprint("three")'));
  assert.equal(await runs(blockOf(page)), 'one\ntwo\nthree');
  assert.equal(await blockOf(page).locator('.pyfence-stderr').innerText(), 'two\n');
});

story('What ends in no line end comes at once, and in order with stderr', async ({ open }) => {
  const page = await open(site('import sys, time\nprint("one, ", end="")\nsys.stderr.write("two, ")\nprint("three", end="")\ntime.sleep(2)\nprint()'));
  const block = blockOf(page);
  await press(block, 'Run');
  await block.locator('.pyfence-stdout', { hasText: 'three' }).waitFor();
  assert.equal(await block.getAttribute('state'), 'running');
  assert.equal(await outputOf(block), 'one, \ntwo, \nthree');
});

story('ANSI colours colour, and carriage returns redraw the line', async ({ open, screenshot }) => {
  const page = await open(site(`import sys, time
print("\\x1b[1;31mred\\x1b[0m plain \\x1b[38;2;0;128;0mtrue\\x1b[39m \\x1b[48;5;220mgold\\x1b[m \\x1b[4munder\\x1b[24m")
for done in range(0, 101, 25):
    print(f"\\r{done:3}% {'#' * (done // 10):10}", end="", flush=True)
    time.sleep(0.06)
print("\\nend\\r\\nof it \\x1b]0;title\\x07")
print("a long line\\rshort")`));
  const text = await runs(blockOf(page));
  assert.match(text, /^red plain true gold under\n100% #{10}\nend\nof it \nshort$/);
  const red = blockOf(page).locator('.pyfence-stdout span', { hasText: 'red' });
  assert.equal(await red.evaluate((span) => getComputedStyle(span).fontWeight), '700');
  assert.equal(await red.evaluate((span) => getComputedStyle(span).color), 'rgb(179, 38, 30)');
  await screenshot(page, 'terminal');
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

story('Show all shows the rest where it can be borne', async ({ open }) => {
  const page = await open(site('for i in range(20_000): print(i)\n"the value"'));
  const block = blockOf(page);
  assert.doesNotMatch(await runs(block), /19999/);
  await press(block, 'Show all');
  assert.match(await outputOf(block), /^19999\n'the value'$/m);
});

// A lot of output, and output made for terminals.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { blockOf, outputOf, press, reaches, runs } from './support/block.js';
import { longestStandstill } from './support/measures.js';
import { render } from './support/pyfence.js';
import { pages } from './support/site.js';
import { story } from './support/story.js';

/** @param {string[]} codes */
const site = (...codes) => pages({ '/': render(codes.map((code) => `\`\`\`pyodide\n${code}\n\`\`\`\n`).join('\n')) });

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
  await block.locator('.pyfence-help').waitFor({ state: 'detached' });
  assert.match(await outputOf(block), /^19999\n'the value'$/m);
});

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

story('Nested progress bars stay where they are', async ({ open }) => {
  // As tqdm writes two nested bars, the inner one with leave=True, then with leave=False and tqdm.write; and as rich writes two tasks.
  const page = await open(site(
    String.raw`import sys
sys.stderr.write("\router 0/2\n\rinner 0/2\x1b[A\n\rinner 1/2\x1b[A\n\rinner 2/2\x1b[A\rinner 2/2\n\router 1/2\n\rinner 0/2\x1b[A\n\rinner 1/2\x1b[A\n\rinner 2/2\x1b[A\rinner 2/2\n\router 2/2\router 2/2\n");`,
    String.raw`import sys
for name, text in [["e", "\router 0/2\n\rinner 0/2\x1b[A\n\rinner 1/2\x1b[A\r         \r\n\r         \r\x1b[A"], ["o", "line 0\n"],
    ["e", "\router 0/2\n\rinner 1/2\x1b[A\n\rinner 2/2\x1b[A\n\r         \x1b[A\router 1/2\n\rinner 0/2\x1b[A\n\rinner 1/2\x1b[A\r         \r\n\r         \r\x1b[A"],
    ["o", "line 1\n"], ["e", "\router 1/2\n\rinner 1/2\x1b[A\n\rinner 2/2\x1b[A\n\r         \x1b[A\router 2/2\router 2/2\n"]]:
    (sys.stderr if name == "e" else sys.stdout).write(text)`,
    String.raw`print("\x1b[?25l\r\x1b[2Ka 0\r\x1b[2Ka 0\nb 0\r\x1b[2K\x1b[1A\x1b[2Ka 1\nb 1\r\x1b[2K\x1b[1A\x1b[2Ka 2\nb 2\n\x1b[?25hdone")`,
  ));
  assert.equal(await runs(blockOf(page)), 'inner 2/2\ninner 2/2\nouter 2/2');
  assert.equal((await runs(blockOf(page, 1))).trimEnd(), 'line 0\nline 1\nouter 2/2');
  assert.equal(await runs(blockOf(page, 2)), 'a 2\nb 2\ndone');
});

story('Escapes of every kind do what they say or nothing; the cursor goes back over what came before them', async ({ open }) => {
  const page = await open(site(
    String.raw`print("keep\x1b[0K this\x1b[K")
print("gone\x1b[2Kback 10%\b\b\b20%")
print("\x1b[4:3mcurly\x1b[0m \x1b(Bset \x1b7saved\x1b8 \x1b[?25lhidden \x1b[>4;1mkeys\x07 \x1b]8;;https://site.test\x1b\\link\x1b]8;;\x1b\\ \x1bPq#0\x1b\\.")`,
    String.raw`import time
print("first\nLoading...", end="")
time.sleep(0.3)
print("\rDone.")
print("\x1b[32mgreen")
display(1)
print("still\x1b[0m \x1b[7mturned\x1b[27m")`,
  ));
  assert.equal(await runs(blockOf(page)), 'keep this\nback 20%\ncurly set saved hidden keys link .');
  assert.equal(await runs(blockOf(page, 1)), 'first\nDone.\ngreen\n1\nstill turned');
  const styleOf = (/** @type {string} */ text) => blockOf(page, 1).locator('.pyfence-output span', { hasText: text }).getAttribute('style');
  assert.equal(await styleOf('still'), await styleOf('green'));
  assert.match(await styleOf('turned') ?? '', /background-color/);
});

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  story(`Any colour is legible on a ${colorScheme} page`, async ({ open }) => {
    const page = await open(site('for colour in range(16, 256): print(f"\\x1b[38;5;{colour}m{colour}\\x1b[0m")'), '/', { colorScheme });
    await runs(blockOf(page));
    const least = await blockOf(page).locator('.pyfence-output').evaluate((output) => {
      const canvas = /** @type {CanvasRenderingContext2D} */ (document.createElement('canvas').getContext('2d', { willReadFrequently: true }));
      const light = (/** @type {string} */ colour) => {
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        const [red, green, blue] = [...canvas.getImageData(0, 0, 1, 1).data].map((part) => (part <= 10 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4));
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
      };
      const ground = light(getComputedStyle(/** @type {Element} */ (output.parentElement)).backgroundColor);
      return Math.min(...[...output.querySelectorAll('span')].map((span) => {
        const text = light(getComputedStyle(span).color);
        return Math.max(text, ground) / Math.min(text, ground);
      }));
    });
    assert.ok(least >= 4.5, `the contrast is ${least}`);
  });
}

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

story('Clear makes room for what comes next; a question stays', async ({ open }) => {
  const page = await open(site('import time\nfor i in range(20_000): print(i)\nname = input("Name? ")\nprint("Hello", name)'));
  const block = blockOf(page);
  await press(block, 'Run');
  await block.getByLabel('Name?').waitFor();
  await press(block, 'Clear');
  await block.getByLabel('Name?').fill('Ada');
  await page.keyboard.press('Enter');
  await block.locator('.pyfence-stdout', { hasText: 'Hello' }).waitFor();
  assert.equal(await outputOf(block), 'Name? Ada\nHello Ada');
});

story('A value waits for the text before it', async ({ open, world }) => {
  const page = await open(site('class Bold:\n    def _repr_mimebundle_(self, **_): return {"text/html": "<b>bold</b>", "text/plain": None}\nprint("\\x1b[1mfirst\\x1b[0m")\ndisplay(Bold())\nprint("last")'));
  const mend = world.fault('terminal.js', 'stall');
  const block = blockOf(page);
  const asked = page.waitForRequest(/terminal\.js/);
  await press(block, 'Run');
  await asked;
  await page.waitForTimeout(500);
  mend();
  await reaches(block, 'done');
  await block.frameLocator('iframe').getByText('bold').waitFor();
  assert.equal(await outputOf(block), 'first\n\nlast');
});

story('Where what draws colours can\'t be had, text is text', async ({ open, world }) => {
  const page = await open(site('print("\\x1b[1mfirst")\nprint("last")\n1'));
  world.fault('terminal.js', 404);
  assert.equal(await runs(blockOf(page)), '\x1b[1mfirst\nlast\n1');
});

story('The output follows its end, unless the reader went back in it', async ({ open }) => {
  const page = await open(site('import time\nfor i in range(200):\n    print(i)\n    time.sleep(0.01)\n"the value"',
    'print("before")\nclass Long:\n    def __repr__(self): return "\\n".join(map(str, range(100)))\nLong()'));
  const block = blockOf(page);
  await runs(block);
  const region = block.locator('.pyfence-output');
  const below = () => region.evaluate(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight);
  assert.ok(await below() < 2);
  await press(block, 'Run');
  await block.locator('.pyfence-stdout', { hasText: '50' }).waitFor();
  await region.evaluate((region) => { region.scrollTop = 10; });
  await reaches(block, 'done');
  assert.equal(await region.evaluate(({ scrollTop }) => scrollTop), 10);

  const next = blockOf(page, 1);
  await runs(next);
  const top = (/** @type {string} */ part) => next.locator(part).evaluate((element) => element.getBoundingClientRect().top);
  const seen = await top('.pyfence-value') - await top('.pyfence-output');
  assert.ok(seen >= 0 && seen < 20, `a long result begins at ${seen} px`);
});

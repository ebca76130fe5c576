// A lot of output, and output made for terminals.
import assert from 'node:assert/strict';
import { blockOf, outputOf, press, reaches, runs } from './support/block.js';
import { comesToRest } from './support/measures.js';
import { render } from './support/pyfence.js';
import { prints, returns } from './support/scripted-python.js';
import { pages } from './support/site.js';
import { story } from './support/story.js';

/** @param {string[]} codes */
const site = (...codes) => pages({ '/': render(codes.map((code) => `\`\`\`pyodide\n${code}\n\`\`\`\n`).join('\n')) });

/** One block, and what its code does. @param {string} code @param {import('./support/scripted-python.js').Step[]} steps */
const scripted = (code, steps) => pages({ '/': render(`\`\`\`pyodide\n${code}\n\`\`\`\n`) }, { python: { [code]: steps } });

/** @param {number} from @param {number} to @param {(n: number) => string} line */
const lines = (from, to, line) => Array.from({ length: to - from }, (_, at) => `${line(from + at)}\n`).join('');

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

story('Show all shows the rest where it can be borne', async ({ open }) => {
  const steps = [{ print: lines(0, 20_000, String) }, ...returns("'the value'")];
  const page = await open(scripted('for i in range(20_000): print(i)\n"the value"', steps));
  const block = blockOf(page);
  assert.doesNotMatch(await runs(block), /19999/);
  await press(block, 'Show all');
  await block.locator('.pyfence-help').waitFor({ state: 'detached' });
  assert.match(await outputOf(block), /^19999\n'the value'$/m);
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
    const printed = lines(16, 256, (colour) => `\x1b[38;5;${colour}m${colour}\x1b[0m`);
    const page = await open(scripted('for colour in range(16, 256): print(f"\\x1b[38;5;{colour}m{colour}\\x1b[0m")', prints(printed)), '/', { colorScheme });
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

story('What code clears is gone, at once or with what comes next, and values can be changed where they stand', async ({ open }) => {
  const page = await open(site(
    'import time\nfrom IPython.display import clear_output, display\nprint("one")\nclear_output()\nprint("two")\nclear_output(wait=True)\ntime.sleep(0.2)\nprint("three")',
    'print("old")\ndisplay("gone")\nprint("more\\x1b[2J\\x1b[Hnew")\nprint("\\x1b[H\\x1b[Jnewer \\x1b[1mstill\\x1b[0m")',
    'class Bold:\n    def __init__(self, text): self.text = text\n    def _repr_html_(self): return f"<b>{self.text}</b>"\n'
      + 'handle = display(Bold("first"), display_id=True)\nprint("below")\nhandle.update(Bold("second"))\ndisplay("count 0", display_id="count")\nfor n in range(3): display(f"count {n + 1}", display_id="count", update=True)',
    'from IPython.display import update_display\nupdate_display("third", display_id=handle.display_id)',
  ));
  assert.equal(await runs(blockOf(page)), 'three');
  assert.equal(await runs(blockOf(page, 1)), 'newer still');
  assert.equal(await runs(blockOf(page, 2)), '\nbelow\n\'count 3\'');
  await blockOf(page, 2).frameLocator('iframe').getByText('second').waitFor();
  assert.equal(await blockOf(page, 2).locator('iframe').count(), 1);
  assert.equal(await runs(blockOf(page, 3)), '');
  assert.equal(await outputOf(blockOf(page, 2)), '\'third\'\nbelow\n\'count 3\'');
});

story('A value waits for the text before it', async ({ open, world }) => {
  const steps = [{ print: '\x1b[1mfirst\x1b[0m\n' }, { display: { 'text/html': '<b>bold</b>', 'text/plain': '' } }, ...prints('last\n')];
  const page = await open(scripted('print("\\x1b[1mfirst\\x1b[0m")\ndisplay(bold)\nprint("last")', steps));
  const mend = world.fault('output-renderer.js', 'stall');
  const block = blockOf(page);
  const asked = page.waitForRequest(/output-renderer\.js/);
  await press(block, 'Run');
  await asked;
  await comesToRest(page);
  mend();
  await reaches(block, 'done');
  await block.frameLocator('iframe').getByText('bold').waitFor();
  assert.equal(await outputOf(block), 'first\n\nlast');
});

story('Where what draws colours can\'t be had, text is text', async ({ open, world }) => {
  const page = await open(scripted('print("\\x1b[1mfirst")\nprint("last")\n1', [{ print: '\x1b[1mfirst\nlast\n' }, ...returns('1')]));
  world.fault('output-renderer.js', 404);
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

// Questions to the reader: `input()` waits where the browser can, and never for ever.
import assert from 'node:assert/strict';
import { blockOf, outputOf, press, reaches, runs } from './support/block.js';
import { impatient, render } from './support/pyfence.js';
import { pages } from './support/site.js';
import { story } from './support/story.js';

/** @param {string[]} codes */
const markdown = (...codes) => codes.map((code) => `\`\`\`pyodide\n${code}\n\`\`\`\n`).join('\n');

/** @param {string[]} codes @param {Parameters<typeof pages>[1]} [serving] */
const site = (codes, serving) => pages({ '/': render(markdown(...codes)) }, serving);

for (const [where, headers] of /** @type {[string, Record<string, string>][]} */ ([
  ['on any page', {}],
  ['on an isolated page', { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' }],
])) {
  story(`input() asks in the output and waits, ${where}`, async ({ open, screenshot }) => {
    const page = await open(site(['name = input("Your name? ")\nage = int(input())\nprint(f"{name} is {age}")', 'print(1)\ninput("again? ")'], { headers }));
    const block = blockOf(page);
    await press(block, 'Run');
    await block.getByRole('textbox', { name: 'Your name?' }).fill('Ada é 🐍');
    await screenshot(page, 'input');
    await page.keyboard.press('Enter');
    await block.locator('input[aria-label="Your answer"]:focus').waitFor();
    await press(block, 'Clear');
    await block.getByRole('textbox', { name: 'Your answer' }).fill('36');
    await page.keyboard.press('Enter');
    await reaches(block, 'done');
    assert.equal(await outputOf(block), '36\nAda é 🐍 is 36');

    await press(blockOf(page, 1), 'Run');
    await blockOf(page, 1).getByRole('textbox').waitFor();
    await press(blockOf(page, 1), 'Stop');
    await reaches(blockOf(page, 1), 'idle');
    assert.equal(await blockOf(page, 1).getByRole('textbox').count(), 0);
  });
}

story('A long question leaves its field in sight', async ({ open, screenshot }) => {
  const page = await open(site([`input("${'A long question. '.repeat(8)}")\ninput("short? ")`]), '/', { viewport: { width: 320, height: 640 } });
  await press(blockOf(page), 'Run');
  const field = blockOf(page).getByRole('textbox', { name: 'A long question.' });
  const box = await field.boundingBox();
  assert.ok(box && box.x >= 0 && box.x + box.width <= 320 && box.width > 90 && box.height >= 24, JSON.stringify(box));
  await screenshot(page, 'input-long');
  await page.keyboard.press('Enter');
  await blockOf(page).getByRole('textbox', { name: 'short?' }).fill('yes');
  await screenshot(page, 'input-short');
});

story('Two tasks may ask at once, and each gets its answer', async ({ open }) => {
  const page = await open(site(['import asyncio\nasync def ask(prompt): return input(prompt)\nawait asyncio.gather(ask("first "), ask("second "))']));
  const block = blockOf(page);
  await press(block, 'Run');
  for (const name of ['second', 'first']) {
    await block.getByRole('textbox', { name }).fill(name.toUpperCase());
    await block.getByRole('textbox', { name }).press('Enter');
  }
  await reaches(block, 'done');
  assert.match(await outputOf(block), /\['FIRST', 'SECOND'\]$/);
});

story('A question goes with its run: no other block gets its answer', async ({ open }) => {
  const page = await open(site(['while True:\n    try: input("stray? ")\n    except BaseException: pass', 'input("name? ")']));
  await press(blockOf(page), 'Run');
  await blockOf(page).getByRole('textbox').waitFor();
  await press(blockOf(page), 'Stop');
  await reaches(blockOf(page), 'idle');
  assert.equal(await blockOf(page).getByRole('textbox').count(), 0);
  await press(blockOf(page, 1), 'Run');
  await blockOf(page, 1).getByRole('textbox').fill('Ada');
  await page.keyboard.press('Enter');
  await reaches(blockOf(page, 1), 'done');
  assert.equal(await outputOf(blockOf(page, 1)), "name? Ada\n'Ada'");
});

story('Where the field can not be had the run ends and says why', async ({ open, world }) => {
  const page = await open(site(['input("? ")']));
  const mend = world.fault('/ask.js', 404);
  await press(blockOf(page), 'Run');
  await blockOf(page).locator('.pyfence-stderr').getByText('ask.js').waitFor();
  await reaches(blockOf(page), 'idle');
  mend();
});

story('A browser that can not wait says so', async ({ open }) => {
  const html = render(markdown('print("so far")\ninput("? ")', '1 + 1'));
  const first = "import { boot, readText } from './interpreter.js';";
  const page = await open(pages({ '/': html, ...impatient(html, 'worker.js', first, `${first}\ndelete WebAssembly.Suspending; delete WebAssembly.promising;`) }));
  assert.match(await runs(blockOf(page), 'error'), /^so far\n[^]*RuntimeError: input\(\) can't wait: this browser can't suspend Python \(JSPI\), and this page isn't isolated$/);
  assert.equal(await runs(blockOf(page, 1)), '2');
});

story('Lines of sys.stdin are asked for too, and a debugger takes its commands', async ({ open }) => {
  const page = await open(site(['import sys\nsys.stdin.readline()', 'x = 41\nbreakpoint()\nx + 1']));
  await press(blockOf(page), 'Run');
  await blockOf(page).getByRole('textbox').fill('a line');
  await page.keyboard.press('Enter');
  await reaches(blockOf(page), 'done');
  assert.match(await outputOf(blockOf(page)), /'a line\\n'$/);
  await press(blockOf(page, 1), 'Run');
  for (const command of ['p x', 'c']) {
    await blockOf(page, 1).getByRole('textbox').fill(command);
    await page.keyboard.press('Enter');
  }
  await reaches(blockOf(page, 1), 'done');
  assert.match(await outputOf(blockOf(page, 1)), /\(Pdb\) p x\n41\n\(Pdb\) c\n42$/);
});

// Questions to the reader: `input()` waits where the browser can, and never for ever.
import assert from 'node:assert/strict';
import { blockOf, outputOf, press, reaches, runs } from './support/block.js';
import { render } from './support/pyfence.js';
import { asks } from './support/scripted-python.js';
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
    const frame = await block.locator('.pyfence-output:focus').evaluate((region) => getComputedStyle(region).outlineStyle);
    assert.equal(frame, 'none', 'what keeps the place for the next question shows nothing of it');
    assert.equal(await outputOf(block), '36\nAda é 🐍 is 36');

    await press(blockOf(page, 1), 'Run');
    await blockOf(page, 1).getByRole('textbox').waitFor();
    await press(blockOf(page, 1), 'Stop');
    await reaches(blockOf(page, 1), 'idle');
    assert.equal(await blockOf(page, 1).getByRole('textbox').count(), 0);
  });
}

story('A long question leaves its field in sight', async ({ open, screenshot }) => {
  const question = 'A long question. '.repeat(8);
  const code = `input("${question}")\ninput("short? ")`;
  const page = await open(site([code], { python: { [code]: asks(question, 'short? ') } }), '/', { viewport: { width: 320, height: 640 } });
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
  const mend = world.fault('/input-field.js', 404);
  await press(blockOf(page), 'Run');
  await blockOf(page).locator('.pyfence-stderr').getByText('input-field.js').waitFor();
  await reaches(blockOf(page), 'idle');
  mend();
});

story('A browser that can not wait says so', async ({ open }) => {
  const html = render(markdown('print("so far")\ninput("? ")', '1 + 1'));
  const page = await open(pages({ '/': html }, { inWorker: 'delete WebAssembly.Suspending; delete WebAssembly.promising;' }));
  assert.match(await runs(blockOf(page), 'error'), /^so far\n[^]*RuntimeError: input\(\) can't wait: this browser can't suspend Python \(JSPI\), and this page isn't isolated$/);
  assert.equal(await runs(blockOf(page, 1)), '2');
});

story('What asks in modules, consoles and packages asks here, a password unseen', async ({ open }) => {
  const page = await open(site([
    'open("helper.py", "w").write("def ask(what): return input(what)");\nopen("game.py", "w").write("print(input(chr(27) + \'[31mName? \' + chr(27) + \'[0m\'))");',
    'import helper\nhelper.ask("Who? ")',
    'exec(open("game.py").read())',
    'import cmd\nclass Shell(cmd.Cmd):\n    def do_end(self, line): return True\nShell().cmdloop()',
    'import code\ncode.interact("", exitmsg="", local={})',
    'from getpass import getpass\nlen(getpass("Key: "))',
    'import sys\nsys.stdin.read()',
    'import sys\nsys.stdin.buffer.readline()',
    'from rich.prompt import Prompt\nPrompt.ask("Color")',
    'help()',
  ]));
  await runs(blockOf(page));
  /** @param {number} place @param {string[]} answers */
  const answer = async (place, ...answers) => {
    await press(blockOf(page, place), 'Run');
    for (const text of answers) {
      const field = blockOf(page, place).locator('.pyfence-question input');
      await field.waitFor();
      if (place === 5) assert.equal(await field.getAttribute('type'), 'password');
      await field.fill(text === '^D' ? '' : text);
      await field.press(text === '^D' ? 'Control+d' : 'Enter');
    }
    await reaches(blockOf(page, place), 'done');
    return outputOf(blockOf(page, place));
  };
  assert.equal(await answer(1, 'Ada'), "Who? Ada\n'Ada'");
  assert.equal(await answer(2, 'Ada'), 'Name? Ada\nAda');
  assert.match(await answer(3, 'end'), /\(Cmd\) end/);
  assert.match(await answer(4, '6 * 7', '^D'), />>> 6 \* 7\n42/);
  assert.equal(await answer(5, 'secret'), 'Key: \n6');
  assert.match(await answer(6, 'a', 'b', ''), /'a\\nb\\n'$/);
  assert.match(await answer(7, 'é'), /b'\\xc3\\xa9\\n'$/);
  assert.match(await answer(8, 'red'), /'red'$/);
  assert.match(await answer(9, 'quit'), /help> quit/);
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

story("Standard input as a file, and by its number, is the reader's lines", async ({ open }) => {
  const page = await open(site([
    'with open(0) as lines: first = lines.readline()\nsecond = input("again? ")\nprint(first + second)',
    'import os\nprint(os.read(0, 2), open("/dev/stdin", "rb").readline())',
    'print(sum(map(int, open(0).read().split())))',
    'import io, select, sys\nready = select.select([sys.stdin], [], [], 0)[0] == [sys.stdin]\nprint(io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8").readline(), sys.__stdin__.read(3), ready)',
    'import fileinput\nfor line in fileinput.input():\n    print(line.upper(), end="")',
  ]));
  const answers = [['one', 'two'], ['three'], ['1 2', '3', ''], ['five', 'sixty'], ['a', null]];
  for (const [place, lines] of answers.entries()) {
    await press(blockOf(page, place), 'Run');
    for (const line of lines) {
      const field = blockOf(page, place).getByRole('textbox');
      await field.waitFor();
      if (line === null) await field.press('Control+d');
      else await field.fill(line);
      if (line !== null) await field.press('Enter');
    }
    await reaches(blockOf(page, place), 'done');
  }
  assert.equal(await outputOf(blockOf(page)), 'one\nagain? two\none\ntwo');
  assert.match(await outputOf(blockOf(page, 1)), /b'th' b'ree\\n'$/);
  assert.match(await outputOf(blockOf(page, 2)), /6$/);
  assert.match(await outputOf(blockOf(page, 3)), /five\n six True$/);
  assert.match(await outputOf(blockOf(page, 4)), /\nA\n$/);
});

story('A prompt keeps its colours, and its line goes on from what was printed', async ({ open, screenshot }) => {
  const page = await open(site(['print("Your ", end="")\nname = input("\\033[32mname\\033[0m? ")\nprint("Hello,", end=" ")\nprint(name)']));
  const block = blockOf(page);
  await press(block, 'Run');
  const field = block.getByRole('textbox', { name: 'name?' });
  await field.waitFor();
  await screenshot(page, 'prompt-colours');
  const above = await block.locator('.pyfence-stdout').first().boundingBox();
  const box = await field.boundingBox();
  assert.ok(above && box && box.x > above.x + above.width && Math.abs(box.y - above.y) < 8, JSON.stringify([above, box]));
  assert.notEqual(await block.locator('.pyfence-question span span').evaluate((span) => getComputedStyle(span).color), await block.evaluate((element) => getComputedStyle(element).color));
  await field.fill('Ada');
  await page.keyboard.press('Enter');
  await reaches(block, 'done');
  await screenshot(page, 'prompt-answered');
  const [asked, answer] = await block.locator('.pyfence-stdout').all();
  assert.equal(await answer.textContent(), 'name? Ada\nHello, Ada\n');
  assert.equal((await asked.boundingBox())?.y, (await answer.boundingBox())?.y);
});

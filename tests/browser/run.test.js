// The reader runs code: what it prints, what it is worth, how it fails, and what blocks know of each other.
import assert from 'node:assert/strict';
import { blockOf, outputOf, press, reaches, runs } from './support/block.js';
import { comesToRest } from './support/measures.js';
import { render } from './support/pyfence.js';
import { prints, returns } from './support/scripted-python.js';
import { pages } from './support/site.js';
import { story } from './support/story.js';

/** @param {string} markdown @param {Parameters<typeof pages>[1]} [serving] */
const site = (markdown, serving) => pages({ '/': render(markdown) }, serving);

/** @param {string} code @param {string} [options] */
const fence = (code, options = '') => `\`\`\`pyodide ${options}\n${code}\n\`\`\`\n\n`;

story('Run shows what the code prints and the value of its last expression', async ({ open, screenshot, complaints }) => {
  const page = await open(site([
    'print("one"); print("two")\n6 * 7', '0', 'False', '""', 'None', 'x = 1', 'x', '"<b>no</b>"', 'print("no newline", end="")\n5',
  ].map((code) => fence(code)).join(''), { isFirstVisit: true }));
  const expected = ['one\ntwo\n42', '0', 'False', "''", '', '', '1', "'<b>no</b>'", 'no newline\n5'];
  for (const [place, text] of expected.entries()) assert.equal(await runs(blockOf(page, place)), text);
  assert.equal(await blockOf(page).getByRole('status').textContent(), 'Done');
  await press(blockOf(page), 'Clear');
  await blockOf(page).locator('.pyfence-output:empty').waitFor({ state: 'attached' });
  assert.equal(await blockOf(page).getAttribute('state'), 'idle');
  await screenshot(page, 'run');
  assert.deepEqual(complaints, []);
});

story('Ctrl+Enter runs from anywhere in the block, and leaves the focus where it was', async ({ open }) => {
  const page = await open(pages({ '/': render(fence('print("ran")')) }, { python: { 'print("ran")': prints('ran\n') } }));
  const block = blockOf(page);
  for (const part of [block.locator('pre'), block.getByRole('button', { name: 'Copy' })]) {
    await part.focus();
    await page.keyboard.press('Control+Enter');
    await reaches(block, 'done');
    assert.equal(await outputOf(block), 'ran');
    assert.ok(await part.evaluate((part) => part === document.activeElement));
    await press(block, 'Clear');
    assert.ok(await block.getByRole('button', { name: 'Run' }).evaluate((run) => run === document.activeElement), 'no button takes the focus away with it');
  }
});

story('Text appears while the code still runs', async ({ open }) => {
  const page = await open(site(fence('import time\nprint("first")\ntime.sleep(2)\nprint("second")')));
  const block = blockOf(page);
  await press(block, 'Run');
  await block.locator('.pyfence-stdout').waitFor();
  assert.equal(await outputOf(block), 'first');
  assert.equal(await block.getAttribute('state'), 'running');
  const region = block.locator('.pyfence-output');
  assert.equal(await region.getAttribute('aria-busy'), 'true');
  await reaches(block, 'done');
  assert.equal(await outputOf(block), 'first\nsecond');
  assert.equal(await region.getAttribute('aria-busy'), 'false');
});

story('A run that makes the same output again moves nothing', async ({ open }) => {
  const page = await open(pages({ '/': `${render('```pyodide\nimport time\nprint("one")\ntime.sleep(0.3)\nprint("two")\n```\n')}<p>After.</p>` }));
  await runs(blockOf(page));
  const places = await page.evaluateHandle(() => {
    /** @type {Set<number>} */
    const places = new Set();
    const look = () => {
      places.add(/** @type {Element} */ (document.querySelector('main ~ p')).getBoundingClientRect().top);
      requestAnimationFrame(look);
    };
    look();
    return places;
  });
  await press(blockOf(page), 'Run');
  await page.locator('[state="running"]').waitFor();
  await reaches(blockOf(page), 'done');
  await comesToRest(page);
  assert.equal(await places.evaluate((places) => places.size), 1);
});

story('An exception shows its traceback, with the lines of the reader and no others', async ({ open, screenshot }) => {
  const page = await open(site(fence('def half(x):\n    return x / 0\n\nprint("before")\nhalf(1)') + fence('if True\n    pass') + fence('1\n')));
  assert.equal(await runs(blockOf(page), 'error'), [
    'before',
    'Traceback (most recent call last):',
    '  File "<block 1>", line 5, in <module>',
    '    half(1)',
    '    ~~~~^^^',
    '  File "<block 1>", line 2, in half',
    '    return x / 0',
    '           ~~^~~',
    'ZeroDivisionError: division by zero',
  ].join('\n'));
  assert.match(await runs(blockOf(page, 1), 'error'), /^ {2}File "<block 2>", line 1\n {4}if True\n.*\nSyntaxError: expected ':'$/);
  assert.equal(await runs(blockOf(page, 2)), '1', 'Python lives on');
  await screenshot(page, 'error');
});

story('Blocks of one session share their variables; other sessions know nothing of them', async ({ open, world }) => {
  const page = await open(site(
    fence('something = "hello"', 'session="something"') + fence('print(something)', 'session="something"') + fence('print(something)'),
  ));
  await runs(blockOf(page));
  assert.equal(await runs(blockOf(page, 1)), 'hello');
  assert.match(await runs(blockOf(page, 2), 'error'), /NameError: name 'something' is not defined/);
  assert.equal(world.requested('pyodide.asm.wasm').length, 1, 'one Python for all');
});

story('await works at top level, and classes and pickles know their module', async ({ open }) => {
  const page = await open(site(fence(`import asyncio, dataclasses, pickle
await asyncio.sleep(0.01)

@dataclasses.dataclass
class Point:
    x: "int" = 1

pickle.loads(pickle.dumps(Point()))`)));
  assert.equal(await runs(blockOf(page)), 'Point(x=1)');
});

story('A run that is asked for while another is under way waits for it', async ({ open }) => {
  const page = await open(site(fence('input("Go on?")\nprint("slow")') + fence('print("quick")')));
  await blockOf(page).getByRole('button', { name: 'Run' }).dblclick();
  await press(blockOf(page, 1), 'Run');
  await blockOf(page).getByRole('button', { name: 'Run' }).click({ force: true });
  await blockOf(page, 1).getByText('Waiting for another block').waitFor();
  await blockOf(page).getByRole('textbox', { name: 'Go on?' }).press('Enter');
  await reaches(blockOf(page), 'done');
  await reaches(blockOf(page, 1), 'done');
  assert.match(await outputOf(blockOf(page)), /^Go on\?.*\nslow$/);
  assert.equal(await outputOf(blockOf(page, 1)), 'quick');
});

story('Pages hear of runs and can refuse them', async ({ open }) => {
  const python = { 'print("a", end="")\n1': [{ print: 'a' }, ...returns('1')] };
  const page = await open(site(fence('print("a", end="")\n1'), { python }));
  await page.evaluate(() => {
    const heard = document.body.appendChild(document.createElement('ol'));
    for (const type of ['pyodide-run', 'pyodide-output', 'pyodide-done']) {
      document.addEventListener(type, (event) => {
        const item = heard.appendChild(document.createElement('li'));
        item.textContent = `${type} ${JSON.stringify(/** @type {CustomEvent} */ (event).detail)}`;
        if (type === 'pyodide-run' && heard.childElementCount === 1) event.preventDefault();
      });
    }
  });
  await press(blockOf(page), 'Run');
  assert.equal(await blockOf(page).getAttribute('state'), 'idle');
  await runs(blockOf(page));
  assert.deepEqual(await page.locator('ol > li').allTextContents(), [
    'pyodide-run {"code":"print(\\"a\\", end=\\"\\")\\n1","session":"default"}',
    'pyodide-run {"code":"print(\\"a\\", end=\\"\\")\\n1","session":"default"}',
    'pyodide-output {"stream":"stdout","text":"a"}',
    'pyodide-done {"state":"done","value":{"text/plain":"1"}}',
  ]);
});

story('Who hears of a run can stop it, who hears of its end can run it again, and nobody starts a second one', async ({ open }) => {
  const page = await open(site(fence('n = globals().get("n", 0) + 1\nprint(n)')));
  const states = await blockOf(page).evaluate(async (element) => {
    const block = /** @type {import('../../runtime/pyfence.js').PyodideBlock} */ (element);
    /** @type {string[]} */
    const states = [];
    const done = new Promise((resolve) => {
      block.addEventListener('pyodide-run', () => { if (states.length === 2) block.stop(); });
      block.addEventListener('pyodide-done', (event) => {
        states.push(/** @type {CustomEvent} */ (event).detail.state);
        if (states.length < 3) block.run(); else resolve(undefined);
      });
    });
    await Promise.all([block.run(), block.run()]);
    await done;
    return states;
  });
  assert.deepEqual(states, ['done', 'done', 'stopped']);
  assert.equal(await runs(blockOf(page)), '3');
});

story('Scripts can run a block, stop it and change its code', async ({ open }) => {
  const python = { 'print("a")': prints('a\n'), 'print("b")': prints('b\n') };
  const page = await open(pages({ '/': render(fence('print("a")')) }, { python }));
  const block = blockOf(page);
  await block.evaluate(async (element) => {
    const block = /** @type {import('../../runtime/pyfence.js').PyodideBlock} */ (element);
    block.code = 'print("b")';
    await block.run();
  });
  assert.equal(await outputOf(block), 'b');
  await press(block, 'Reset');
  assert.equal(await runs(block), 'a');
});

// Stop, and what it costs: nothing where Python can be interrupted, the sessions where it can't.
import assert from 'node:assert/strict';
import { blockOf, outputOf, press, reaches, runs } from './support/block.js';
import { markdown, stops } from './support/endless.js';
import { render } from './support/pyfence.js';
import { raises } from './support/scripted-python.js';
import { pages } from './support/site.js';
import { story } from './support/story.js';

story('What a stopped flood leaves behind does not reach the next Python', async ({ open }) => {
  const page = await open(pages({ '/': render('```pyodide\nwhile True: print("x" * 100)\n```\n\n```pyodide\nx = 5\n```\n\n```pyodide\nx\n```\n') }));
  await press(blockOf(page), 'Run');
  await stops(blockOf(page));
  await runs(blockOf(page, 1));
  // A worker that the browser ends by force is heard of two seconds later.
  await page.waitForTimeout(3_000);
  assert.equal(await runs(blockOf(page, 2)), '5');
});

story('Code that awaits is stopped without loss on any page', async ({ open }) => {
  const page = await open(pages({ '/': render(markdown) }));
  await runs(blockOf(page));
  await press(blockOf(page, 3), 'Run');
  await stops(blockOf(page, 3));
  assert.equal(await outputOf(blockOf(page, 3)), 'asleep');
  assert.equal(await runs(blockOf(page, 2)), '1');
});

story('Code that awaits is stopped without loss after a run whose package could not be had', async ({ open }) => {
  const codes = ['\nfrom asyncio import sleep\nx = 1', ' install="nowhere-to-be-found"\n2', '\nprint("asleep")\nawait sleep(1000)', '\nx'];
  const page = await open(pages({ '/': render(codes.map((code) => `\`\`\`pyodide${code}\n\`\`\`\n`).join('\n')) }));
  await runs(blockOf(page));
  await runs(blockOf(page, 1), 'error');
  await press(blockOf(page, 2), 'Run');
  await stops(blockOf(page, 2));
  assert.equal(await outputOf(blockOf(page, 2)), 'asleep');
  assert.equal(await runs(blockOf(page, 3)), '1');
});

story('Stop takes a waiting run out of the queue, and ends the loading', async ({ open, world }) => {
  const page = await open(pages({ '/': render(markdown) }, { isFirstVisit: true }));
  const mend = world.fault('pyodide.asm.wasm', 'stall');
  await press(blockOf(page), 'Run');
  await press(blockOf(page, 2), 'Run');
  await blockOf(page, 2).getByText('Waiting for another block').waitFor();
  await press(blockOf(page, 2), 'Stop');
  await reaches(blockOf(page, 2), 'idle');
  assert.equal(await blockOf(page).getAttribute('state'), 'loading');
  await press(blockOf(page), 'Stop');
  await reaches(blockOf(page), 'idle');
  assert.equal(await outputOf(blockOf(page)), '', 'nothing was lost that there was');
  mend();
  assert.equal(await runs(blockOf(page)), 'first');
});

/** A slow machine: the worker hears nothing for a while. */
const busyBeforeInstalling = `const ask = self.fetch;
self.fetch = (...asked) => {
  for (const end = Date.now() + 1500; /install\\.py/.test(asked[0]?.url ?? asked[0]) && Date.now() < end;);
  return ask(...asked);
};`;

story('Stop while a package is coming loses nothing, and the next run has it', async ({ open, world }) => {
  const html = render(`${markdown}\n\`\`\`pyodide install="tabulate"\nimport tabulate\ntabulate.__name__, x\n\`\`\`\n`);
  const page = await open(pages({ '/': html }, { inWorker: busyBeforeInstalling }));
  await runs(blockOf(page));
  const block = blockOf(page, 4);
  const mend = world.fault('files.test/tabulate', 'half');
  await press(block, 'Run');
  await block.getByText('Installing tabulate').waitFor();
  await press(block, 'Stop');
  await reaches(block, 'idle');
  assert.equal(await outputOf(block), '');
  assert.equal(await runs(blockOf(page, 2)), '1', 'Python goes on meanwhile');
  mend();
  assert.equal(await runs(block), "('tabulate', 1)");
});

story('Run all above runs the session\'s earlier blocks and this one', async ({ open }) => {
  const page = await open(pages({ '/': render('```pyodide\na = 1\n```\n\n```pyodide session="x"\n1 / 0\n```\n\n```pyodide\nb = a + 1\n```\n\n```pyodide\na + b\n```\n') }));
  const last = blockOf(page, 3);
  await last.hover();
  await press(last, 'Run all above');
  await reaches(last, 'done');
  assert.equal(await outputOf(last), '3');
  assert.equal(await blockOf(page, 1).getAttribute('state'), 'idle');
  await blockOf(page).hover();
  assert.equal(await blockOf(page).getByRole('button', { name: 'Run all above' }).count(), 0);
});

story('Run all above shows what waits, and ends where a block fails', async ({ open }) => {
  const page = await open(pages({ '/': render('```pyodide\ninput()\n1 / 0\n```\n\n```pyodide\n1\n```\n\n```pyodide\n2\n```\n') }));
  const last = blockOf(page, 2);
  await last.hover();
  await press(last, 'Run all above');
  await last.getByText('Waiting for another block').waitFor();
  await press(last, 'Stop');
  await reaches(last, 'idle');
  assert.equal(await blockOf(page, 1).getAttribute('state'), 'loading', 'it still waits');
  await blockOf(page).getByRole('textbox').press('Enter');
  await reaches(blockOf(page), 'error');
  await reaches(blockOf(page, 1), 'idle');
  assert.equal(await outputOf(blockOf(page, 1)), '');
});

story('A name that an earlier block would define is offered, as Python sees it', async ({ open, screenshot, world }) => {
  const codes = [
    'from math import (\n    floor as total,\n)',
    'await __import__("asyncio").sleep(0)\nfirst, (_, total) = 1, (2, 41)',
    'def add(total=1):\n    "total = 1"\n    return [total for total in ()]',
    'total = = 1',
    'print(total + 1)',
  ];
  const page = await open(pages({ '/': render(codes.map((code) => `\`\`\`pyodide\n${code}\n\`\`\`\n`).join('\n')) }));
  const block = blockOf(page, 4);
  assert.match(await runs(blockOf(page, 3), 'error'), /SyntaxError/);
  assert.deepEqual(world.requested('find_definition.py'), []);
  assert.match(await runs(block, 'error'), /total is defined in block 2, which has not run\./);
  await screenshot(page, 'hint');
  await press(block, 'Run it first');
  await block.locator('.pyfence-stdout').waitFor();
  assert.equal(await outputOf(block), '42');
});

story('What ran before Python was lost is offered again', async ({ open }) => {
  const page = await open(pages({ '/': render('```pyodide\ntotal = 41\n```\n\n```pyodide\nimport os\nos.abort()\n```\n\n```pyodide\ntotal + 1\n```\n') }));
  await runs(blockOf(page));
  assert.equal(await runs(blockOf(page, 2)), '42');
  await runs(blockOf(page, 1), 'error');
  assert.match(await runs(blockOf(page, 2), 'error'), /total is defined in block 1, which has not run\./);
});

story('What ran before Python was lost between two runs is offered again', async ({ open }) => {
  const codes = ['total = 41', 'import asyncio, os\nasyncio.get_running_loop().call_later(1, os.abort);', 'total + 1'];
  const page = await open(pages({ '/': render(codes.map((code) => `\`\`\`pyodide\n${code}\n\`\`\`\n`).join('\n')) }));
  await runs(blockOf(page));
  const [worker] = page.workers();
  const lost = new Promise((resolve) => { worker.once('close', resolve); });
  await runs(blockOf(page, 1));
  await lost;
  assert.match(await runs(blockOf(page, 2), 'error'), /total is defined in block 1, which has not run\./);
});

story('No line is marked in code that is another than ran', async ({ open }) => {
  const page = await open(pages({ '/': render('```pyodide\ninput("Go on?")\n1 / 0\n```\n') }));
  const block = blockOf(page);
  const question = block.getByRole('textbox', { name: 'Go on?' });
  await press(block, 'Run');
  await question.waitFor();
  await block.locator('pre').click();
  await block.locator('.ace_text-input:focus').waitFor({ state: 'attached' });
  await page.keyboard.type('# mine\n');
  await question.press('Enter');
  await reaches(block, 'error');
  assert.equal(await block.locator('.ace_editor .pyfence-mark').count(), 0);
  assert.equal(await block.locator('pre').evaluate((pre) => pre.style.getPropertyValue('--pyfence-marked')), '');
});

story('The line that failed is marked, until the reader changes the code', async ({ open, screenshot }) => {
  const page = await open(pages({ '/': render('```pyodide\nimport json\n\ndef read(text):\n    return json.loads(text)\n\nread("{")\n```\n') }));
  const block = blockOf(page);
  const told = await runs(block, 'error');
  assert.match(told, /^Traceback[^]*line 6, in <module>\n[^]*line 4, in read\n/);
  const folded = block.locator('details');
  assert.match(await folded.locator('summary').innerText(), /^Calls in other code: \d+$/);
  assert.equal(await folded.getAttribute('open'), null);
  assert.match(await folded.textContent() ?? '', /json\/decoder\.py/);
  const marked = () => block.locator('pre').evaluate((pre) => pre.style.getPropertyValue('--pyfence-marked'));
  assert.equal(await marked(), '4');
  await screenshot(page, 'marked');
  await block.locator('pre').click();
  await block.locator('.ace_editor .pyfence-mark').waitFor();
  await page.keyboard.type('#');
  await block.locator('.ace_editor .pyfence-mark').waitFor({ state: 'detached' });
});

story('The line that failed comes into view where the code has its own scrollbar', async ({ open }) => {
  const code = `${'x = 1\n'.repeat(40)}1 / 0`;
  const python = { [code]: raises('ZeroDivisionError: division by zero', 41) };
  const page = await open(pages({ '/': render(`\`\`\`pyodide height="10"\n${code}\n\`\`\`\n`) }, { python }));
  const block = blockOf(page);
  await runs(block, 'error');
  const pre = block.locator('pre');
  const { top, bottom } = await pre.evaluate((pre) => {
    const top = parseFloat(getComputedStyle(pre).lineHeight) * 40 - pre.scrollTop;
    return { top, bottom: pre.clientHeight - top };
  });
  assert.ok(top > 0 && bottom > 20, `${top} ${bottom}`);
  await pre.click();
  const mark = block.locator('.ace_editor .pyfence-mark');
  await mark.waitFor();
  await block.locator('.ace_text-input').press('Control+Home');
  await mark.waitFor({ state: 'detached' });
  await runs(block, 'error');
  await mark.waitFor();
  assert.equal(await page.evaluate(() => scrollY), 0);
});

story('Marks stand under what they mean, also behind characters that are wide', async ({ open, screenshot }) => {
  const wide = 'Traceback (most recent call last):\n  File "<block 1>", line 1, in <module>\n    f("漢字🎉", 値 / 0)\n                ~~~^~~\nZeroDivisionError: division by zero';
  const syntax = '  File "<block 2>", line 1\n    漢 = "字🎉" / * 2\n               ^\nSyntaxError: invalid syntax';
  const ends = Object.fromEntries([wide, syntax].map((text, at) => [`${at}`, [{ end: { state: /** @type {const} */ ('error'), type: 'Error', text, line: 1, name: null } }]]));
  const page = await open(pages({ '/': render('```pyodide\n0\n```\n\n```pyodide\n1\n```\n') }, { python: ends }));
  for (const [place, meant] of ['/', '*'].entries()) {
    const told = await runs(blockOf(page, place), 'error');
    assert.equal(told.replaceAll(/ +\^/g, ''), [wide, syntax][place].replaceAll(/ +\^/g, ''), 'the text is the same');
    await blockOf(page, place).locator('.pyfence-error span').first().waitFor();
    const apart = await blockOf(page, place).locator('.pyfence-error').evaluate((error, meant) => {
      const left = (/** @type {string} */ character) => {
        const walker = document.createTreeWalker(error, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          const at = (node.textContent ?? '').indexOf(character);
          if (at < 0) continue;
          const range = document.createRange();
          range.setStart(node, at);
          range.setEnd(node, at + 1);
          return range.getBoundingClientRect().left;
        }
        return NaN;
      };
      return Math.abs(left('^') - left(meant));
    }, meant);
    assert.ok(apart < 1, `${apart} pixels`);
  }
  await screenshot(page, 'wide-characters');
});

story('Of a traceback the frames of other code are folded, and nothing that the reader wrote', async ({ open, screenshot }) => {
  const codes = [
    'import asyncio, json\nasync def read():\n    json.loads("{")\nasync with asyncio.TaskGroup() as group:\n    group.create_task(read())',
    'from pathlib import Path\nPath("mine.py").write_text("def half(x):\\n    return x / 0\\n")\nimport mine\nmine.half(1)',
    'eval("1 +")',
  ];
  const page = await open(pages({ '/': render(codes.map((code) => `\`\`\`pyodide\n${code}\n\`\`\`\n`).join('\n')) }));
  /** @param {number} place */
  const shown = (place) => blockOf(page, place).locator('.pyfence-error').innerText();
  await runs(blockOf(page), 'error');
  await screenshot(page, 'folded');
  assert.match(await shown(0), /^  \+ Exception Group Traceback[^]*<block 1>", line 4, in <module>[^]*Calls in other code: \d+\n[^]*<block 1>", line 3, in read[^]*Calls in other code: 3\n[^]*JSONDecodeError/);
  assert.doesNotMatch(await shown(0), /\/lib\/python/);
  assert.equal(await blockOf(page).locator('details').count(), 2);
  await runs(blockOf(page, 1), 'error');
  assert.match(await shown(1), /mine\.py", line 2, in half\n +return x \/ 0/);
  await runs(blockOf(page, 2), 'error');
  assert.match(await shown(2), /File "<string>", line 1\n +1 \+\n/);
});

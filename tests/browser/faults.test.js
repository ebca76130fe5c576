// What can go wrong while Python runs, and what the reader is told.
import assert from 'node:assert/strict';
import { blockOf, outputOf, press, reaches, runs } from './support/block.js';
import { becomes } from './support/measures.js';
import { render } from './support/pyfence.js';
import { hurry, pages } from './support/site.js';
import { story } from './support/story.js';

/** @param {string[]} codes */
const site = (...codes) => pages({ '/': render(codes.map((code) => `\`\`\`pyodide\n${code}\n\`\`\`\n`).join('\n')), '/other.html': '<!doctype html><title>Elsewhere</title>' });

story('Too deep a recursion and too big a list are exceptions like others', async ({ open }) => {
  const page = await open(site('x = 1\ndef deeper(n): return deeper(n + 1)\ndeeper(0)', 'bytearray(5 * 10**9)', 'x'));
  assert.match(await runs(blockOf(page), 'error'), /RecursionError: maximum recursion depth exceeded/);
  assert.match(await runs(blockOf(page, 1), 'error'), /MemoryError|OverflowError/);
  assert.equal(await runs(blockOf(page, 2)), '1', 'nothing is lost');
});

story('When Python itself breaks down the block says what is lost, and the next run has a new Python', async ({ open, screenshot }) => {
  const page = await open(site('x = 1', 'import os\nprint("so far")\nos.abort()', 'print("alive", "x" in globals())', 'x = ()\nfor _ in range(20_000):\n    x = (x,)\nhash(x)'));
  await runs(blockOf(page));
  const told = await runs(blockOf(page, 1), 'error');
  assert.match(told, /^so far\n/);
  assert.match(told, /Python broke down: the variables of all blocks are gone\./);
  await screenshot(page, 'broken-down');
  assert.equal(await runs(blockOf(page, 2)), 'alive False');
  await press(blockOf(page, 1), 'Run the blocks above again');
  await reaches(blockOf(page), 'done');
  assert.equal(await runs(blockOf(page, 2)), 'alive True');
  // C that calls itself too deep and asks nobody whether it may: no limit of Python reaches it.
  const tooDeep = await runs(blockOf(page, 3), 'error');
  assert.match(tooDeep, /Python broke down: the variables of all blocks are gone\.\n[^]*nested some thousand levels deep/);
  assert.match(tooDeep, /^Stack \(most recent call first\):\n {2}File "<block 4>", line 4 in <module>\nPython broke/);
  assert.equal(await runs(blockOf(page, 2)), 'alive False');
});

story('Offline there is an error, and Retry works when the network is back', async ({ open, world }) => {
  // Who has been here before has Python without a network.
  const page = await open(pages({ '/': render('```pyodide\nprint("here")\n```\n') }, { isFirstVisit: true }));
  const block = blockOf(page);
  const lift = world.fault('cdn.jsdelivr.net', 'refuse');
  await block.getByRole('button', { name: 'Run' }).hover();
  while (world.requested('cdn.jsdelivr.net').length === 0) await page.waitForTimeout(50);
  await page.context().setOffline(true);
  lift();
  assert.match(await runs(block, 'error'), /^Could not load what this code needs/);
  await page.context().setOffline(false);
  await press(block, 'Retry');
  await reaches(block, 'done');
  assert.equal(await outputOf(block), 'here');
});

story('Leaving in the middle of a run and coming back gives a page that runs', async ({ open, complaints }) => {
  const page = await open(site('while True: pass', 'print("here")'));
  await press(blockOf(page), 'Run');
  await blockOf(page).and(page.locator('[state="running"]')).waitFor();
  await page.goto('https://site.test/other.html');
  await page.goBack({ waitUntil: 'commit' });
  const block = blockOf(page);
  if (await block.getAttribute('state') === 'running') await press(block, 'Stop');
  assert.equal(await runs(blockOf(page, 1)), 'here');
  assert.deepEqual(complaints, []);
});

story('A page that the browser kept alive goes on where it was', async ({ open }) => {
  const page = await open(site('import asyncio\nn = 0\nwhile True:\n    n += 1\n    await asyncio.sleep(0.1)', 'n > 0'));
  await page.evaluate(() => { document.documentElement.dataset.kept = 'yes'; });
  await press(blockOf(page), 'Run');
  await blockOf(page).and(page.locator('[state="running"]')).waitFor();
  await page.goto('https://site.test/other.html');
  await page.goBack({ waitUntil: 'commit' });
  await page.locator('html[data-kept="yes"]').waitFor();
  await press(blockOf(page), 'Stop');
  await reaches(blockOf(page), 'idle');
  assert.equal(await runs(blockOf(page, 1)), 'True');
});

story('A task that outlives its run still prints, into its own block', async ({ open }) => {
  const page = await open(site('import asyncio\nasync def later():\n    await asyncio.sleep(3)\n    print("later")\ntask = asyncio.ensure_future(later())\nprint("now")'));
  const block = blockOf(page);
  assert.equal(await runs(block), 'now');
  await block.locator('.pyfence-stdout', { hasText: 'later' }).waitFor();
});

story('The theme may change and the code may be edited while a block runs', async ({ open }) => {
  const page = await open(site('import asyncio\nawait asyncio.sleep(2)\nprint("as it was")'));
  const block = blockOf(page);
  await press(block, 'Run');
  await block.and(page.locator('[state="running"]')).waitFor();
  await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'dark'));
  await block.locator('pre').click();
  await block.locator('.ace_text-input:focus').waitFor({ state: 'attached' });
  await page.keyboard.press('Control+A');
  await page.keyboard.type('print("as it is")');
  await reaches(block, 'done');
  assert.equal(await outputOf(block), 'as it was');
  assert.equal(await runs(block), 'as it is');
});

story('Where WebAssembly is not to be had there is an error, and the code is readable', async ({ open }) => {
  const policy = "script-src 'self' https://cdn.jsdelivr.net; worker-src 'self'";
  const page = await open(pages({ '/': render('```pyodide\n1\n```\n') }, { headers: { 'content-security-policy': policy } }));
  assert.match(await runs(blockOf(page), 'error'), /^Could not load what this code needs[^]*WebAssembly[^]*Retry$/);
  assert.equal(await blockOf(page).locator('code').isVisible(), true);
});

story('A network that stalls is an error in the end, and Retry works', async ({ open, world }) => {
  const page = await open(pages({ '/': render('```pyodide\n1\n```\n') }, { inWorker: hurry, isFirstVisit: true }));
  const mend = world.fault('pyodide.asm.wasm', 'stall');
  assert.match(await runs(blockOf(page), 'error'), /^Could not load what this code needs[^]*pyodide\.asm\.wasm[^]*Retry$/);
  mend();
  await press(blockOf(page), 'Retry');
  await reaches(blockOf(page), 'done');
});

story('What a callback of JavaScript raises is told, and nothing is lost', async ({ open }) => {
  const page = await open(site(
    'from js import setTimeout\nfrom pyodide.ffi import create_once_callable\nx = 1',
    'import asyncio\nsetTimeout(create_once_callable(lambda: 1 / 0), 0)\nawait asyncio.sleep(1)\nx',
  ));
  await runs(blockOf(page));
  assert.match(await runs(blockOf(page, 1)), /ZeroDivisionError[^]*\n1$/);
});

story('Files of ours that fail or stall: an error, Stop stops, and the next run works', async ({ open, world }) => {
  const page = await open(pages({ '/': render('```pyodide\nprint("here")\n```\n') }, { headers: { 'cache-control': 'no-store' } }));
  const block = blockOf(page);
  for (const file of ['/run.js', '/prelude.py', '/pyodide.json']) {
    const mend = world.fault(file, 404);
    await press(block, 'Run');
    await reaches(block, 'error');
    mend();
    assert.equal(await runs(block), 'here', file);
    await page.reload();
  }
  const mend = world.fault('/run.js', 'stall');
  await block.evaluate((block) => { /** @type {any} */ (block).run(); });
  await block.and(page.locator('[state="loading"]')).waitFor();
  await press(block, 'Stop');
  await reaches(block, 'idle');
  mend();
  assert.equal(await runs(block), 'here');
});

story('A file of ours that is silent: Stop ends the run all the same, and the next one works', async ({ open, world }) => {
  const fences = ['print("\\x1b[31mred")', '1 / 0', '>>> 1 + 1\n3', 'class A:\n    def _repr_html_(self): return "<b>a</b>"\nA()'];
  const html = render(fences.map((code) => `\`\`\`pyodide\n${code}\n\`\`\`\n`).join('\n'));
  const importing = render('```pyodide file=a.py\nx = 1\n```\n\n```pyodide\nimport a\na.x\n```\n');
  for (const [file, place, text, end] of /** @type {const} */ ([
    ['output-renderer.js', 0, html, 'done'], ['error-report.js', 1, html, 'error'], ['differences.js', 2, html, 'done'],
    ['html-frame.js', 3, html, 'done'], ['file-blocks.js', 1, importing, 'done'],
  ])) {
    const page = await open(pages({ '/': text }, { headers: { 'cache-control': 'no-store' } }));
    const block = blockOf(page, place);
    const mend = world.fault(file, 'stall');
    await block.evaluate((block) => { /** @type {any} */ (block).run(); });
    await becomes(async () => world.requested(file).length, (count) => count > 0);
    assert.match(await block.getAttribute('state') ?? '', /loading|running/, file);
    await press(block, 'Stop');
    await reaches(block, 'idle');
    mend();
    await runs(block, end);
    await page.close();
  }
});

story('A runtime on another origin can have no worker: each run says so, and none waits for ever', async ({ open, world }) => {
  world.put(pages({}, { host: 'elsewhere.test', headers: { 'access-control-allow-origin': '*' } }));
  const html = render('```pyodide\n1\n```\n\n```pyodide\n2\n```\n').replaceAll('"/pyfence/', '"https://elsewhere.test/pyfence/');
  const page = await open(pages({ '/': html }));
  for (const place of [0, 1]) assert.match(await runs(blockOf(page, place), 'error'), /^Could not load what this code needs\nSecurityError[^]*Retry$/);
});

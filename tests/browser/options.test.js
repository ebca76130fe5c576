// The options that say how a block looks and behaves.
import assert from 'node:assert/strict';
import { blockOf, opensEditor, outputOf, press, reaches, runs } from './support/block.js';
import { layoutShift } from './support/measures.js';
import { render } from './support/pyfence.js';
import { prints, raises, returns } from './support/scripted-python.js';
import { pages } from './support/site.js';
import { story } from './support/story.js';

/** @param {string} options @param {string} code */
const fence = (options, code) => `\`\`\`pyodide ${options}\n${code}\n\`\`\`\n\n`;

/** @param {string} markdown @param {Record<string, string>} [files] */
const site = (markdown, files = {}) => pages({ '/lesson/': render(markdown), ...files });

/** @param {string} markdown @param {import('./support/scripted-python.js').Script} python */
const scripted = (markdown, python) => pages({ '/lesson/': render(markdown) }, { python });

story('autorun: a block runs when the reader first sees it, and not before', async ({ open }) => {
  const page = await open(scripted(
    `${fence('autorun=yes', '"here"')}<div style="height: 3000px"></div>\n\n${fence('autorun=yes', '"below"')}`,
    { '"here"': returns("'here'"), '"below"': returns("'below'") },
  ), '/lesson/');
  await reaches(blockOf(page), 'done');
  assert.equal(await outputOf(blockOf(page)), "'here'");
  assert.equal(await blockOf(page, 1).getAttribute('state'), 'idle');
  await blockOf(page, 1).scrollIntoViewIfNeeded();
  await reaches(blockOf(page, 1), 'done');
});

story('autorun: blocks that are seen together run in the order of the page', async ({ open }) => {
  const page = await open(site(`${fence('autorun=yes', 'order = [1]')}${[2, 3, 4, 5, 6].map((n) => fence('autorun=yes', `order.append(${n}); order`)).join('')}`), '/lesson/', { viewport: { width: 1000, height: 2000 } });
  await reaches(blockOf(page, 5), 'done');
  assert.equal(await outputOf(blockOf(page, 5)), '[1, 2, 3, 4, 5, 6]');
});

story('readonly: the code runs, and no click or key makes an editor of it', async ({ open, world }) => {
  const page = await open(scripted(fence('readonly=yes', '1 + 1'), { '1 + 1': returns('2') }), '/lesson/');
  const block = blockOf(page);
  await block.locator('pre').click();
  await page.keyboard.type('x');
  await page.keyboard.press('Enter');
  assert.equal(await runs(block), '2');
  assert.equal(await block.locator('code').textContent(), '1 + 1');
  assert.deepEqual(world.requested('ace'), []);
  assert.equal(await block.getByRole('button', { name: 'Reset' }).count(), 0);
});

story('hidden: set-up code runs once, before the first block of its session, and is not seen', async ({ open, screenshot }) => {
  const page = await open(site([
    fence('session=a', 'runs.append(1); secret, runs'),
    fence('session=b', '"secret" in globals()'),
    fence('hidden=yes session=a', 'print("noise")\nsecret, runs = 42, []'),
  ].join('')), '/lesson/');
  assert.equal(await page.getByRole('button', { name: 'Run' }).count(), 2);
  assert.equal(await blockOf(page, 2).isVisible(), false);
  assert.equal(await runs(blockOf(page)), '(42, [1])');
  assert.equal(await runs(blockOf(page)), '(42, [1, 1])');
  assert.equal(await runs(blockOf(page, 1)), 'False');
  await screenshot(page, 'hidden');
});

story('hidden: what fails in set-up code is told where its session runs', async ({ open }) => {
  const page = await open(site(fence('', 'print("fine")') + fence('hidden=yes', 'no_such_name')), '/lesson/');
  assert.match(await runs(blockOf(page), 'error'), /File "<block set-up 1>", line 1[^]*NameError: name 'no_such_name' is not defined/);
  assert.equal(await blockOf(page).locator('pre').getAttribute('style'), null, 'no line of this block is marked');
});

story('title and id: the title stands above the code, also without JavaScript', async ({ open, screenshot }) => {
  const code = 'for n in range(3):\n    print(n)';
  const markdown = fence('title="loops.py" id=loops', code) + fence('', '1');
  for (const javaScriptEnabled of [true, false]) {
    const page = await open(scripted(markdown, { [code]: prints('0\n1\n2\n') }), '/lesson/#loops', { javaScriptEnabled });
    const [titled, plain] = [page.locator('#loops'), blockOf(page, 1)];
    assert.notEqual(await titled.evaluate((block) => getComputedStyle(block, '::before').content), 'none');
    const above = await titled.evaluate((block) => /** @type {HTMLElement} */ (block.querySelector('pre')).offsetTop - /** @type {HTMLElement} */ (block).offsetTop);
    assert.ok(above > 20 && above < 50, `${above} px`);
    assert.equal(await plain.evaluate((block) => getComputedStyle(block, '::before').content), 'none');
    await screenshot(page, `title-${javaScriptEnabled ? 'live' : 'static'}`);
    if (!javaScriptEnabled) continue;
    await runs(titled);
    await titled.getByRole('region', { name: 'Output 1 loops.py' }).waitFor();
  }
});

story('linenumbers: every line has one, the editor the same in the same place, and copied code has none', async ({ open, screenshot }) => {
  const code = Array.from({ length: 12 }, (_, index) => `line_${index + 1} = ${index + 1}`).join('\n');
  const page = await open(scripted(fence('linenumbers=yes', code) + fence('', '1'), {}), '/lesson/');
  const block = blockOf(page);
  await page.waitForFunction(() => document.querySelector('pre')?.dataset.lines);
  assert.equal(await layoutShift(page), 0);
  assert.equal(await block.locator('pre').evaluate((pre) => pre.dataset.lines?.split('\n').length), 12);
  const textLeft = await block.locator('code').evaluate((code) => code.getBoundingClientRect().left);
  await screenshot(page, 'linenumbers');
  await opensEditor(block);
  const line = block.locator('.ace_line').first();
  const lineLeft = await line.evaluate((line) => line.getBoundingClientRect().left);
  assert.ok(Math.abs(lineLeft - textLeft) <= 1, `${lineLeft} and ${textLeft}`);
  assert.deepEqual((await block.locator('.ace_gutter-cell').allTextContents()).map((text) => text.trim()).slice(0, 3), ['1', '2', '3']);
  await screenshot(page, 'linenumbers-editor');
  assert.equal(await layoutShift(page), 0);
  assert.equal(await block.evaluate((block) => /** @type {any} */ (block).code), code);
});

story('persist: edits are there again after a reload, Reset forgets them', async ({ open }) => {
  const python = { 'answer = 1': returns("'as written'"), 'answer = 1000': returns("'as edited'") };
  const page = await open(scripted(fence('persist=yes autorun=yes', 'answer = 1') + fence('', 'other = 1'), python), '/lesson/');
  await blockOf(page).getByText("'as written'").waitFor();
  for (const at of [0, 1]) {
    await opensEditor(blockOf(page, at));
    await page.keyboard.press('Control+End');
    await page.keyboard.type('000');
  }
  await page.reload();
  await blockOf(page).getByText('answer = 1000').waitFor();
  // With both it is the reader's own code that runs unasked.
  await blockOf(page).getByText("'as edited'").waitFor();
  assert.equal(await blockOf(page, 1).locator('code').textContent(), 'other = 1');
  await blockOf(page).getByRole('button', { name: 'Reset' }).click();
  await blockOf(page).getByText('answer = 1', { exact: true }).waitFor();
  await page.waitForFunction(() => localStorage.length === 0);
  await page.reload();
  await blockOf(page).getByRole('button', { name: 'Run' }).waitFor();
  await page.waitForLoadState('networkidle');
  assert.equal(await blockOf(page).locator('code').textContent(), 'answer = 1');
  assert.deepEqual(await page.evaluate(() => Object.keys(localStorage)), []);
});

story('persist: blocks with the same code keep edits of their own', async ({ open }) => {
  const page = await open(scripted(fence('persist=yes', 'answer = 1').repeat(2), {}), '/lesson/');
  for (const [at, text] of [[0, '0'], [1, '11']]) {
    await opensEditor(blockOf(page, Number(at)));
    await page.keyboard.press('Control+End');
    await page.keyboard.type(`${text}`);
  }
  await page.reload();
  await blockOf(page).getByText('answer = 10').waitFor();
  await blockOf(page, 1).getByText('answer = 111').waitFor();
});

story('persist: a browser that keeps nothing is no error', async ({ open, complaints }) => {
  const python = { 'answer = 1\nanswer': returns('1'), 'answer = 1\nanswer + 1': returns('2') };
  const page = await open(scripted(fence('persist=yes', 'answer = 1'), python), '/lesson/');
  await page.evaluate(() => {
    for (const name of ['getItem', 'setItem', 'removeItem']) {
      Object.defineProperty(Storage.prototype, name, { value() { throw new DOMException('denied', 'SecurityError'); } });
    }
  });
  await opensEditor(blockOf(page));
  await page.keyboard.press('Control+End');
  await page.keyboard.type('\nanswer');
  assert.equal(await runs(blockOf(page)), '1');
  await page.evaluate(() => {
    Object.defineProperty(globalThis, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } });
  });
  await blockOf(page).locator('.ace_content').first().click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(' + 1');
  assert.equal(await runs(blockOf(page)), '2');
  assert.deepEqual(complaints, []);
});

story('show: code behind its title, output alone, or code alone', async ({ open, screenshot, complaints }) => {
  const page = await open(scripted([
    fence('show=folded title="The sum"', '1 + 1'), fence('show=folded', 'broken'), fence('show=output autorun=yes', '"prose"'),
    fence('show=code', '"silent"'), fence('show=code', 'broken'),
  ].join(''), { '1 + 1': returns('2'), broken: raises('ValueError: no', 1), '"prose"': returns('prose'), '"silent"': returns('silent') }), '/lesson/');
  const [folded, failing, output, code, codeFailing] = [0, 1, 2, 3, 4].map((place) => blockOf(page, place));
  await reaches(output, 'done');
  assert.equal(await output.locator('pre').isVisible(), false);
  assert.equal(await output.getByRole('button', { name: 'Run' }).isVisible(), false);
  assert.equal(await outputOf(output), 'prose');

  const title = folded.getByRole('button', { name: 'The sum' });
  assert.equal(await folded.locator('pre').isVisible(), false);
  assert.equal(await runs(folded), '2');
  await title.focus();
  await page.keyboard.press('Enter');
  assert.equal(await folded.locator('pre').isVisible(), true);
  assert.equal(await title.getAttribute('aria-expanded'), 'true');
  await screenshot(page, 'show');
  await title.click();
  assert.equal(await folded.locator('pre').isVisible(), false);

  await failing.getByRole('button', { name: 'Python code' }).waitFor();
  await runs(failing, 'error');
  assert.equal(await failing.locator('pre').isVisible(), true, 'the line that failed is seen');

  await runs(code);
  assert.equal(await code.locator('.pyfence-output').isVisible(), false);
  assert.match(await runs(codeFailing, 'error'), /ValueError: no/);
  assert.equal(await codeFailing.locator('.pyfence-output').isVisible(), true);
  assert.deepEqual(complaints, []);
});

story('show: nothing moves when blocks come to life', async ({ open }) => {
  const blocks = ['show=folded', 'show=folded title=Sum', 'show=output', 'show=output title=Sum', 'show=code'].map((options) => fence(options, '1'));
  const page = await open(scripted(blocks.join('Text.\n\n'), {}), '/lesson/');
  await blockOf(page, 1).getByRole('button', { name: 'Sum' }).waitFor();
  await blockOf(page, 4).getByRole('button', { name: 'Run' }).waitFor();
  assert.equal(await layoutShift(page), 0);
});

story('output=text: a value shows as text, whatever else it offers', async ({ open }) => {
  const code = 'class Rich:\n    def _repr_html_(self): return "<b>rich</b>"\n    def __repr__(self): return "plain"\ndisplay(Rich())\nRich()';
  const page = await open(site(fence('output=text', code) + fence('', code)), '/lesson/');
  assert.equal(await runs(blockOf(page)), 'plain\nplain');
  assert.equal(await blockOf(page).locator('iframe').count(), 0);
  await runs(blockOf(page, 1));
  await blockOf(page, 1).locator('iframe').nth(1).waitFor();
});

story('files: they lie where the code runs, each fetched once; one that is missing is named', async ({ open, world }) => {
  const page = await open(site([
    fence('files="data.csv,deep/er.txt,/shared/more.csv?v=2"', '[open(name).read() for name in ("data.csv", "deep/er.txt", "more.csv")]'),
    fence('files="data.csv"', 'len(open("data.csv").read())'),
    fence('files="missing.csv"', '1'),
    fence('files="/other/data.csv"', 'import os\ntext = open("data.csv").read()\nos.remove("data.csv")\ntext'),
  ].join(''), { '/other/data.csv': 'other', '/lesson/data.csv': 'a,b', '/lesson/deep/er.txt': 'deep', '/shared/more.csv': 'more' }), '/lesson/');
  assert.equal(await runs(blockOf(page)), "['a,b', 'deep', 'more']");
  assert.equal(await runs(blockOf(page, 1)), '3');
  assert.equal(world.requested('data.csv').length, 1);
  assert.match(await runs(blockOf(page, 2), 'error'), /https:\/\/site\.test\/lesson\/missing\.csv: 404/);
  assert.equal(await runs(blockOf(page, 3)), "'other'", 'another file of the same name');
  assert.equal(await runs(blockOf(page, 1)), '3', 'and the first is there again');
});

story('autoload=no: an import brings no package along', async ({ open, world }) => {
  const page = await open(site(fence('autoload=no', 'import micropip') + fence('', 'import micropip; micropip.__name__')), '/lesson/');
  assert.match(await runs(blockOf(page), 'error'), /ModuleNotFoundError/);
  assert.deepEqual(world.requested('micropip'), []);
  assert.equal(await runs(blockOf(page, 1)), "'micropip'");
});

story('timelimit: a run that takes longer is stopped and says so; waiting for an answer is not running', async ({ open }) => {
  const page = await open(site(fence('timelimit=1', 'while True: pass') + fence('timelimit=2', 'input("Name? ")') + fence('timelimit=30', '1')), '/lesson/');
  await press(blockOf(page), 'Run');
  await blockOf(page).getByText('Stopped: it ran for longer than 1 s.').waitFor();
  assert.equal(await blockOf(page).getAttribute('state'), 'idle');
  await press(blockOf(page, 1), 'Run');
  const answer = blockOf(page, 1).getByRole('textbox', { name: 'Name?' });
  await answer.waitFor();
  // Longer than it may run.
  await page.waitForTimeout(2_500);
  await answer.fill('Ada');
  await answer.press('Enter');
  await reaches(blockOf(page, 1), 'done');
  assert.equal(await runs(blockOf(page, 2)), '1');
});

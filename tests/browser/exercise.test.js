// Exercises: checks, hints, solutions, and progress that is kept.
import assert from 'node:assert/strict';
import { accessibilityProblems } from './support/accessibility.js';
import { blockOf, opensEditor, outputOf, press, reaches, runs } from './support/block.js';
import { languages, wordsOf } from './support/languages.js';
import { layoutShift } from './support/measures.js';
import { render } from './support/pyfence.js';
import { saved } from './support/saved-file.js';
import { pages } from './support/site.js';
import { story } from './support/story.js';

/** @param {string} options @param {string} text */
const fence = (options, text) => `\`\`\`pyodide ${options}\n${text}\n\`\`\`\n\n`;

/** @param {string} markdown */
const site = (markdown) => pages({ '/lesson/': render(markdown) });

const begun = 'def mean(numbers):\n    return 0';

const mean = [
  'Write a function that gives the mean of a list.\n\n',
  fence('exercise=mean attempts=2', begun),
  fence('check=mean title="Two numbers"', 'assert mean([1, 2]) == 1.5, "It lies between them."'),
  fence('check=mean title="A table"', 'mean([4])    -> 4\nmean([1, 3]) -> 2  # in the middle'),
  fence('check=mean title="No numbers"', 'mean([]) -> raises ValueError'),
  fence('check=mean title="As in the book"', '>>> mean([1, 2, 3])\n2.0'),
  fence('hint=mean', 'Add them with `sum`.'),
  fence('hint=mean', 'Then *divide*.'),
  fence('solution=mean', 'def mean(numbers):\n    if not numbers:\n        raise ValueError("no numbers")\n    return sum(numbers) / len(numbers)'),
].join('');

const right = 'def mean(numbers):\n    if not numbers:\n        raise ValueError\n    return sum(numbers) / len(numbers)';

/** @param {'passed' | 'failed'} state of each check of `mean` @returns {import('./support/scripted-python.js').Step[]} */
const checkedAs = (state) => [{
  end: { state: 'done', value: null, results: ['Two numbers', 'A table', 'No numbers', 'As in the book'].map((name) => ({ name, state })) },
}];

/** For what is about the page: the verdicts are played. @param {string} markdown */
const scripted = (markdown, language = 'en') => pages(
  { '/lesson/': render(markdown).replace('lang="en"', `lang="${language}"`) },
  { python: { [begun]: checkedAs('failed'), [right]: checkedAs('passed') } },
);

/** @param {import('playwright-core').Locator} block @param {string} code */
const write = (block, code) => block.evaluate((block, code) => { /** @type {any} */ (block).code = code; }, code);

/**
 * Listens for the next check; what comes back waits for it. It listens before anybody asks for the check, which may be over at once.
 * @param {import('playwright-core').Locator} block
 * @returns {Promise<() => Promise<{ exercise: string, solved: boolean, results: unknown[] }>>}
 */
async function nextCheck(block) {
  const heard = await block.evaluateHandle((block) => ({
    check: new Promise((resolve, reject) => {
      block.addEventListener('pyodide-checked', (event) => resolve(/** @type {CustomEvent} */ (event).detail), { once: true });
      block.addEventListener('pyodide-done', (event) => { if (/** @type {CustomEvent} */ (event).detail.state === 'unavailable') reject(new Error(/** @type {CustomEvent} */ (event).detail.text)); }, { once: true });
    }),
  }));
  return () => heard.evaluate(({ check }) => check);
}

/**
 * Presses Check and waits for its verdict.
 * @param {import('playwright-core').Locator} block
 * @returns {Promise<{ summary: string, results: string[] }>}
 */
async function checks(block) {
  const isChecked = await nextCheck(block);
  await press(block, 'Check');
  await isChecked();
  return verdictOf(block);
}

/** @param {import('playwright-core').Locator} block */
const verdictOf = async (block) => ({
  summary: await block.locator('.pyfence-summary').innerText(),
  results: await block.locator('.pyfence-result').evaluateAll((items) => items.map((item) => {
    const [sign, ...rest] = [...item.querySelectorAll(':scope > *')].map((part) => /** @type {HTMLElement} */ (part).innerText.trim());
    return `${sign} ${rest.join(' | ')}`;
  })),
});

story('A wrong answer is told with what was expected and what came, a right one is solved', async ({ open, complaints }) => {
  const page = await open(site(mean), '/lesson/');
  const block = blockOf(page);
  assert.deepEqual(await checks(block), {
    summary: '0 of 4 passed',
    results: [
      '✗ Two numbers | It lies between them. | mean([1, 2]) | Expected\n1.5\nGot\n0',
      '✗ A table | mean([4]) | Expected\n4\nGot\n0',
      '✗ No numbers | mean([]) | Expected\nValueError\nGot\n0',
      '✗ As in the book | mean([1, 2, 3]) | Expected\n2.0\nGot\n0',
    ],
  });
  assert.equal(await block.locator('.pyfence-status').innerText(), '0 of 4 passed');
  await write(block, right);
  assert.deepEqual(await checks(block), { summary: 'Solved', results: ['✓ Two numbers', '✓ A table', '✓ No numbers', '✓ As in the book'] });
  assert.equal(await block.locator('.pyfence-status').innerText(), 'Solved');
  assert.deepEqual(complaints, []);
});

story('Checks change nothing of the session: they and the code run in a copy', async ({ open }) => {
  const page = await open(site([
    fence('', 'seen = [1]\nclass Counter:\n    count = 0\ndef note(x, log=[]):\n    seen.append(x)\n    log.append(x)\n    return log'),
    fence('exercise=copy', 'seen.append(2)\nCounter.count += 1\nnew = note(3)\nprint("printed")'),
    fence('check=copy', 'assert seen == [1, 2, 3]\nseen.clear()\nassert note(4) == [3, 4]'),
    fence('check=copy', 'assert seen == [1, 2, 3] and Counter.count == 1\nassert _printed == "printed\\n"\ndel Counter'),
    fence('', 'seen, Counter.count, note.__defaults__, "new" in globals()'),
  ].join('')), '/lesson/');
  await runs(blockOf(page));
  assert.equal((await checks(blockOf(page, 1))).summary, 'Solved');
  assert.equal(await outputOf(blockOf(page, 1)), 'printed');
  assert.equal(await runs(blockOf(page, 2)), '([1], 0, ([],), False)');
});

story('An exception of the reader is told at its line, one of the check as the check’s', async ({ open }) => {
  const page = await open(site([
    fence('exercise=half', 'def half(n):\n    return n / 0'),
    fence('check=half', 'assert half(2) == 1'),
    fence('check=half', 'half()'),
    fence('check=half', 'assert third(3) == 1'),
  ].join('')), '/lesson/');
  const block = blockOf(page);
  assert.deepEqual((await checks(block)).results, [
    '✗ Check 1 | Your code raised this in line 2: | ZeroDivisionError: division by zero',
    '✗ Check 2 | This comes from the check itself, which did not expect what your code does: | TypeError: half() missing 1 required positional argument: \'n\'',
    '✗ Check 3 | Your code does not define third.',
  ]);
  assert.equal(await block.locator('pre').first().evaluate((pre) => pre.style.getPropertyValue('--pyfence-marked')), '2');
  await write(block, 'half = 1 / 0');
  assert.deepEqual(await checks(block), { summary: 'Your code ended with an error: nothing was checked.', results: [] });
  assert.match(await outputOf(block), /line 1[^]*ZeroDivisionError/);
  await reaches(block, 'error');
});

story('What does not end is ended by its own time limit, and the session lives on', async ({ open }) => {
  const page = await open(site([
    fence('', 'kept = 42'),
    fence('exercise=loop timelimit=1', 'def f():\n    while True:\n        pass'),
    fence('check=loop timelimit=1', 'f()'),
    fence('check=loop', 'import time\ntime.sleep(2)\nassert callable(f)'),
    fence('', 'kept'),
  ].join('')), '/lesson/');
  await runs(blockOf(page));
  const block = blockOf(page, 1);
  assert.deepEqual((await checks(block)).results, ['✗ Check 1 | Still running after 1 s.', '✓ Check 2']);
  for (const endless of [
    'import asyncio\nawait asyncio.sleep(60)',
    // Inside a library, and in C that looks for signals.
    'import re\nre.match("(a+)+b", "a" * 50)',
    // Nothing slows code down before its time is over: Python tells of no loop and no call.
    'import sys\nassert sys.monitoring.get_tool(4) is None\nwhile True:\n    pass',
  ]) {
    await write(block, endless);
    assert.deepEqual((await checks(block)).results, ['✗ Your code | Still running after 1 s.'], endless);
  }
  assert.equal(await runs(blockOf(page, 2)), '42');
});

story('On an isolated page, too; and Stop stops there as before', async ({ open }) => {
  const headers = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };
  const page = await open(pages({ '/': render([
    fence('exercise=loop timelimit=1', 'while True:\n    pass'),
    fence('check=loop', 'pass'),
    fence('', 'kept = 42\nprint("so far")\nwhile True:\n    pass'),
    fence('', 'kept'),
  ].join('')) }, { headers }));
  assert.deepEqual((await checks(blockOf(page))).results, ['✗ Your code | Still running after 1 s.']);
  await press(blockOf(page, 1), 'Run');
  await blockOf(page, 1).locator('.pyfence-stdout').waitFor();
  await press(blockOf(page, 1), 'Stop');
  await reaches(blockOf(page, 1), 'idle');
  assert.equal(await runs(blockOf(page, 2)), '42');
});

story('Where Python can\'t end what does not end, the page does', async ({ open }) => {
  const page = await open(site([fence('exercise=loop timelimit=1', 'import itertools\nsum(itertools.count())'), fence('check=loop', 'pass')].join('')), '/lesson/');
  assert.deepEqual((await checks(blockOf(page))).results, ['✗ Your code | Still running after 1 s.']);
  assert.match(await outputOf(blockOf(page)), /had to be ended/);
});

story('What the author forbids and requires is found in the syntax tree', async ({ open }) => {
  const page = await open(site([
    fence('exercise=total forbid="sum, .sort, **" require="for"', '# for sum\ntotal = sum([1, 2])\n[1].sort()'),
    fence('check=total', 'total -> 3'),
  ].join('')), '/lesson/');
  const block = blockOf(page);
  assert.deepEqual(await checks(block), {
    summary: '2 of 5 passed',
    results: ['✗ Without sum | It stands in line 2.', '✗ Without .sort | It stands in line 3.', '✓ Without **', '✗ With for | It is not used.', '✓ Check 1'],
  });
  await write(block, 'total = 0\nfor sum in [1, 2]:\n    total += sum');
  assert.equal((await checks(block)).summary, 'Solved');
});

story('Hints come one by one, the solution after attempts or success', async ({ open, screenshot }) => {
  const page = await open(scripted(mean), '/lesson/');
  const block = blockOf(page);
  const hints = block.locator('.pyfence-hint-item');
  await press(block, 'Hint 1 of 2');
  assert.deepEqual(await hints.allInnerTexts(), ['Add them with sum.']);
  await press(block, 'Hint 2 of 2');
  assert.deepEqual(await hints.allInnerTexts(), ['Add them with sum.', 'Then divide.']);
  assert.equal(await block.getByRole('button', { name: 'Hint' }).count(), 0);
  const solution = block.getByRole('button', { name: 'Solution' });
  assert.equal(await solution.count(), 0);
  await checks(block);
  assert.equal(await solution.count(), 0);
  await checks(block);
  await solution.click();
  assert.match(await block.locator('.pyfence-solution').innerText(), /raise ValueError/);
  // Also where its colours have a background.
  const [panel, code] = await block.locator('.pyfence-solution').evaluate((panel) => [panel, panel.querySelector('pre')].map((part) => part?.getBoundingClientRect().width));
  assert.equal(code, panel);
  assert.deepEqual(await accessibilityProblems(page, 'main'), []);
  await screenshot(page, 'exercise');
  await solution.click();
  assert.equal(await block.locator('.pyfence-solution').isVisible(), false);
  await page.emulateMedia({ media: 'print' });
  assert.deepEqual(await page.locator('summary:visible').allInnerTexts(), ['Hint', 'Hint', 'Solution'], 'as without JavaScript');
  assert.equal(await page.locator('button:visible').count(), 0);
});

story('A reload keeps code and progress, Reset forgets them', async ({ open }) => {
  const page = await open(scripted(`<p><pyodide-progress></pyodide-progress></p>\n\n${mean}${fence('exercise=other', 'x = 1')}${fence('check=other', 'x -> 2')}`), '/lesson/');
  const progress = page.locator('pyodide-progress');
  await page.getByText('0 of 2 solved').waitFor();
  await press(blockOf(page), 'Hint 1 of 2');
  await write(blockOf(page), right);
  await checks(blockOf(page));
  assert.equal(await progress.innerText(), '1 of 2 solved');
  await page.reload();
  await page.getByText('1 of 2 solved').waitFor();
  const block = blockOf(page);
  assert.equal(await block.evaluate((block) => /** @type {any} */ (block).code), right);
  assert.deepEqual(await block.locator('.pyfence-hint-item').allInnerTexts(), ['Add them with sum.']);
  await block.getByRole('button', { name: 'Solution' }).waitFor();
  await press(block, 'Reset');
  await page.getByText('0 of 2 solved').waitFor();
  assert.equal(await block.getByRole('button', { name: 'Solution' }).count(), 0);
  // Of Python itself a snapshot may be known, which holds nothing of the reader's.
  assert.deepEqual((await page.evaluate(() => Object.keys(localStorage))).filter((key) => key !== 'pyfence-snapshots'), []);
});

story('Work is saved as a file and read back, also in another browser', async ({ open }) => {
  const markdown = `<p><pyodide-progress save></pyodide-progress></p>\n\n${mean}`;
  const page = await open(scripted(markdown), '/lesson/');
  await write(blockOf(page), right);
  await checks(blockOf(page));
  const { name, text } = await saved(page, () => page.getByRole('button', { name: 'Save my work' }).click());
  assert.equal(name, 'work.json');
  const { format, version, pyodide, exercises } = JSON.parse(text);
  assert.deepEqual([format, version, typeof pyodide], ['pyfence-work', 1, 'string']);
  assert.deepEqual(exercises.map((/** @type {any} */ { results, ...work }) => [work, results.length]), [
    [{ page: '/lesson/', exercise: 'mean', code: right, solved: true, attempts: 0, hints: 0 }, 4],
  ]);

  const other = await open(scripted(markdown), '/lesson/');
  await other.getByText('0 of 1 solved').waitFor();
  const read = async (/** @type {string} */ work) => {
    await other.locator('pyodide-progress input').setInputFiles({ name: 'work.json', mimeType: 'application/json', buffer: Buffer.from(work) });
  };
  await read(text.replace('pyfence-work', 'other'));
  await other.getByText('This file holds no saved work.').waitFor();
  await read('{');
  await read(text.replace('/lesson/', '/elsewhere/'));
  await other.getByText('0 exercises read.').waitFor();
  await read(text);
  await other.getByText('1 of 1 solved').waitFor();
  assert.equal(await blockOf(other).evaluate((block) => /** @type {any} */ (block).code), right);
  assert.equal(await blockOf(other).getAttribute('state'), 'idle');
});

story('Messages and values with markup are text', async ({ open, complaints }) => {
  const evil = '<img src=x onerror=alert(1)>';
  const page = await open(site([
    fence('exercise=evil', `text = "${evil}"`),
    fence(`check=evil title="${evil}"`, `assert text == "", "${evil}"`),
    fence('check=evil', `raise ValueError(text)`),
  ].join('')), '/lesson/');
  const { results } = await checks(blockOf(page));
  assert.equal(results[0], `✗ ${evil} | ${evil} | text | Expected\n''\nGot\n'${evil}'`);
  assert.match(results[1], /ValueError: <img/);
  assert.equal(await page.locator('img').count(), 0);
  assert.deepEqual(complaints, []);
});

story('An exercise by keyboard alone', async ({ open }) => {
  const page = await open(scripted(mean), '/lesson/');
  const block = blockOf(page);
  await block.getByRole('button', { name: 'Check' }).waitFor();
  await opensEditor(block);
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(right);
  const isChecked = await nextCheck(block);
  await page.keyboard.press('Control+Shift+Enter');
  const { exercise, solved, results } = await isChecked();
  assert.deepEqual([exercise, solved, results.length], ['mean', true, 4]);
  await block.getByRole('button', { name: 'Check' }).focus();
  await page.keyboard.press('Enter');
  await reaches(block, 'done');
});

for (const language of languages) {
  story(`An exercise speaks the page's language: ${language}`, async ({ open }) => {
    const { check, passedOf } = await wordsOf(`exercise-${language}`);
    const summary = passedOf.replace('{passed}', '0').replace('{all}', '4');
    const page = await open(scripted(mean, language), '/lesson/');
    await press(blockOf(page), check);
    await page.locator('.pyfence-summary').getByText(summary).waitFor();
  });
}

story('Without JavaScript hints and the solution wait behind their titles, and no check is seen', async ({ open, screenshot }) => {
  const page = await open(site(mean), '/lesson/', { javaScriptEnabled: false });
  assert.deepEqual(await page.locator('summary').allInnerTexts(), ['Hint', 'Hint', 'Solution']);
  assert.equal(await page.getByText('assert mean').count(), 1);
  assert.equal(await page.getByText('assert mean').isVisible(), false);
  assert.equal(await page.getByText('no numbers').isVisible(), false);
  await page.getByText('Solution').click();
  assert.equal(await page.getByText('no numbers').isVisible(), true);
  await screenshot(page, 'exercise-without-javascript');
});

story('Nothing moves when a page of exercises comes to life', async ({ open, world }) => {
  const page = await open(scripted(`Text\n\n${mean}Text\n\n${fence('', '1')}Text`), '/lesson/');
  await blockOf(page).getByRole('button', { name: 'Check' }).waitFor();
  assert.equal(await layoutShift(page), 0);
  assert.deepEqual(world.requested('worker'), []);
});

// The reader edits: the editor takes the code's place without a jump, by mouse and by keyboard.
import assert from 'node:assert/strict';
import { blockOf, opensEditor, outputOf, press, reaches, runs } from './support/block.js';
import { becomes, comesToRest, layoutShift } from './support/measures.js';
import { render } from './support/pyfence.js';
import { prints, returns } from './support/scripted-python.js';
import { pages } from './support/site.js';
import { story } from './support/story.js';

/** @typedef {import('playwright-core').Locator} Locator */

/** Who edits has Python begin, which nobody needs to wait for here. @param {string} markdown @param {import('./support/scripted-python.js').Script} [python] */
const site = (markdown, python = {}) => pages({ '/': render(markdown) }, { python });

const letters = 'def greet(name):\n    return f"Hello {name}"\n\nprint(greet("you"))';
const fence = `\`\`\`pyodide\n${letters}\n\`\`\`\n`;

/** Where each line of the code stands and how it looks. @param {Locator} block */
const linesSeen = (block) => block.evaluate((block) => {
  const code = block.querySelector('.ace_text-layer') ?? block.querySelector('code');
  const walker = document.createTreeWalker(/** @type {Element} */ (code), NodeFilter.SHOW_TEXT);
  /** @type {{ text: string, x: number, y: number }[]} */
  const seen = [];
  while (walker.nextNode()) {
    for (const match of (walker.currentNode.textContent ?? '').matchAll(/\w+/g)) {
      const range = document.createRange();
      range.setStart(walker.currentNode, match.index);
      range.setEnd(walker.currentNode, match.index + match[0].length);
      const { x, y } = range.getBoundingClientRect();
      seen.push({ text: match[0], x, y });
    }
  }
  return seen;
});

story('Edit, then Run: what is in the editor runs, and Reset brings the author\'s code back', async ({ open, complaints }) => {
  const page = await open(pages({ '/': render(fence) }));
  const block = blockOf(page);
  await opensEditor(block);
  await page.keyboard.press('Control+A');
  await page.keyboard.type('print(6 * 7)');
  assert.equal(await runs(block), '42');
  await press(block, 'Reset');
  assert.ok(await block.getByRole('button', { name: 'Run' }).evaluate((run) => run === document.activeElement));
  assert.equal(await runs(block), 'Hello you');
  assert.equal(await block.getByRole('button', { name: 'Reset' }).isVisible(), false);
  await block.getByRole('group', { name: 'Python code' }).click();
  await page.keyboard.type('# More\n');
  // From within the editor: what stands in the bar for its sake goes with the first press.
  await press(block, 'Reset');
  assert.equal(await block.getByRole('button', { name: 'Reset' }).isVisible(), false);
  assert.deepEqual(complaints, []);
});

story('The editor opens at the place that was clicked, and nothing moves', async ({ open, screenshot }) => {
  const page = await open(site(`# Ace\n\nBefore.\n\n${fence}\nAfter.\n`));
  const block = blockOf(page);
  const [box, seen, after] = [await block.boundingBox(), await linesSeen(block), await page.getByText('After.').boundingBox()];
  const you = seen.find(({ text }) => text === 'you');
  await page.mouse.click((you?.x ?? 0) + 1, (you?.y ?? 0) + 5);
  await block.locator('.ace_text-input:focus').waitFor({ state: 'attached' });
  await comesToRest(page);
  await screenshot(page, 'editor');

  assert.deepEqual(await block.boundingBox(), box);
  assert.deepEqual(await page.getByText('After.').boundingBox(), after);
  const edited = await linesSeen(block);
  assert.deepEqual(edited.map(({ text }) => text), seen.map(({ text }) => text));
  for (const [place, { text, x, y }] of seen.entries()) {
    assert.ok(Math.abs(edited[place].x - x) <= 1 && Math.abs(edited[place].y - y) <= 1, `${text} moved: ${x},${y} to ${edited[place].x},${edited[place].y}`);
  }
  assert.equal(await layoutShift(page), 0);
  assert.equal(await page.evaluate(() => Object.hasOwn(globalThis, 'ace')), false);
});

story('Buttons that come long after the editor move nothing', async ({ open, world }) => {
  const late = ['share/offer-share', 'run/in-order'].map((file) => world.fault(file, 'stall'));
  const page = await open(site(fence.repeat(2)));
  const block = blockOf(page, 1);
  await opensEditor(block);
  // What moves within half a second of a click is the click's doing, as browsers count it.
  const clicked = await page.evaluate(() => performance.now());
  await page.waitForFunction((clicked) => performance.now() - clicked > 600, clicked);
  late.forEach((mend) => mend());
  for (const name of ['Share', 'Run all above']) await block.getByRole('button', { name }).waitFor();
  await comesToRest(page);
  assert.ok(await block.locator('.pyfence-hint').isVisible());
  assert.equal(await layoutShift(page), 0);
});

story('An editor whose files never come is told; when they come after all it opens, with what was typed', async ({ open, world }) => {
  const mend = world.fault('/ace.js', 'stall');
  const page = await open(pages({ '/': render(fence).replace('lang="en"', 'lang="de"') }, { python: {} }));
  await page.clock.install();
  const block = blockOf(page);
  await block.and(page.locator('[state]')).waitFor();
  await block.locator('pre').click();
  assert.equal(await becomes(async () => world.requested('/ace.js').length, (count) => count > 0), 1);
  await page.keyboard.type('##');
  await page.clock.fastForward(31_000);
  await block.getByText('Der Editor konnte nicht geladen werden: das Netz schweigt').waitFor();
  mend();
  await block.locator('.ace_text-input:focus').waitFor({ state: 'attached' });
  assert.ok((await block.evaluate((block) => /** @type {any} */ (block).code)).includes('##'));
  await block.locator('.pyfence-status:empty').waitFor({ state: 'attached' });
});

story('Typing lands where the click was', async ({ open }) => {
  const page = await open(site(fence, { [letters.replace('you', 'dear you')]: prints('Hello dear you\n') }));
  const block = blockOf(page);
  const you = (await linesSeen(block)).find(({ text }) => text === 'you');
  await page.mouse.click((you?.x ?? 0) + 1, (you?.y ?? 0) + 5);
  await block.locator('.ace_text-input:focus').waitFor({ state: 'attached' });
  await page.keyboard.type('dear ');
  await page.keyboard.press('Control+Enter');
  await reaches(block, 'done');
  assert.equal(await outputOf(block), 'Hello dear you');
});

story('A long line and a low block keep their scroll positions and their height', async ({ open }) => {
  const lines = Array.from({ length: 40 }, (_, line) => `line_${line} = ${line}${line === 20 ? ` # ${'long '.repeat(60)}end` : ''}`).join('\n');
  const page = await open(site(`\`\`\`pyodide height="10"\n${lines}\n\`\`\`\n\nAfter.\n`));
  const block = blockOf(page);
  await block.locator('pre').evaluate((pre) => pre.scrollTo(60, 200));
  const [seen, after] = [await linesSeen(block), await page.getByText('After.').boundingBox()];
  await opensEditor(block);
  await comesToRest(page);
  const edited = await linesSeen(block);
  const line = /** @param {{ text: string }} word */ ({ text }) => text === 'line_14';
  const [from, to] = [seen.find(line), edited.find(line)];
  assert.ok(from && to && Math.abs(from.x - to.x) <= 1 && Math.abs(from.y - to.y) <= 1, JSON.stringify([from, to]));
  assert.deepEqual(await page.getByText('After.').boundingBox(), after);
});

story('Edits that were kept, longer or shorter than the code, keep their height; Reset has that of the code', async ({ open }) => {
  const lines = (/** @type {number} */ count) => Array.from({ length: count }, (_, line) => `line_${line} = ${line}`).join('\n');
  for (const [written, kept] of [[3, 60], [20, 3]]) {
    const page = await open(site(`\`\`\`pyodide persist=yes\n${lines(written)}\n\`\`\`\n\nAfter.\n`));
    const block = blockOf(page);
    const before = (await block.boundingBox())?.height;
    await opensEditor(block);
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText(lines(kept));
    await page.reload();
    await block.getByText(`line_${kept - 1} = ${kept - 1}`).waitFor();
    const after = await page.getByText('After.').boundingBox();
    await opensEditor(block, { x: 30, y: 20 });
    await comesToRest(page);
    assert.deepEqual(await page.getByText('After.').boundingBox(), after);
    await press(block, 'Reset');
    await comesToRest(page);
    assert.equal((await block.boundingBox())?.height, before);
  }
});

story('Where a block is as wide as its code, it stays so: with an editor, in a run, with output', async ({ open }) => {
  const page = await open(pages({ '/': render(fence).replace('<main>', '<main style="display: flex">') }, { python: { [letters]: prints('Hello you\n') } }));
  const block = blockOf(page);
  const width = (await block.boundingBox())?.width ?? 0;
  assert.ok(width > 200 && width < 400, `${width}`);
  await opensEditor(block);
  await page.keyboard.press('Control+Enter');
  await reaches(block, 'done');
  assert.equal((await block.boundingBox())?.width, width);
});

story('The editor speaks the words of the block, and its numbers are no place to go', async ({ open }) => {
  const page = await open(pages({ '/': render(fence.replace('pyodide', 'pyodide linenumbers=yes')).replace('lang="en"', 'lang="de"') }, { python: {} }));
  const block = blockOf(page);
  await opensEditor(block);
  const field = block.getByRole('textbox', { name: /^Python-Code, \d$/ });
  assert.equal(await field.getAttribute('aria-description'), 'Esc, dann Tab verlässt den Editor');
  await page.keyboard.press('Escape');
  const content = block.getByRole('group', { name: 'Python-Code', exact: true });
  assert.ok(await content.evaluate((content) => content === document.activeElement));
  assert.equal(await content.getAttribute('aria-description'), 'Eingabetaste zum Bearbeiten');
  await page.keyboard.press('Shift+Tab');
  assert.ok(await block.evaluate((block) => !block.contains(document.activeElement)));
});

story('By keyboard alone: Tab to the code, Enter edits, Esc and Tab leave', async ({ open }) => {
  const page = await open(site(fence, { [`who = "you"\n${letters}`]: prints('Hello you\n') }));
  const block = blockOf(page);
  const run = block.getByRole('button', { name: 'Run' });
  await run.waitFor();
  await page.keyboard.press('Tab');
  await block.locator('pre:focus').waitFor();
  await page.keyboard.press('Enter');
  await block.locator('.ace_text-input:focus').waitFor({ state: 'attached' });
  await page.keyboard.type('who = "you"');
  await page.keyboard.press('Enter');
  await block.getByText('Esc, then Tab, leaves the editor').waitFor();
  await page.keyboard.press('Control+Enter');
  await reaches(block, 'done');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await run.and(page.locator(':focus')).waitFor();
  assert.equal(await outputOf(block), 'Hello you');
});

story('A key typed on the code opens the editor and is not lost', async ({ open, world }) => {
  const page = await open(site('```pyodide\n\n```\n', { '6*7': returns('42') }));
  const block = blockOf(page);
  const mend = world.fault('ace.js', 'stall');
  await block.locator('pre').focus();
  await page.keyboard.type('6*7');
  mend();
  await block.locator('.ace_text-input:focus').waitFor({ state: 'attached' });
  assert.equal(await runs(block), '42');
});

story('Space scrolls the page; Enter is a line end where the editor is on its way', async ({ open, world }) => {
  const page = await open(site(`${fence}<div style="height: 3000px"></div>\n`));
  const block = blockOf(page);
  await block.locator('pre').focus();
  await page.keyboard.press('Space');
  await page.waitForFunction(() => scrollY > 0);
  assert.deepEqual(world.requested('ace.js'), []);
  const mend = world.fault('ace.js', 'stall');
  for (const key of ['Enter', 'a', 'Enter', 'b']) await page.keyboard.press(key);
  mend();
  await block.locator('.ace_text-input:focus').waitFor({ state: 'attached' });
  assert.match(await block.evaluate((block) => /** @type {any} */ (block).code), /^a\nbdef greet/);
});

story('Text of the code can be selected without an editor coming up', async ({ open, world }) => {
  const page = await open(site(fence));
  const [word] = await linesSeen(blockOf(page));
  await page.mouse.move(word.x + 1, word.y + 5);
  await page.mouse.down();
  await page.mouse.move(word.x + 90, word.y + 5, { steps: 4 });
  await page.mouse.up();
  await comesToRest(page);
  assert.match(await page.evaluate(() => `${getSelection()}`), /^def greet/);
  assert.equal(world.requested('ace.js').length, 0);
});

story('Without the editor the code still runs, and the next click tries again', async ({ open, world }) => {
  const page = await open(site(fence, { [letters]: prints('Hello you\n') }));
  const block = blockOf(page);
  const mend = world.fault('src-min-noconflict/ace.js', 'wrong');
  await block.locator('pre').click();
  await block.getByText('The editor could not be loaded').waitFor();
  assert.equal(await runs(block), 'Hello you');
  mend();
  await opensEditor(block);
});

/**
 * The colour of the first place where each word stands.
 * @param {import('playwright-core').Locator} root @param {string[]} words
 */
const coloursOf = (root, words) => root.evaluate((root, words) => words.map((word) => {
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let before = '';
  const at = (root.textContent ?? '').indexOf(word);
  while (before.length <= at && texts.nextNode()) before += texts.currentNode.textContent;
  return `${word} ${getComputedStyle(/** @type {Element} */ (texts.currentNode.parentElement)).color}`;
}), words);

story("The colours of Ace's themes, by name: one for light pages and one for dark; static code and editor have the same", async ({ open, world, screenshot }) => {
  const page = await open(site(`\`\`\`pyodide theme="tomorrow,monokai"\n@cached\ndef f():\n    return "ab" + 12  # so\n\`\`\`\n`));
  const block = blockOf(page);
  const words = ['@cached', 'def', 'f(', '"ab"', '12', '# so'];
  /** @param {string} root */
  const background = (root) => block.locator(root).evaluate((code) => getComputedStyle(code).backgroundColor);
  await page.waitForFunction(() => document.adoptedStyleSheets.length > 0);
  const light = await coloursOf(block.locator('code'), words);
  assert.equal(await background('pre'), 'rgb(255, 255, 255)');
  assert.ok(new Set(light.map((told) => told.replace(/^\S+ /, ''))).size >= 5, light.join());
  await opensEditor(block);
  assert.deepEqual(await coloursOf(block.locator('.ace_text-layer'), words), light);
  assert.equal(await background('.ace_editor'), 'rgb(255, 255, 255)');
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.addStyleTag({ content: 'html { background: #111 } ' });
  await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'dark'));
  await page.locator('pyodide-block:state(dark)').waitFor();
  assert.equal(await background('.ace_editor'), 'rgb(39, 40, 34)');
  await screenshot(page, 'theme');
  // Playwright's print does nothing in Firefox.
  if (process.env.PYFENCE_BROWSER !== 'firefox') {
    await page.emulateMedia({ media: 'print' });
    assert.notEqual(await background('pre'), 'rgb(39, 40, 34)', 'paper is white');
  }
  assert.deepEqual(world.requested('theme-'), []);
});

story('No word of Python 3 changes its colour when the editor stands', async ({ open }) => {
  const code = '@cached\ndef f(x: int): pass\n\ntype Pair = tuple\nmatch 1_000:\n    case 0xFF:\n        print(b"ab", exec)\n';
  const block = blockOf(await open(site(`\`\`\`pyodide\n${code}\`\`\`\n`)));
  const words = ['@cached', 'def', 'f(', 'type', 'Pair', 'match', '1_000', 'case', '0xFF', 'print', 'b"ab"', 'exec'];
  const written = await coloursOf(block.locator('code'), words);
  assert.ok(new Set(written.map((told) => told.replace(/^\S+ /, ''))).size >= 5);
  await opensEditor(block);
  assert.deepEqual(await coloursOf(block.locator('.ace_text-layer'), words), written);
});

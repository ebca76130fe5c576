// Values that are more than text, and questions to the reader.
import assert from 'node:assert/strict';
import { blockOf, outputOf, press, reaches, runs } from './support/block.js';
import { render } from './support/pyfence.js';
import { pages } from './support/site.js';
import { story } from './support/story.js';

/** @param {string[]} codes @param {Parameters<typeof pages>[1]} [serving] */
const site = (codes, serving) => pages({ '/': render(codes.map((code) => `\`\`\`pyodide\n${code}\n\`\`\`\n`).join('\n')) }, serving);

const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

story('Images show as images, with their text for those who can not see them', async ({ open, screenshot }) => {
  const page = await open(site([
    `import base64\nclass Dot:\n    def _repr_png_(self): return base64.b64decode("${png}")\n    def __repr__(self): return "a red dot"\nDot()`,
    'class Circle:\n    def _repr_svg_(self):\n        return \'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60"><circle cx="45" cy="30" r="28" fill="#1f5fbf"/></svg>\'\nprint("before")\ndisplay(Circle(), 7)\nprint("after")',
  ]));
  await runs(blockOf(page));
  const dot = blockOf(page).getByRole('img', { name: 'a red dot' });
  await dot.waitFor();
  assert.equal(await dot.evaluate((image) => /** @type {HTMLImageElement} */ (image).decode().then(() => /** @type {HTMLImageElement} */ (image).naturalWidth)), 1);
  await runs(blockOf(page, 1));
  const pieces = await blockOf(page, 1).locator('.pyfence-output > *').evaluateAll((pieces) => pieces.map((piece) => piece.querySelector('img')?.width ?? piece.textContent));
  assert.deepEqual(pieces, ['before\n', 90, '7', 'after\n']);
  await screenshot(page, 'images');
});

story('HTML runs in a frame that is as high as its content and can not reach the page', async ({ open, screenshot }) => {
  const rows = Array.from({ length: 20 }, (_, row) => `<tr><th>${row}<td>${row * row}`).join('');
  const page = await open(site([
    `class Table:\n    def _repr_html_(self):\n        return """<table><thead><tr><th>n<th>n²</thead>${rows}</table>"""\nTable()`,
    'class Sly:\n    def _repr_html_(self):\n        return "<p id=p>calm</p><script>try { parent.document.body.remove() } catch { p.textContent = \'kept out\' }</script>"\nSly()',
  ]));
  await runs(blockOf(page));
  const frame = blockOf(page).locator('iframe');
  const inside = frame.contentFrame();
  await inside.getByText('361').waitFor();
  await page.waitForTimeout(300);
  const [outer, inner] = [await frame.boundingBox(), await inside.locator('table').boundingBox()];
  assert.ok(outer && inner && Math.abs(outer.height - inner.height) < 12, JSON.stringify([outer, inner]));
  await screenshot(page, 'table');
  await runs(blockOf(page, 1));
  await blockOf(page, 1).locator('iframe').contentFrame().getByText('kept out').waitFor();
});

story('Markdown, LaTeX, JSON and mime bundles show, and what pretends to have every method shows as text', async ({ open }) => {
  const page = await open(site([
    'class Formula:\n    def _repr_latex_(self): return "$x^2$"\nFormula()',
    'class Tree:\n    def _repr_mimebundle_(self, include=None, exclude=None): return {"application/json": {"a": [1, 2]}}, {}\nTree()',
    'from unittest.mock import MagicMock\nMagicMock(name="m")',
    'dict',
  ]));
  assert.equal(await runs(blockOf(page)), '$x^2$');
  assert.equal(await runs(blockOf(page, 1)), '{\n  "a": [\n    1,\n    2\n  ]\n}');
  assert.match(await runs(blockOf(page, 2)), /^<MagicMock name='m' id='\d+'>$/);
  assert.equal(await runs(blockOf(page, 3)), "<class 'dict'>");
});

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
    await block.getByRole('textbox', { name: 'Your answer' }).fill('36');
    await page.keyboard.press('Enter');
    await reaches(block, 'done');
    assert.equal(await outputOf(block), 'Your name? Ada é 🐍\n36\nAda é 🐍 is 36');

    await press(blockOf(page, 1), 'Run');
    await blockOf(page, 1).getByRole('textbox').waitFor();
    await press(blockOf(page, 1), 'Stop');
    await reaches(blockOf(page, 1), 'idle');
    assert.equal(await blockOf(page, 1).getByRole('textbox').count(), 0);
  });
}

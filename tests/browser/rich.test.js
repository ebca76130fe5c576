// Values that are more than text.
import assert from 'node:assert/strict';
import { blockOf, outputOf, runs } from './support/block.js';
import { remade } from './support/cpython.js';
import { render } from './support/pyfence.js';
import { pages } from './support/site.js';
import { story } from './support/story.js';

/** @param {string[]} codes @param {Parameters<typeof pages>[1]} [serving] */
const site = (codes, serving) => pages({ '/': render(codes.map((code) => `\`\`\`pyodide\n${code}\n\`\`\`\n`).join('\n')) }, serving);

const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

story('Images show as images, with their text for those who can not see them', async ({ open, screenshot }) => {
  const page = await open(site([
    `import base64\nclass Dot:\n    def _repr_png_(self): return base64.b64decode("${png}")\n    def __repr__(self): return "a red dot"\nDot()`,
    'class Circle:\n    def _repr_svg_(self):\n        return \'<svg width="90" height="60"><circle cx="45" cy="30" r="28" fill="#1f5fbf"/></svg>\'\nprint("before")\ndisplay(Circle(), 7)\nprint("after")',
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

/** What a frame may: `allow-same-origin` is never among it. */
const sandbox = 'allow-scripts allow-popups allow-popups-to-escape-sandbox';

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
  assert.equal(await frame.getAttribute('sandbox'), sandbox);
});

/** @param {string} html */
const html = (html) => `class Html:\n    def _repr_html_(self):\n        return """${html}"""\nHtml()`;

story('HTML that asks for the height of its frame finds an end', async ({ open, screenshot }) => {
  const page = await open(site([
    html('<style>html, body { height: 100% }</style><p>text</p>'),
    html('<style>body { min-height: 100vh; padding: 10px }</style><p>text</p>'),
    html('<div style="height: 100vh">tall</div><p>text</p>'),
    html('<style>html, body { height: 100% }</style><div style="height: 100%; background: teal"></div>'),
    html('<div style="position: absolute">apart</div>'),
    html('<script>0</script>'),
  ]), '/', { viewport: { width: 700, height: 2500 } });
  const heights = [];
  for (const place of [0, 1, 2, 3, 4, 5]) {
    await runs(blockOf(page, place));
    await page.waitForTimeout(500);
    heights.push((await blockOf(page, place).locator('iframe').boundingBox())?.height ?? -1);
  }
  await screenshot(page, 'heights');
  const [all, least, tall, filled, apart, nothing] = heights;
  // How high the frame was when it first measured itself is the browser's affair: what counts is that it ends.
  assert.ok(all > 20 && all < 80 && least > 20 && least < 100 && tall > 20 && tall < 300 && filled === 280 && apart === 280 && nothing === 0, `${heights}`);
});

story('Links in HTML lead to a place in it, or to a page like any other; a frame has the name of its output', async ({ open }) => {
  const page = await open(pages({
    '/': render(`\`\`\`pyodide title="Links"\n${html('<a href=#end>down</a> <a href=/other/>away</a><div style=height:900px></div><p id=end>the end</p>')}\n\`\`\`\n`),
    '/other/': '<!doctype html><title>Other</title><p>Other</p>',
  }), '/', { viewport: { width: 700, height: 500 } });
  await runs(blockOf(page));
  const inside = blockOf(page).locator('iframe[title="Output 1 Links"]').contentFrame();
  await page.waitForTimeout(300);
  await inside.getByText('down').click();
  await page.waitForFunction(() => scrollY > 0);
  const opened = page.waitForEvent('popup');
  await inside.getByText('away').click();
  const other = await opened;
  await other.getByText('Other').waitFor();
  assert.equal(await other.evaluate(() => origin), 'https://site.test');
  assert.equal(page.context().pages().length, 2);
});

story('Where what shows a value can not be had, its text stands there', async ({ open, world }) => {
  const page = await open(site(['class Table:\n    def __repr__(self): return "a table"\n    def _repr_html_(self): return "<p>a table</p>"\ndisplay(Table())\nTable()']));
  const mend = world.fault('framed.css', 404);
  assert.equal(await runs(blockOf(page)), 'a table\na table');
  mend();
  await runs(blockOf(page));
  await blockOf(page).locator('iframe').nth(1).contentFrame().getByText('a table').waitFor();
});

const strict = { headers: { 'content-security-policy': "default-src 'none'; script-src 'self' https://cdn.jsdelivr.net 'wasm-unsafe-eval'; "
  + "worker-src 'self'; style-src 'self'; connect-src 'self' https://cdn.jsdelivr.net; img-src 'self' data:; base-uri 'none'" } };

story('Under a strict policy HTML is as high as its content too; scripts that can not run are told', async ({ open, screenshot }) => {
  const rows = Array.from({ length: 20 }, (_, row) => `<tr><th>${row}<td>${row * row}`).join('');
  const page = await open(site([
    `class Table:\n    def _repr_html_(self):\n        return """<table><thead><tr><th>n<th>n²</thead>${rows}</table>"""\nTable()`,
    'class Chart:\n    def _repr_html_(self):\n        return "<p id=p>nothing drawn</p><script>p.textContent = \'drawn\'</script>"\nChart()',
  ], strict));
  await runs(blockOf(page));
  const inside = blockOf(page).locator('iframe').contentFrame();
  await inside.getByText('361').waitFor();
  await page.waitForTimeout(500);
  const [outer, inner] = [await blockOf(page).locator('iframe').boundingBox(), await inside.locator('table').boundingBox()];
  assert.ok(outer && inner && Math.abs(outer.height - inner.height) < 12, JSON.stringify([outer, inner]));
  assert.equal(await blockOf(page).locator('.pyfence-help').count(), 0);
  await runs(blockOf(page, 1));
  const note = blockOf(page, 1).getByText('keeps the scripts of this value from running');
  await note.waitFor();
  assert.equal(await note.count(), 1);
  assert.equal(await blockOf(page, 1).locator('iframe').contentFrame().locator('#p').textContent(), 'nothing drawn');
  for (const frame of await page.locator('iframe').all()) assert.equal(await frame.getAttribute('sandbox'), sandbox);
  await screenshot(page, 'table-under-a-strict-policy');
});

/** @param {import('playwright-core').Locator} block what is in its output, in order: images by their text */
const pieces = (block) => block.locator('.pyfence-output > *').evaluateAll((pieces) => pieces.map((piece) => piece.querySelector('img')?.alt ?? piece.textContent?.trim()));

story('Figures show where they are made, once each; what shows them comes with matplotlib', async ({ open, world }) => {
  const page = await open(site([
    'import matplotlib.pyplot as plt\nplt.plot("a")\nplt.show()\nprint("between")\nplt.plot("b")\nprint("behind")',
    'print("no figures")',
    'figure = plt.figure()\nplt.plot("c")\nfigure',
  ]));
  await runs(blockOf(page, 1));
  assert.deepEqual(world.requested('figures.py'), []);
  await runs(blockOf(page));
  assert.deepEqual(await pieces(blockOf(page)), ['<Figure of a>', 'between\nbehind', '<Figure of b>']);
  await runs(blockOf(page, 2));
  assert.deepEqual(await pieces(blockOf(page, 2)), ['<Figure of c>']);
  assert.equal(world.requested('figures.py').length, 1);
});

story('Values of SymPy, Rich, Pygal and Plotly show as what they are', async ({ open, screenshot }) => {
  const page = await open(site([
    'import sympy\nsympy.sqrt(sympy.Symbol("x"))',
    'from rich.table import Table\ntable = Table("word", "length")\ntable.add_row("hello", "5")\ntable',
    'import micropip\nawait micropip.install("pygal")\nimport pygal\nbar = pygal.Bar(title="Sizes", width=400, height=200)\nbar.add("a", [1, 3, 2])\nbar',
    'import micropip\nawait micropip.install("plotly")\nimport plotly.graph_objects as go\ngo.Figure(go.Bar(y=[1, 3, 2]))',
  ]), '/', { viewport: { width: 700, height: 1700 } });
  assert.equal(await runs(blockOf(page)), String.raw`$\displaystyle \sqrt{x}$`);
  await runs(blockOf(page, 1));
  await blockOf(page, 1).locator('iframe').contentFrame().getByText('hello').waitFor();
  await runs(blockOf(page, 2));
  await blockOf(page, 2).getByRole('img', { name: 'pygal.graph.bar.Bar' }).waitFor();
  await runs(blockOf(page, 3));
  const chart = blockOf(page, 3).locator('iframe');
  await chart.contentFrame().locator('.bars .point').nth(2).waitFor();
  await page.waitForTimeout(500);
  const box = await chart.boundingBox();
  assert.ok(box && box.height > 300 && box.height < 600, JSON.stringify(box));
  assert.equal(await outputOf(blockOf(page, 3)), '', 'what Pyodide says of packages is no output');
  await screenshot(page, 'charts');
});

story('What pandas, Pillow, matplotlib and Altair give under CPython shows, light and dark', async ({ open, screenshot }) => {
  const codes = [
    'import pandas\npandas.DataFrame({"word": ["one", "two"], "length": [3, 3]})',
    'from PIL import Image, ImageDraw\nimage = Image.new("RGBA", (160, 60))\nImageDraw.Draw(image).ellipse((10, 5, 150, 55), fill="black")\nimage',
    'import matplotlib.pyplot as plt\nplt.figure(figsize=(4, 2))\nplt.plot([1, 3, 2])\nplt.title("A line")\nNone',
    'import altair, pandas\naltair.Chart(pandas.DataFrame({"word": ["one", "two"], "length": [3, 5]})).mark_bar().encode(x="word", y="length")',
  ];
  const page = await open(site(codes.map(remade)), '/', { colorScheme: null, viewport: { width: 700, height: 1700 } });
  for (const place of codes.keys()) await runs(blockOf(page, place));
  const table = blockOf(page).locator('iframe').contentFrame();
  await table.getByRole('cell', { name: 'two' }).waitFor();
  await blockOf(page, 3).locator('iframe').contentFrame().locator('canvas, svg').first().waitFor();
  for (const place of [1, 2]) {
    const image = blockOf(page, place).getByRole('img');
    assert.ok(await image.evaluate((image) => /** @type {HTMLImageElement} */ (image).naturalWidth) > 100);
  }
  await screenshot(page, 'values-light');
  await page.addStyleTag({ content: '[data-theme="dark"] body { background: #222 }' });
  await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'dark'));
  await page.locator('pyodide-block:state(dark)').last().waitFor();
  // What stands in a frame follows; pictures are made for white paper, and keep it where they are transparent.
  await page.waitForTimeout(300);
  const text = await table.locator('td').first().evaluate((cell) => getComputedStyle(cell).color);
  assert.ok(Number(text.match(/\d+/)?.[0]) > 200, text);
  assert.equal(await blockOf(page, 1).getByRole('img').evaluate((image) => getComputedStyle(image).backgroundColor), 'rgb(255, 255, 255)');
  await screenshot(page, 'values-dark');
});

story('Markdown, LaTeX, JSON and mime bundles show, and what pretends to have every method shows as text', async ({ open }) => {
  const page = await open(site([
    'class Formula:\n    def _repr_latex_(self): return "$x^2$"\nFormula()',
    'class Tree:\n    def _repr_mimebundle_(self, include=None, exclude=None): return {"application/json": {"a": [1, 2]}}, {}\nTree()',
    'from unittest.mock import MagicMock\nMagicMock(name="m")',
    'dict',
    'from IPython.display import HTML, display\ndisplay(HTML("<p>from a notebook"), display_id=True)\nimport warnings\nwarnings.warn("tqdm:disabling monitor support")',
  ]));
  assert.equal(await runs(blockOf(page)), '$x^2$');
  assert.equal(await runs(blockOf(page, 1)), '{\n  "a": [\n    1,\n    2\n  ]\n}');
  assert.match(await runs(blockOf(page, 2)), /^<MagicMock name='m' id='\d+'>$/);
  assert.equal(await runs(blockOf(page, 3)), "<class 'dict'>");
  assert.equal(await runs(blockOf(page, 4)), '', 'nothing printed');
  await blockOf(page, 4).locator('iframe').contentFrame().getByText('from a notebook').waitFor();
});

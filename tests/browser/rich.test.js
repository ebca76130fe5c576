// Values that are more than text.
import assert from 'node:assert/strict';
import { blockOf, outputOf, press, reaches, runs } from './support/block.js';
import { remade } from './support/cpython.js';
import { becomes, comesToRest } from './support/measures.js';
import { render } from './support/pyfence.js';
import { prints, returns } from './support/scripted-python.js';
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

/**
 * Whether a frame comes to be as high as what is in it.
 * @param {import('playwright-core').Locator} frame @param {import('playwright-core').Locator} content
 */
const isAsHighAs = (frame, content) => becomes(async () => {
  const [outer, inner] = [await frame.boundingBox(), await content.boundingBox()];
  return outer !== null && inner !== null && Math.abs(outer.height - inner.height) < 12;
}, (isRight) => isRight);

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
  assert.ok(await isAsHighAs(frame, inside.locator('table')));
  await screenshot(page, 'table');
  await runs(blockOf(page, 1));
  await blockOf(page, 1).locator('iframe').contentFrame().getByText('kept out').waitFor();
  assert.equal(await frame.getAttribute('sandbox'), sandbox);
});

/**
 * Blocks whose values are HTML, without a Python.
 * @param {string[]} bodies
 * @param {Parameters<typeof pages>[1]} [serving]
 */
const scripted = (bodies, serving) => pages({ '/': render(bodies.map((_, at) => `\`\`\`pyodide\nvalue_${at}\n\`\`\`\n`).join('\n')) }, {
  ...serving, python: Object.fromEntries(bodies.map((body, at) => [`value_${at}`, returns('<value>', { 'text/html': body })])),
});

/** @param {string} html */
const html = (html) => `class Html:\n    def _repr_html_(self):\n        return """${html}"""\nHtml()`;

story('HTML that asks for the height of its frame finds an end', async ({ open, screenshot }) => {
  const page = await open(scripted([
    '<style>html, body { height: 100% }</style><p>text</p>',
    '<style>body { min-height: 100vh; padding: 10px }</style><p>text</p>',
    '<div style="height: 100vh">tall</div><p>text</p>',
    '<style>html, body { height: 100% }</style><div style="height: 100%; background: teal"></div>',
    '<div style="position: absolute">apart</div>',
    '<script>0</script>',
    // Where the machine is slow, the page may give the frame a height before and while its content comes.
    '<script>dispatchEvent(new Event("resize"))</script><style>body { min-height: 100vh; padding: 10px }</style><p>text</p><script>dispatchEvent(new Event("resize"))</script>',
  ]), '/', { viewport: { width: 700, height: 2500 } });
  // How high a frame was when it first measured itself is the browser's affair: what counts is that it ends.
  const ends = [[14, 80], [20, 100], [20, 300], [280, 280], [280, 280], [0, 0], [20, 100]];
  for (const [place, [least, most]] of ends.entries()) {
    await runs(blockOf(page, place));
    const frame = blockOf(page, place).locator('iframe');
    const height = async () => (await frame.boundingBox())?.height ?? -1;
    await becomes(height, (height) => height >= least && height <= most);
    await comesToRest(page);
    const atRest = await height();
    assert.ok(least <= atRest && atRest <= most, `block ${place + 1} is ${atRest} pixels high`);
    await comesToRest(page);
    assert.equal(await height(), atRest, `block ${place + 1} goes on`);
  }
  await screenshot(page, 'heights');
});

story('HTML that says any height, and as often as it likes, is no harm to the page', async ({ open }) => {
  const page = await open(scripted([
    '<p>top</p><script>parent.postMessage({ height: 1e9 }, "*"); onload = () => parent.postMessage({ height: Infinity }, "*")</script><div style="height: 30000px"></div><p>end</p>',
    '<script>onload = () => { for (let n = 0; n < 2000; n++) parent.postMessage({ height: 100 + n % 2 }, "*"); document.body.dataset.sent = "" }</script>',
  ]));
  await page.evaluate(() => {
    const page = Object.assign(window, { heightsSet: 0 });
    new MutationObserver((changes) => { page.heightsSet += changes.length; }).observe(document, { subtree: true, attributeFilter: ['style'] });
  });
  await runs(blockOf(page, 1));
  await blockOf(page, 1).locator('iframe').contentFrame().locator('body[data-sent]').waitFor({ state: 'attached' });
  await page.waitForFunction(() => /** @type {{ heightsSet?: number }} */ (window).heightsSet);
  const heightsSet = await page.evaluate(() => /** @type {{ heightsSet?: number }} */ (window).heightsSet ?? 0);
  assert.ok(heightsSet > 0 && heightsSet < 100, `${heightsSet} changes`);
  await runs(blockOf(page));
  await blockOf(page).locator('iframe[style*="height: 10000px"]').waitFor();
  const end = blockOf(page).locator('iframe').contentFrame().getByText('end');
  await end.scrollIntoViewIfNeeded();
  assert.ok(await end.evaluate(() => scrollY) > 10_000);
});

story('Links in HTML lead to a place in it, or to a page like any other; a frame has the name of its output', async ({ open }) => {
  const page = await open(pages({
    '/': render(`\`\`\`pyodide title="Links"\n${html('<a href=#end>down</a> <a href=/other/>away</a><div style=height:900px></div><p id=end>the end</p>')}\n\`\`\`\n`),
    '/other/': '<!doctype html><title>Other</title><p>Other</p>',
  }), '/', { viewport: { width: 700, height: 500 } });
  await runs(blockOf(page));
  const inside = blockOf(page).locator('iframe[title="Output 1 Links"]').contentFrame();
  await blockOf(page).locator('iframe[style*="height"]').waitFor();
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
  const mend = world.fault('in-frame.css', 404);
  assert.equal(await runs(blockOf(page)), 'a table\na table');
  mend();
  await runs(blockOf(page));
  await blockOf(page).locator('iframe').nth(1).contentFrame().getByText('a table').waitFor();
});

story('A block is done when all that it shows is there, also what takes a while', async ({ open, world }) => {
  const html = render('```pyodide\ntable, then a nap\n```\n\n```pyodide\nnext\n```\n');
  const python = { 'table, then a nap': [{ display: { 'text/html': '<p>a table</p>' } }, { sleep: 200 }, ...prints('')], next: prints('next\n') };
  const page = await open(pages({ '/': html }, { python }));
  const mend = world.fault('in-frame.css', 'stall');
  await press(blockOf(page), 'Run');
  // Python is free again: the first block waits for its table alone.
  assert.equal(await runs(blockOf(page, 1)), 'next');
  assert.equal(await blockOf(page).getAttribute('state'), 'running');
  mend();
  await reaches(blockOf(page), 'done');
  assert.equal(await blockOf(page).locator('iframe').count(), 1);
});

const strict = { headers: { 'content-security-policy': "default-src 'none'; script-src 'self' https://cdn.jsdelivr.net 'wasm-unsafe-eval'; "
  + "worker-src 'self'; style-src 'self'; connect-src 'self' https://cdn.jsdelivr.net; img-src 'self' data:; base-uri 'none'" } };

story('Under a strict policy HTML is as high as its content too; scripts that can not run are told', async ({ open, screenshot }) => {
  const rows = Array.from({ length: 20 }, (_, row) => `<tr><th>${row}<td>${row * row}`).join('');
  const page = await open(scripted([
    `<table><thead><tr><th>n<th>n²</thead>${rows}</table>`,
    '<p id=p>nothing drawn</p><script>p.textContent = "drawn"</script>',
  ], strict));
  await runs(blockOf(page));
  const inside = blockOf(page).locator('iframe').contentFrame();
  await inside.getByText('361').waitFor();
  assert.ok(await isAsHighAs(blockOf(page).locator('iframe'), inside.locator('table')));
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
  assert.equal(await runs(blockOf(page)), 'sqrt(x)');
  await runs(blockOf(page, 1));
  await blockOf(page, 1).locator('iframe').contentFrame().getByText('hello').waitFor();
  await runs(blockOf(page, 2));
  await blockOf(page, 2).getByRole('img', { name: 'pygal.graph.bar.Bar' }).waitFor();
  await runs(blockOf(page, 3));
  const chart = blockOf(page, 3).locator('iframe');
  await chart.contentFrame().locator('.bars .point').nth(2).waitFor();
  const height = await becomes(async () => (await chart.boundingBox())?.height ?? 0, (height) => height > 300);
  assert.ok(height > 300 && height < 600, `${height}`);
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
  const red = await becomes(() => table.locator('td').first().evaluate((cell) => Number(getComputedStyle(cell).color.match(/\d+/)?.[0])), (red) => red > 200);
  assert.ok(red > 200, `${red}`);
  assert.equal(await blockOf(page, 1).getByRole('img').evaluate((image) => getComputedStyle(image).backgroundColor), 'rgb(255, 255, 255)');
  await screenshot(page, 'values-dark');
});

story('Markdown is formatted, by the rules of HTML; where that can not be had it is text', async ({ open, world, screenshot }) => {
  const text = '# Title\n\n**bold** and a [link](https://example.org)\n\n| n | n² |\n|---|---|\n| 2 | 4 |\n\n<script>try { parent.document.body.remove() } catch { document.body.append("kept out") }</script>';
  const page = await open(site([
    `from IPython.display import Markdown, display\ndisplay(Markdown(r"""${text}"""))`,
    'from IPython.display import display_markdown\ndisplay_markdown("**raw**", raw=True)',
  ]));
  const mend = world.fault('marked.esm.js', 'wrong');
  await runs(blockOf(page));
  await blockOf(page).locator('.pyfence-value', { hasText: '**bold**' }).waitFor();
  assert.equal(await outputOf(blockOf(page)), text);
  mend();
  await page.reload();
  await runs(blockOf(page));
  const inside = blockOf(page).locator('iframe').contentFrame();
  await inside.locator('strong', { hasText: 'bold' }).waitFor();
  await inside.getByText('kept out').waitFor();
  assert.equal(await inside.locator('td').count(), 2);
  assert.equal(await inside.locator('h1').evaluate((title) => title.getBoundingClientRect().top), 0, 'no gap above');
  assert.equal(await blockOf(page).locator('iframe').getAttribute('sandbox'), sandbox);
  await screenshot(page, 'markdown');
  await runs(blockOf(page, 1));
  await blockOf(page, 1).locator('iframe').contentFrame().locator('strong', { hasText: 'raw' }).waitFor();
});

story('LaTeX, JSON and mime bundles show, and what pretends to have every method shows as text', async ({ open }) => {
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

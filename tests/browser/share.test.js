// Links that carry code, and code to take away.
import assert from 'node:assert/strict';
import { deflateRawSync } from 'node:zlib';
import { accessibilityProblems } from './support/accessibility.js';
import { blockOf, opensEditor, outputOf, press, reaches, runs } from './support/block.js';
import { render } from './support/pyfence.js';
import { saved } from './support/saved-file.js';
import { prints } from './support/scripted-python.js';
import { pages } from './support/site.js';
import { story } from './support/story.js';

/** @typedef {import('playwright-core').Locator} Locator */
/** @typedef {import('playwright-core').Page} Page */

const clipboard = { permissions: ['clipboard-read', 'clipboard-write'] };

/** @param {Locator} block */
const codeOf = (block) => block.evaluate((block) => /** @type {import('../../runtime/pyfence.js').PyodideBlock} */ (block).code);

/** @param {unknown} shared */
const linkOf = (shared) => `/#pyfence=${deflateRawSync(JSON.stringify(shared)).toString('base64url')}`;

/** @param {Locator} block @param {string} item of the menu behind Share */
async function chooses(block, item) {
  await block.hover();
  await press(block, 'Share');
  await press(block, item);
}

/** @param {Page} page @param {Locator} block @param {string} item */
const saves = (page, block, item) => saved(page, () => chooses(block, item));

story('A link carries the code to another browser: there it waits, asks before it runs, and isn\'t kept', async ({ open, screenshot, world, complaints }) => {
  const shared = 'print("<b>6 × 7</b>")';
  const site = pages({ '/': render('```pyodide hidden=yes\nx = 1\n```\n\n```pyodide\n1\n```\n\n```pyodide persist=yes autorun=yes\n2\n```\n') }, { python: { 1: prints('1\n'), 2: prints('2\n'), [shared]: prints('<b>42</b>\n') } });
  const page = await open(site, '/', clipboard);
  await opensEditor(blockOf(page, 2));
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(shared);
  await page.keyboard.press('Escape');
  await chooses(blockOf(page, 2), 'Copy a link with this code');
  await blockOf(page, 2).getByRole('status').getByText('Link copied').waitFor();
  const link = new URL(await page.evaluate(() => navigator.clipboard.readText()));

  const other = await open(site, `/${link.hash}`, { viewport: { width: 320, height: 600 } });
  const block = blockOf(other, 2);
  await block.getByText('This code came with the link').waitFor();
  assert.equal(await codeOf(block), shared);
  assert.deepEqual([await codeOf(blockOf(other)), await codeOf(blockOf(other, 1))], ['x = 1', '1']);
  await block.evaluate((block) => /** @type {any} */ (block).run());
  await block.getByText('Run it only if you trust').waitFor();
  await block.hover();
  await press(block, 'Run all above');
  await reaches(blockOf(other, 1), 'done');
  await press(block, 'Run');
  await block.getByText('Run it only if you trust').waitFor();
  await screenshot(other, 'link');
  assert.deepEqual(await accessibilityProblems(other, 'pyodide-block:last-of-type'), []);
  assert.equal(await outputOf(block).then((text) => text.includes('42')), false);
  assert.ok(await block.getByRole('button', { name: 'Run it' }).evaluate((button) => button === document.activeElement));
  await other.keyboard.press('Enter');
  await reaches(block, 'done');
  assert.equal(await outputOf(block), '<b>42</b>');
  assert.equal(await other.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('pyfence /')).length), 0);
  await press(block, 'Back to the code of this page');
  assert.equal(await codeOf(block), '2');
  assert.equal(new URL(other.url()).hash, '');
  assert.deepEqual(world.requests.filter(({ path }) => path.includes('pyfence=')), []);
  assert.deepEqual(complaints, []);
});

story('A hostile link is text at most, and where a site takes none, nothing', async ({ open }) => {
  const html = render('```pyodide hidden=yes\nx = 1\n```\n\n```pyodide\n1\n```\n');
  const markup = '</code><img src=x onerror="alert(1)"><script>alert(2)</script>';
  const told = { code: markup, written: 'nothing', place: 0 };
  const page = await open(pages({ '/': html }, { python: {} }), linkOf({ ...told, install: 'evil', autorun: '' }));
  const block = blockOf(page, 1);
  await block.getByText('This code came with the link').waitFor();
  assert.equal(await codeOf(block), markup);
  assert.deepEqual(await block.evaluate((block) => block.getAttributeNames().sort()), ['data-from-link', 'data-open', 'session', 'state', 'translate']);
  assert.equal(await page.locator('img').count(), 0);

  const huge = deflateRawSync(`{"code":"${'x'.repeat(50_000_000)}"}`).toString('base64url');
  const broken = ['/#pyfence=', '/#pyfence=%%%', '/#pyfence=AAAA', `/#pyfence=${'A'.repeat(100_000)}`, `/#pyfence=${huge}`, linkOf('text'), linkOf({ ...told, code: 5 }), linkOf({ ...told, place: 7 })];
  for (const link of broken) {
    const page = await open(pages({ '/': html }, { python: {} }), link);
    await blockOf(page, 1).getByText('The code in this link can’t be read.').waitFor();
    assert.equal(await codeOf(blockOf(page, 1)), '1');
  }
  const off = await open(pages({ '/': html.replace('<title>', '<meta name="pyfence-links" content="no"><title>') }, { python: {} }), linkOf(told));
  await blockOf(off, 1).hover();
  await press(blockOf(off, 1), 'Share');
  assert.equal(await blockOf(off, 1).getByRole('button', { name: 'Copy a link with this code' }).count(), 0);
  assert.equal(await codeOf(blockOf(off, 1)), '1');
});

story('A block that imports a file of a link asks, too', async ({ open }) => {
  const author = 'def area(s):\n    return s * s';
  const stranger = 'def area(s):\n    return 7';
  const site = pages({ '/': render(`\`\`\`pyodide file="shapes.py"\n${author}\n\`\`\`\n\n\`\`\`pyodide\nimport shapes\nshapes.area(3)\n\`\`\`\n`) });
  const page = await open(site, linkOf({ code: stranger, written: 'nothing', place: 0 }));
  const [file, block] = [blockOf(page), blockOf(page, 1)];
  await file.getByText('This code came with the link').waitFor();
  await press(block, 'Run');
  await file.getByText('Run it only if you trust').waitFor();
  assert.deepEqual([await block.getAttribute('state'), await outputOf(block)], ['idle', '']);
  await press(file, 'Run it');
  await reaches(block, 'done');
  assert.equal(await outputOf(block), '7');
  await press(file, 'Back to the code of this page');
  assert.equal(await runs(block), '9');
});

story('A block is saved as a script with what it depends on, a page as a script and as a notebook', async ({ open, screenshot }) => {
  const blocks = '```pyodide session=b title="Last"\n>>> y = 2\n>>> y\n2\n```\n\n```pyodide hidden=yes\nimport json\n```\n\n```pyodide install="cowsay>=6" files="data.csv"\n%pip install -q -i https://i.test rich "tomli>=2" # both\nimport numpy as np, json\nfrom PIL import Image\n```\n';
  const page = await open(pages({ '/': render(blocks).replace('A page', 'Été &amp; more') }, { python: {} }));
  const block = blockOf(page, 2);
  const script = await saves(page, block, 'Save this code as .py');
  assert.deepEqual(script, {
    name: 'ete-more.py',
    text: '# /// script\n# dependencies = [\n#     "cowsay>=6",\n#     "numpy",\n#     "pillow",\n#     "rich",\n#     "tomli>=2",\n# ]\n# ///\n\n# Été & more\n# https://site.test/\n# reads https://site.test/data.csv\n\n# %pip install -q -i https://i.test rich "tomli>=2" # both\nimport numpy as np, json\nfrom PIL import Image\n',
  });
  const whole = await saves(page, block, 'Save all code of this page as .py');
  assert.match(whole.text, /# %% Last \(b\)\ny = 2\ny\n\n# %% 2 \(default\)\nimport json\n\n# %% 3 \(default\)\n# %pip install -q /);
  const { name, text } = await saves(page, block, 'Save all code of this page as .ipynb');
  assert.equal(name, 'ete-more.ipynb');
  const { cells, nbformat } = JSON.parse(text);
  assert.equal(nbformat, 4);
  assert.deepEqual(cells.map((/** @type {{ source: string[] }} */ { source }) => source.join('')), [
    '# Été & more\n\n<https://site.test/>', '%pip install "cowsay>=6" numpy pillow', '**Last**', '>>> y = 2\n>>> y\n2', 'import json',
    '%pip install -q -i https://i.test rich "tomli>=2" # both\nimport numpy as np, json\nfrom PIL import Image',
  ]);
  await press(block, 'Share');
  await screenshot(page, 'share');
  assert.deepEqual(await accessibilityProblems(page, 'pyodide-block:last-of-type'), []);
  await page.keyboard.press('Escape');
  await block.getByRole('button', { name: 'Save this code as .py' }).waitFor({ state: 'hidden' });
});

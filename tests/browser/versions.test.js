// Other releases of Pyodide than the one in the manifest: a real 0.27.7, with the real packages that it has.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesOf, isSupported } from '../../runtime/third-party/pyodide-release.js';
import { blockOf, outputOf, press, reaches, runs } from './support/block.js';
import { nextRelease } from './support/next-release.js';
import { installedVersion, integrity } from './support/npm.js';
import { installed, project } from './support/paths.js';
import { render } from './support/pyfence.js';
import { pages } from './support/site.js';
import { story } from './support/story.js';

/** A page of blocks that run in the older release. @param {string[]} blocks */
const older = (...blocks) => pages({ '/': render(blocks.map((code) => `\`\`\`pyodide version="0.27.7"\n${code}\n\`\`\`\n`).join('\n')) });

test('What pyfence knows of a release is what npm has of it', () => {
  const known = JSON.parse(readFileSync(join(project, 'runtime/third-party/pyodide-releases.json'), 'utf8'));
  const version = installedVersion('pyodide-0.27');
  assert.deepEqual(known[version], filesOf(version).map((name) => integrity(readFileSync(installed(`pyodide-0.27/${name}`)))));
  assert.deepEqual(['0.25.1', '0.26.0', '0.29.5', '314.0.0', '315.0.0'].filter(isSupported), ['0.26.0', '0.29.5', '314.0.0', '315.0.0']);
});

story('An older release runs, and marks the line that failed', async ({ open, complaints }) => {
  const page = await open(older('import sys\nprint(*sys.version_info[:2])', 'x = 1\nx / 0', 'import functools\n@functools.lru_cache\ndef fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)\nfib(900)'));
  assert.equal(await runs(blockOf(page)), '3 12');
  assert.match(await runs(blockOf(page, 1), 'error'), /line 2[^]*ZeroDivisionError: division by zero$/);
  assert.deepEqual(complaints, []);
  // Its recursion through functions of Python ends it, which is explained as one.
  assert.match(await runs(blockOf(page, 2), 'error'), /Python broke down[^]*can go some hundred levels deep/);
});

// The first figure builds a cache of fonts, of which matplotlib tells: it is nobody's output.
story('Arrays, tables, figures and pictures of the real packages are shown', async ({ open, screenshot, world }) => {
  const page = await open(older(
    'import numpy as np\nnp.arange(6).reshape(2, 3)',
    'import pandas as pd\npd.DataFrame({"city": ["Oslo", "Rome"], "population": [717710, 2748109]})',
    'import matplotlib.pyplot as plt\nplt.plot([1, 4, 9])\nplt.title("Squares");',
    'from PIL import Image\nImage.new("RGB", (40, 20), "teal")',
  ));
  assert.equal(await runs(blockOf(page)), 'array([[0, 1, 2],\n       [3, 4, 5]])');
  await runs(blockOf(page, 1));
  assert.match(await blockOf(page, 1).frameLocator('iframe').locator('table').innerText(), /city\s+population\s+0\s+Oslo\s+717710\s+1\s+Rome\s+2748109/);
  assert.equal(await runs(blockOf(page, 2)), '');
  const figure = blockOf(page, 2).locator('.pyfence-output img');
  assert.ok(await figure.evaluate((/** @type {HTMLImageElement} */ { naturalWidth }) => naturalWidth) > 300);
  await runs(blockOf(page, 3));
  assert.equal(await blockOf(page, 3).locator('.pyfence-output img').evaluate((/** @type {HTMLImageElement} */ { naturalWidth }) => naturalWidth), 40);
  assert.equal(world.requested('/matplotlib-').length, 1);
  await screenshot(page, 'real-packages');
});

story('Large tables, series and groups show as they do in a notebook', async ({ open }) => {
  const page = await open(older(
    'import pandas as pd\npd.DataFrame({"n": range(100_000)})',
    'pd.DataFrame([range(100)])',
    'pd.Series([1, 2], name="n")',
    'pd.DataFrame({"kind": ["a", "b", "a"], "n": [1, 2, 3]}).groupby("kind").agg(["sum", "mean"])',
  ));
  const cells = async (/** @type {number} */ place) => (await blockOf(page, place).frameLocator('iframe').locator('table').innerText()).split(/\s+/).filter(Boolean);
  await runs(blockOf(page));
  assert.deepEqual((await cells(0)).slice(-4), ['99998', '99998', '99999', '99999']);
  assert.ok((await blockOf(page).frameLocator('iframe').locator('body').innerText()).endsWith('100000 rows × 1 columns'));
  await runs(blockOf(page, 1));
  assert.deepEqual((await cells(1)).slice(-2), ['98', '99']);
  assert.match(await runs(blockOf(page, 2)), /^0 {4}1\n1 {4}2\nName: n, dtype: int64$/);
  await runs(blockOf(page, 3));
  assert.deepEqual((await cells(3)).slice(-6), ['a', '4', '2.0', 'b', '2', '2.0']);
});

story('An animation is a picture that moves, once', async ({ open }) => {
  const page = await open(older('import matplotlib.animation as animation\nimport matplotlib.pyplot as plt\nfig, ax = plt.subplots(figsize=(2, 1))\nline, = ax.plot([0, 1])\n'
    + 'animation.FuncAnimation(fig, lambda n: line.set_ydata([0, n]), frames=3)'));
  await runs(blockOf(page));
  assert.equal(await blockOf(page).locator('.pyfence-output img').count(), 1);
  const picture = blockOf(page).locator('.pyfence-output img[src^="data:image/gif"]');
  assert.ok(await picture.evaluate((/** @type {HTMLImageElement} */ image) => image.decode().then(() => image.naturalWidth)) > 100);
});

story('scipy, scikit-learn and pyarrow compute', async ({ open }) => {
  const page = await open(older(
    'from scipy import optimize\nround(float(optimize.brentq(lambda x: x**2 - 2, 0, 2)), 6)',
    'from sklearn.linear_model import LinearRegression\nmodel = LinearRegression().fit([[1], [2], [3]], [2, 4, 6])\nround(float(model.predict([[4]])[0]), 6)',
    'import pyarrow as pa\npa.table({"n": [1, 2, 3]}).num_rows',
  ));
  assert.equal(await runs(blockOf(page)), '1.414214');
  assert.equal(await runs(blockOf(page, 1)), '8.0');
  assert.equal(await runs(blockOf(page, 2)), '3');
});

story('A release whose files are not what was published does not run', async ({ open, world }) => {
  world.fault('v0.27.7/full/pyodide.asm.js', 'wrong');
  const page = await open(older('print(1)'));
  await press(blockOf(page), 'Run');
  await reaches(blockOf(page), 'error');
  assert.match(await outputOf(blockOf(page)), /pyodide\.asm\.js: /);
});

story('A release that pyfence does not know runs, unverified', async ({ open, world, complaints }) => {
  world.put(nextRelease);
  const blocks = ['import sys\nprint(sys.version_info.major)', 'import mpmath\nmpmath.__name__', 'x = 1\nx / 0'];
  const page = await open(pages({ '/': render(blocks.map((code) => `\`\`\`pyodide version="${nextRelease.version}"\n${code}\n\`\`\`\n`).join('\n')) }));
  assert.equal(await runs(blockOf(page)), '3');
  assert.equal(await runs(blockOf(page, 1)), "'mpmath'");
  assert.match(await runs(blockOf(page, 2), 'error'), /line 2[^]*ZeroDivisionError: division by zero$/);
  assert.ok(world.requested(`v${nextRelease.version}/full/pyodide.asm.mjs`).length > 0);
  assert.deepEqual(complaints, []);
});

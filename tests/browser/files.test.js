// The files of the runtime: joined by the build so that a page asks for few, and the same without that.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { blockOf, outputOf, press, reaches, runs } from './support/block.js';
import { project } from './support/paths.js';
import { render } from './support/pyfence.js';
import { pages } from './support/site.js';
import { story } from './support/story.js';

/** @param {import('./support/world.js').World} world */
const ours = (world) => world.requests.map(({ path }) => path.match(/^\/pyfence\/[^/]+\/(.+)$/)?.[1] ?? '').filter(Boolean);

/** The files of `runtime/`, as they are written. */
function sources() {
  const folder = join(project, 'runtime');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, name }) => join(parentPath, name));
  return paths.map((path) => /** @type {const} */ ([relative(folder, path), readFileSync(path, 'utf8')]));
}

story('A page of blocks asks for three files of ours at most, and a run for few more', async ({ open, world }) => {
  const page = await open(pages({ '/': render('```pyodide\nprint(1)\n```\n\n```pyodide height="3-9" title="A title" linenumbers=yes\n2\n```\n') }, { isFirstVisit: true }));
  await blockOf(page).getByRole('button', { name: 'Run' }).waitFor();
  await page.waitForLoadState('networkidle');
  assert.deepEqual(ours(world).sort(), ['on-demand/decorate.js', 'pyfence.css', 'pyfence.js']);
  assert.equal(await runs(blockOf(page)), '1');
  const run = [...new Set(ours(world).slice(3))].sort();
  assert.deepEqual(run, ['python/prelude.py', 'run/run.js', 'third-party/pyodide.json', 'worker/worker.js']);
});

story('Names at the top level of our modules are none of the browser', async ({ open }) => {
  const page = await open(pages({ '/': '<!doctype html><title>Names</title>' }));
  const declarations = /^(?:export )?(?:async )?(?:function|class|const|let) (?:(\w+)|[{[](.*)[}\]] =)/gm;
  const names = sources().filter(([path]) => path.endsWith('.js'))
    .flatMap(([, text]) => [...text.matchAll(declarations)].flatMap(([, name, pattern]) => name ?? pattern.split(/, |: /)));
  assert.ok(names.length > 100, `${names}`);
  // In one file such a name would stand before what another module means by `open` or `close`.
  assert.deepEqual(await page.evaluate((names) => names.filter((name) => name in globalThis), names), []);
});

story('The sources run as they are: a runtime that is copied by hand', async ({ open }) => {
  const html = render('```pyodide linenumbers=yes\nimport math\nmath.sqrt(4)\n```\n\n```pyodide\n1 / 0\n```\n').replaceAll(/\/pyfence\/[0-9a-f]+\//g, '/pyfence/source/').replaceAll(/ integrity="[^"]*"/g, '');
  const page = await open(pages({ '/': html, ...Object.fromEntries(sources().map(([path, text]) => [`/pyfence/source/${path}`, text])) }));
  assert.equal(await runs(blockOf(page)), '2.0');
  await press(blockOf(page, 1), 'Run');
  await reaches(blockOf(page, 1), 'error');
  assert.match(await outputOf(blockOf(page, 1)), /ZeroDivisionError/);
  await blockOf(page).locator('pre').click();
  await blockOf(page).locator('.ace_editor').waitFor();
});

// A site that has what its blocks load: nobody else is asked, and nothing runs that the lock doesn't name.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { blockOf, opensEditor, outputOf, press, reaches, runs } from './support/block.js';
import { folder } from './support/site.js';
import { story } from './support/story.js';
import { local, pyfence, siteOf, vendor, vendored } from './support/vendored.js';

const site = vendored(siteOf({
  '_index.md': `
\`\`\`pyodide
print("hello")
\`\`\`

\`\`\`pyodide install="cowsay>=6,griffe"
import cowsay, griffe
cowsay.cow("moo")
\`\`\`

\`\`\`pyodide
import sympy
print(sympy.sqrt(8))
\`\`\`

\`\`\`pyodide
import micropip
await micropip.install("tabulate")
import tabulate
print(tabulate.tabulate([[1]]))
\`\`\`

\`\`\`pyodide
import colorsys
print("hello")
\`\`\`

\`\`\`pyodide
import humanize
\`\`\`
`,
  'library.md': `
\`\`\`pyodide
print("hello")
\`\`\`

\`\`\`pyodide
import colorsys
print(colorsys.rgb_to_hls(1, 1, 1))
\`\`\`

\`\`\`pyodide
__import__("pyodide.http")
graphlib = __import__("graphlib")
print(*graphlib.TopologicalSorter({2: [1]}).static_order())
\`\`\`

\`\`\`pyodide
import json
json.loads("{")
\`\`\`

\`\`\`pyodide install="cowsay>=6,griffe"
import colorsys, cowsay, inspect, json.tool
for module in colorsys, json.tool, cowsay.main:
    print(inspect.getsource(module).splitlines()[0])
print(inspect.getsource(json.dumps).splitlines()[0])
print(json.dumps.__code__.co_filename, cowsay.main.__spec__.cached)
cowsay.draw(1, 2)
\`\`\`

\`\`\`pyodide
class Note:
    def _repr_markdown_(self):
        return "**bold**"

Note()
\`\`\`
`,
  'older.md': `
\`\`\`pyodide version="0.27.7"
import numpy as np
print(np.arange(3).sum())
\`\`\`

\`\`\`pyodide version="0.27.7"
import colorsys, inspect
print(inspect.getsource(colorsys).splitlines()[0])
colorsys.hls_to_rgb(None, 1, 1)
\`\`\`

\`\`\`pyodide version="0.27.7" install="contourpy"
import contourpy
print(contourpy.contour_generator(z=[[0, 1], [1, 2]]).lines(0.5)[0].tolist())
\`\`\`
`,
}));

/** @param {import('./support/world.js').World} world */
const hosts = (world) => [...new Set(world.requests.map(({ host }) => host))];

story('With a lock all blocks run from the site itself, wheels without micropip and an index', async ({ open, world, complaints }) => {
  assert.match(site.said, /no outside request is left/);
  const page = await open(folder(site.public));
  // An import that comes before the rest of the library asks for that anew, and ends the request that is under way.
  const rest = page.context().waitForEvent('requestfinished', (request) => request.url().includes('python_stdlib-rest'));
  assert.equal(await runs(blockOf(page)), 'hello');
  await rest;
  assert.match(await runs(blockOf(page, 1)), /\| moo \|/);
  assert.equal(await runs(blockOf(page, 2)), '2*sqrt(2)');
  assert.equal(world.requested('micropip').length, 0);
  assert.match(await runs(blockOf(page, 3)), /1/);
  assert.match(await runs(blockOf(page, 5), 'error'), /No module named 'humanize'[^]*The author of this page can name it[^]*install="humanize"$/);
  assert.equal(await blockOf(page, 5).getByRole('button', { name: /Install/ }).count(), 0);
  await opensEditor(blockOf(page));
  assert.deepEqual(hosts(world), ['site.test']);
  assert.deepEqual(complaints, []);
});

story('Finished HTML loads all from itself once it is vendored, ordinary fences as well', async ({ open, world, complaints }) => {
  const root = siteOf({ '_index.md': '```pyodide install="cowsay>=6"\nimport cowsay\ncowsay.cow("moo")\n```\n' });
  const finished = join(root, 'public');
  pyfence('build', '--engine', 'embedded', '--root', root);
  const tags = readFileSync(join(finished, 'index.html'), 'utf8').match(/<link[^]*<\/script>/)?.[0] ?? '';
  writeFileSync(join(finished, 'stock.html'), `<!doctype html><title>Stock</title>${tags.replace('<script', '<script data-fences')}
    <main><pre><code class="language-pyodide install=tabulate">import tabulate\nprint(tabulate.tabulate([[1 &lt; 2]]))</code></pre></main>`);
  const { status, stderr } = vendor(finished, finished, '--as-published', ...local);
  assert.equal(status, 0, stderr);
  assert.match(stderr, /no outside request is left/);
  assert.match(await runs(blockOf(await open(folder(finished, { isFirstVisit: true })))), /\| moo \|/);
  assert.match(await runs(blockOf(await open(folder(finished, { isFirstVisit: true }), '/stock.html'))), /True/);
  assert.deepEqual(hosts(world), ['site.test']);
  assert.equal(world.requested('packages/').length, 2);
  assert.deepEqual(complaints, []);
});

story('Two releases of Pyodide on one site, each with its own packages', async ({ open, world }) => {
  const page = await open(folder(site.public), '/older/');
  assert.equal(await runs(blockOf(page)), '3');
  // Two that are compiled for Pyodide, of which one needs the other.
  assert.equal(await runs(blockOf(page, 2)), '[[0.0, 0.5], [0.5, 0.0]]');
  assert.deepEqual(hosts(world), ['site.test']);
  assert.equal(world.requested('pyodide-0.27.7/pyodide.asm.wasm').length, 1);
});

story('An import of what a boot does not need waits for it, also one that the code does not show', async ({ open, world }) => {
  for (const [place, waiting, output] of /** @type {const} */ ([[1, 'loading', '(0.0, 1.0, 0.0)'], [2, 'running', '1 2']])) {
    const lift = world.fault('python_stdlib-rest', 'stall');
    const page = await open(folder(site.public, { isFirstVisit: true }), '/library/');
    assert.equal(await runs(blockOf(page)), 'hello');
    await press(blockOf(page, place), 'Run');
    await reaches(blockOf(page, place), waiting);
    lift();
    await reaches(blockOf(page, place), 'done');
    assert.equal(await outputOf(blockOf(page, place)), output);
  }
  assert.equal(world.requested('/python_stdlib.zip').length, 0, 'nobody asked for sources');
});

story('What could not come at first is asked for anew', async ({ open, world }) => {
  const mend = world.fault('python_stdlib-rest', 'refuse');
  const page = await open(folder(site.public, { isFirstVisit: true }), '/library/');
  assert.equal(await runs(blockOf(page)), 'hello');
  assert.match(await runs(blockOf(page, 1), 'error'), /ModuleNotFoundError: No module named 'colorsys': .*rest.*could not be fetched/);
  mend();
  assert.equal(await runs(blockOf(page, 1)), '(0.0, 1.0, 0.0)');
});

story('Tracebacks and inspect have the sources of what is compiled', async ({ open, world }) => {
  const page = await open(folder(site.public, { isFirstVisit: true }), '/library/');
  const told = await runs(blockOf(page, 3), 'error');
  assert.match(told, /json\/decoder\.py", line \d+, in raw_decode\n\s+obj, end = self\.scan_once/);
  assert.equal(world.requested('/python_stdlib.zip').length, 1);
  const shown = await runs(blockOf(page, 4), 'error');
  assert.match(shown, /^"""Conversion functions.*\n.*\n.*\ndef dumps\(obj.*\n\/lib\/python314\.zip\/json\/__init__\.py .*\/__pycache__\/main\.cpython-314\.pyc/);
  assert.match(shown, /cowsay\/main\.py", line \d+, in draw\n\s+\w+/);
  assert.equal(world.requested('/python_stdlib.zip').length, 1);
  const older = await open(folder(site.public, { isFirstVisit: true }), '/older/');
  assert.match(await runs(blockOf(older, 1), 'error'), /^"""Conversion functions[^]*colorsys\.py", line \d+, in hls_to_rgb\n\s+\w+/);
});

/** The block of the page that loads a file, by a part of the file's path. */
const blocks = { 'python_stdlib-rest': 4, 'pyodide-314': 0, cowsay: 1, griffe: 1, colorama: 1, sympy: 2, mpmath: 2, micropip: 3, tabulate: 3 };

/** The stories below, and `stock.test.js` for what colours ordinary fences. */
const inOtherStories = /marked\.esm\.js|ace-builds-|highlightjs-/;

story('One other byte in any file that Python loads: the block says so, and nothing of it ran', async ({ open, world }) => {
  const ofOlder = /pyodide = "0.27.7"|\[\[releases\]\]\nversion = "0.27.7"/;
  const entries = site.lock().split('\n\n').filter((entry) => !ofOlder.test(entry));
  // What is compiled takes the place of what it was made from.
  const loaded = entries.map((entry) => (entry.includes('\nwheels = [') ? entry.slice(entry.search(/\nprecompiled = |\nwheels = (?![^]*\nprecompiled = )/)) : entry));
  const paths = loaded.flatMap((entry) => [...entry.matchAll(/path = "(pyfence-vendor\/[^"]+)"/g)].map(([, path]) => path))
    .filter((path) => !path.endsWith('/python_stdlib.zip'));
  const flips = paths.flatMap((path) => {
    const found = Object.entries(blocks).find(([part]) => path.includes(part));
    return found ? [{ path, place: found[1] }] : [];
  });
  const missing = paths.filter((path) => !flips.some((flip) => flip.path === path) && !inOtherStories.test(path));
  assert.deepEqual(missing, [], 'every file of the lock has its turn');
  // Where one of Python's own is another, no block of the page runs; of packages each block can have one.
  const isOfPackage = (/** @type {{ path: string }} */ { path }) => path.includes('/packages/');
  const packages = flips.filter(isOfPackage);
  const ranks = packages.map(({ place }, at) => packages.slice(0, at).filter((other) => other.place === place).length);
  const rounds = [
    ...flips.filter((flip) => !isOfPackage(flip)).map((flip) => [flip]),
    ...[...new Set(ranks)].map((rank) => packages.filter((_, at) => ranks[at] === rank)),
  ];
  assert.equal(rounds.flat().length, flips.length);
  for (const round of rounds) {
    const mend = round.map(({ path }) => world.fault(`site.test/${path}`, 'wrong'));
    const page = await open(folder(site.public));
    for (const { path, place } of round) {
      const said = await runs(blockOf(page, place), 'error');
      assert.match(said, /other bytes came than were published|integrity|None of the sha256/, `${path}: ${said}`);
      assert.doesNotMatch(said, /hello|moo/);
    }
    for (const lift of mend) lift();
  }
}, 240_000);

story('One other byte in sources or in what reads Markdown: the page does without', async ({ open, world }) => {
  const spoiled = ['/python_stdlib.zip', 'marked.esm.js'];
  for (const file of spoiled) world.fault(file, 'wrong');
  const page = await open(folder(site.public, { isFirstVisit: true }), '/library/');
  const told = await runs(blockOf(page, 3), 'error');
  assert.match(told, /json\/decoder\.py", line \d+, in raw_decode.*JSONDecodeError/s);
  assert.doesNotMatch(told, /scan_once/);
  assert.equal(await runs(blockOf(page, 5)), '**bold**');
  for (const file of spoiled) assert.ok(world.requested(file).length > 0, file);
});

story('One other byte in the editor: it says so, and what it would have run did not', async ({ open, world }) => {
  for (const file of ['ace.js', 'mode-python.js']) {
    const mend = world.fault(`ace-builds-1.45.2/${file}`, 'wrong');
    const page = await open(folder(site.public));
    await blockOf(page).locator('pre').click();
    await page.getByText(/The editor could not be loaded/).waitFor();
    await press(blockOf(page), 'Run');
    await reaches(blockOf(page), 'done');
    mend();
  }
  // What completes is no part of it.
  world.fault('ext-language_tools.js', 'wrong');
  const page = await open(folder(site.public));
  await opensEditor(blockOf(page));
  await page.keyboard.press('Control+A');
  const asked = page.waitForResponse(/ext-language_tools/);
  await page.keyboard.type('pri');
  await asked;
  await page.keyboard.type('nt(7)');
  assert.equal(await runs(blockOf(page)), '7');
});

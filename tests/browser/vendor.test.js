// A site that has what its blocks load: nobody else is asked, and nothing runs that the lock doesn't name.
import assert from 'node:assert/strict';
import { blockOf, opensEditor, press, reaches, runs } from './support/block.js';
import { folder } from './support/site.js';
import { story } from './support/story.js';
import { siteOf, vendored } from './support/vendored.js';

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
`,
  'older.md': `
\`\`\`pyodide version="0.27.7"
import numpy as np
print(np.arange(3).sum())
\`\`\`
`,
}));

/** @param {import('./support/world.js').World} world */
const hosts = (world) => [...new Set(world.requests.map(({ host }) => host))];

story('With a lock all blocks run from the site itself, wheels without micropip and an index', async ({ open, world, complaints }) => {
  assert.match(site.said, /no outside request is left/);
  const page = await open(folder(site.public));
  assert.equal(await runs(blockOf(page)), 'hello');
  assert.match(await runs(blockOf(page, 1)), /\| moo \|/);
  assert.equal(await runs(blockOf(page, 2)), '2*sqrt(2)');
  assert.equal(world.requested('micropip').length, 0);
  assert.match(await runs(blockOf(page, 3)), /1/);
  await opensEditor(blockOf(page));
  assert.deepEqual(hosts(world), ['site.test']);
  assert.deepEqual(complaints, []);
});

story('Two releases of Pyodide on one site, each with its own packages', async ({ open, world }) => {
  const page = await open(folder(site.public), '/older/');
  assert.equal(await runs(blockOf(page)), '3');
  assert.deepEqual(hosts(world), ['site.test']);
  assert.equal(world.requested('pyodide-0.27.7/pyodide.asm.wasm').length, 1);
});

/** The block of the page that loads a file, by a part of the file's path. */
const blocks = { 'pyodide-314': 0, cowsay: 1, griffe: 1, colorama: 1, sympy: 2, mpmath: 2, micropip: 3, tabulate: 3 };

story('One other byte in any file that Python loads: the block says so, and nothing of it ran', async ({ open, world }) => {
  const ofOlder = /pyodide = "0.27.7"|\[\[releases\]\]\nversion = "0.27.7"/;
  const entries = site.lock().split('\n\n').filter((entry) => !ofOlder.test(entry));
  const paths = entries.flatMap((entry) => [...entry.matchAll(/path = "(pyfence-vendor\/[^"]+)"/g)].map(([, path]) => path));
  for (const path of paths) {
    const found = Object.entries(blocks).find(([part]) => path.includes(part));
    if (!found) continue;
    const mend = world.fault(`site.test/${path}`, 'wrong');
    const block = blockOf(await open(folder(site.public)), found[1]);
    const said = await runs(block, 'error');
    assert.match(said, /other bytes came than were published|integrity|None of the sha256/, `${path}: ${said}`);
    assert.doesNotMatch(said, /hello|moo/);
    mend();
  }
});

story('One other byte in the editor: it says so, and what it would have run did not', async ({ open, world }) => {
  world.fault('ace-builds-1.45.2/ace.js', 'wrong');
  const page = await open(folder(site.public));
  await blockOf(page).locator('pre').click();
  await page.getByText(/The editor could not be loaded/).waitFor();
  await press(blockOf(page), 'Run');
  await reaches(blockOf(page), 'done');
});

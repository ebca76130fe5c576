// A second visit restores what the first one left: the memory of a Python that has booted, and nobody else's.
import assert from 'node:assert/strict';
import { blockOf, press, reaches, runs } from './support/block.js';
import { render } from './support/pyfence.js';
import { kept, leaveSnapshot } from './support/second-visit.js';
import { pages } from './support/site.js';
import { story } from './support/story.js';

/** @typedef {import('playwright-core').Page} Page */

/** Of stories in which several snapshots are made. */
const patienceMs = 240_000;

/** For what takes seconds: looked at in each frame, as is Playwright's way, it would have frames drawn all the time. */
const patiently = { polling: 100, timeout: patienceMs };

const isRestored = 'import pyodide_js\nhasattr(pyodide_js._api.config, "_loadSnapshot")';

/** @param {string[]} codes */
const site = (...codes) => pages({ '/': render([isRestored, ...codes].map((code) => `\`\`\`pyodide\n${code}\n\`\`\`\n`).join('\n')) }, { snapshots: true });

/** @param {Page} page @returns {Promise<string[]>} */
const digests = (page) => page.evaluate(() => Object.values(JSON.parse(localStorage.getItem('pyfence-snapshots') ?? '{}')));

/** A visit that finds no snapshot to restore, and stays until one is kept. @param {Page} page */
async function visits(page) {
  const before = await digests(page);
  assert.equal(await runs(blockOf(page)), 'False');
  await keepsAnother(page, before);
}

/** @param {Page} page @param {string[]} before */
const keepsAnother = (page, before) => page.waitForFunction((before) => {
  const kept = Object.values(JSON.parse(localStorage.getItem('pyfence-snapshots') ?? '{}'));
  return kept.some((digest) => !before.includes(digest));
}, before, patiently);

/** Comes back after a first visit, which takes long: what it leaves is put there. @param {Page} page */
async function comesBack(page) {
  if (!kept) return visits(page);
  await leaveSnapshot(page);
  assert.equal(await returns(page), 'True');
}

/** @param {Page} page */
async function returns(page) {
  await page.reload();
  return runs(blockOf(page));
}

// Each on a line of its own: what comes again on a later visit is told by its name.
const fresh = `import os, random, secrets, tempfile, time, uuid
from datetime import datetime
values = {"random": random.random(), "another Random": random.Random().random(), "uuid1": uuid.uuid1(), "uuid4": uuid.uuid4(), "uuid7": uuid.uuid7(),
  "secrets": secrets.token_hex(8), "urandom": os.urandom(8).hex(), "mktemp": tempfile.mktemp(), "mkdtemp": tempfile.mkdtemp(),
  "time": time.time_ns(), "now": datetime.now().isoformat()}
for name, value in values.items():
    print(name, value, sep=": ")
import js, logging
now = js.Date.now() / 1000
print("clocks agree:", abs(time.time() - now) < 1, abs(logging.LogRecord("", 0, "", 0, "", (), None).relativeCreated) < 60_000)
print("hash:", hash("a"))`;

story('A second visit restores a snapshot, and what holds after a boot holds', async ({ open, complaints }) => {
  const codes = [
    isRestored,
    fresh,
    'def f():\n    return 1 / 0\nf()',
    'x = input("Name? ")\nprint("Hello", x)',
    'import asyncio\nwhile True: await asyncio.sleep(0.1)',
    'import sqlite3, csv, json\njson.dumps({"a": 1})',
    'x',
    'print(open("data/words.txt").read())',
    'class Shown:\n    def _repr_html_(self): return "<b id=rich>bold</b>"\ndisplay(Shown())\nShown()',
  ];
  const blocks = codes.map((code) => `\`\`\`pyodide${/words/.test(code) ? ' files="data/words.txt"' : ''}\n${code}\n\`\`\`\n`).join('\n');
  const page = await open(pages({ '/': render(blocks), '/data/words.txt': 'one two' }, { snapshots: true }));
  await visits(page);
  const bytes = await page.evaluate(async () => {
    const store = await caches.open('pyfence-snapshots');
    const [address] = await store.keys();
    return (await (await store.match(address))?.blob())?.size ?? 0;
  });
  assert.ok(bytes > 5e6 && bytes < 10e6, `${bytes} bytes are kept: with what was freed and what each module has they are 15 million`);
  const first = await runs(blockOf(page, 1));
  /** @type {string[]} */
  const visit = [];
  for (const at of [0, 1]) {
    assert.equal(await returns(page), 'True');
    visit[at] = await runs(blockOf(page, 1));
    assert.match(visit[at], /clocks agree: True True/);
  }
  const seen = [first, ...visit].map((text) => new Map(text.split('\n').map((line) => /** @type {[string, string]} */ (line.split(': ')))));
  for (const name of seen[0].keys()) {
    if (/clocks|hash/.test(name)) continue;
    assert.equal(new Set(seen.map((values) => values.get(name))).size, 3, `${name} comes again: ${seen.map((values) => values.get(name))}`);
  }
  assert.equal(seen[1].get('hash'), seen[2].get('hash'), 'as docs/security.md says');
  assert.match(await runs(blockOf(page, 2), 'error'), /^Traceback[^]*line 3, in <module>[^]*line 2, in f[^]*ZeroDivisionError: division by zero$/);
  await press(blockOf(page, 3), 'Run');
  await blockOf(page, 3).locator('input').fill('Ada');
  await page.keyboard.press('Enter');
  await reaches(blockOf(page, 3), 'done');
  await press(blockOf(page, 4), 'Run');
  await blockOf(page, 4).and(page.locator('[state="running"]')).waitFor();
  await press(blockOf(page, 4), 'Stop');
  await reaches(blockOf(page, 4), 'idle');
  assert.equal(await runs(blockOf(page, 5)), `'{"a": 1}'`);
  assert.equal(await runs(blockOf(page, 6)), "'Ada'", 'the session is whole');
  assert.equal(await runs(blockOf(page, 7)), 'one two');
  await runs(blockOf(page, 8));
  assert.equal(await blockOf(page, 8).locator('iframe').count(), 2);
  await blockOf(page, 8).locator('iframe').last().contentFrame().locator('#rich').waitFor();
  assert.deepEqual(complaints, []);
}, patienceMs);

/** Waits until a snapshot is kept whose address says this at its end. @param {Page} page @param {string} contents */
const keeps = (page, contents) => page.waitForFunction((contents) => Object.entries(JSON.parse(localStorage.getItem('pyfence-snapshots') ?? '{}'))
  .some(([address, digest]) => digest && decodeURIComponent(address.replace(/^[^&]*/, '')).replace(/&@\d+$/, '') === contents), contents, patiently);

/** What is in the snapshots that are kept. @param {Page} page @returns {Promise<string[]>} */
const contents = (page) => page.evaluate(() => Object.keys(JSON.parse(localStorage.getItem('pyfence-snapshots') ?? '{}')).map((address) => decodeURIComponent(address.replace(/^[^&]*/, ''))));

story('What a page imports after its first run is in the next snapshot, which takes the place of the last', async ({ open, world }) => {
  const page = await open(site('import mpmath\nmpmath.mpf(2)',
    'import sympy\nprint(sympy.Integer(6) * 7, sympy.core.random.rng.random(), sympy.Dummy._base_dummy_index)'));
  await comesBack(page);
  await runs(blockOf(page, 1));
  await keeps(page, '&mpmath');
  await runs(blockOf(page, 2));
  await keeps(page, '&mpmath&sympy');
  assert.deepEqual(await contents(page), ['', '&mpmath&sympy']);
  world.requests = [];
  assert.equal(await returns(page), 'True', 'also where a block is run first that imports nothing');
  const first = await runs(blockOf(page, 2));
  assert.equal(world.requested('.whl').length, 0);
  assert.equal(await returns(page), 'True');
  const second = await runs(blockOf(page, 2));
  assert.match(`${first}\n${second}`, /^42 \S+ (\d+)\n42 \S+ \1$/, 'what a package drew when it was imported is kept');
  assert.notEqual(first, second, 'the generator of a module begins elsewhere');
}, patienceMs);

/** A page of blocks that each install a package. @param {Record<string, string>} codes by package */
const installing = (codes) => pages({
  '/': render([['', isRestored], ...Object.entries(codes)].map(([name, code]) => `\`\`\`pyodide${name && ` install="${name}"`}\n${code}\n\`\`\`\n`).join('\n')),
}, { snapshots: true });

const cowsay = 'import cowsay\ncowsay.get_output_string("cow", "moo").count("moo")';

/** The Python files of the runtime that the page's worker fetched. @param {Page} page */
const fetchedPython = (page) => page.workers()[0].evaluate(() => performance.getEntriesByType('resource')
  .map(({ name }) => name.split('/python/')[1]).filter(Boolean));

/** What the package index was asked. @param {import('./support/world.js').World} world */
const asked = (world) => world.requests.filter(({ path }) => /\/simple\//.test(path)).map(({ path }) => path);

story('What install= brought is in the snapshot: a second visit asks the package index nothing', async ({ open, world, complaints }) => {
  const page = await open(installing({ cowsay }));
  assert.equal(await runs(blockOf(page)), 'False');
  assert.equal(await runs(blockOf(page, 1)), '1');
  await keeps(page, '&+cowsay');
  world.requests = [];
  assert.equal(await returns(page), 'True');
  assert.equal(await runs(blockOf(page, 1)), '1');
  assert.deepEqual([...asked(world), ...world.requested('.whl')], []);
  assert.deepEqual(await fetchedPython(page), ['prelude.py'], 'what of ours code that imports needs is in the snapshot, too');
  assert.deepEqual(complaints, []);
}, patienceMs);

story('A package that a later visit asks for comes beside those of the snapshot, and the next snapshot has it, too', async ({ open, world, complaints }) => {
  const page = await open(installing({ cowsay, tabulate: 'import tabulate\ntabulate.tabulate([["moo"]])\n"both"' }));
  await comesBack(page);
  await runs(blockOf(page, 1));
  await keeps(page, '&+cowsay');
  world.requests = [];
  assert.equal(await returns(page), 'True');
  assert.equal(await runs(blockOf(page, 2)), "'both'");
  assert.equal(await runs(blockOf(page, 1)), '1');
  assert.deepEqual(asked(world), ['/simple/tabulate/']);
  await keeps(page, '&+cowsay&+tabulate');
  assert.equal((await contents(page)).length, 2, 'it takes the place of the one with cowsay alone');
  world.requests = [];
  assert.equal(await returns(page), 'True');
  assert.equal(await runs(blockOf(page, 2)), "'both'");
  assert.deepEqual(asked(world), []);
  assert.deepEqual(complaints, []);
}, patienceMs);

/** Lets days pass for what is kept. @param {Page} page @param {number} days */
const age = (page, days) => page.evaluate(async (days) => {
  const older = (/** @type {string} */ address) => address.replace(/%40(\d+)$/, (_, day) => `%40${day - days}`);
  const digests = Object.entries(JSON.parse(localStorage.getItem('pyfence-snapshots') ?? '{}'));
  localStorage.setItem('pyfence-snapshots', JSON.stringify(Object.fromEntries(digests.map(([address, digest]) => [older(address), digest]))));
  const cache = await caches.open('pyfence-snapshots');
  for (const { url } of await cache.keys()) {
    const kept = await cache.match(url);
    await cache.delete(url);
    if (kept) await cache.put(older(url), kept);
  }
}, days);

story('What the package index said is asked anew by a visit on another day, and not believed after a week', async ({ open, world, complaints }) => {
  const page = await open(installing({ cowsay }));
  await comesBack(page);
  await runs(blockOf(page, 1));
  await keeps(page, '&+cowsay');
  const [, fresh] = await contents(page);
  await age(page, 3);
  world.requests = [];
  assert.equal(await returns(page), 'True');
  assert.equal(await runs(blockOf(page, 1)), '1');
  assert.deepEqual(asked(world), [], 'the reader waits for nobody');
  await page.waitForFunction((fresh) => Object.keys(JSON.parse(localStorage.getItem('pyfence-snapshots') ?? '{}'))
    .some((address) => decodeURIComponent(address).endsWith(fresh)), fresh, patiently);
  assert.deepEqual(asked(world), ['/simple/cowsay/'], 'for the next visit');
  assert.deepEqual(await contents(page), ['', fresh]);
  await age(page, 8);
  world.requests = [];
  assert.equal(await returns(page), 'True', 'the Python without packages');
  assert.equal(await runs(blockOf(page, 1)), '1');
  assert.deepEqual(asked(world), ['/simple/cowsay/']);
  assert.deepEqual(complaints, []);
}, patienceMs);

story('What the code imports is in the snapshot of a later visit: nothing of it is fetched or imported again', async ({ open, world, complaints }) => {
  const codes = [
    'version=0.27.7\nimport pyodide_js, sys\nimport numpy as np, pandas as pd\nimport matplotlib.pyplot as plt\nfigures = pd.DataFrame({"x": [1, 4, 9]})\nfigures.plot()\nprint(hasattr(pyodide_js._api.config, "_loadSnapshot"), np.random.rand())',
    'version=0.27.7\nimport pandas.io.excel, pandas.io.html\nfigures.x.map(lambda x: x / 0)',
  ];
  const page = await open(pages({ '/': render(codes.map((code) => `\`\`\`pyodide ${code}\n\`\`\`\n`).join('\n')) }, { snapshots: true }));
  const first = await runs(blockOf(page));
  await keeps(page, '&matplotlib.pyplot&numpy&pandas');
  world.requests = [];
  await page.reload();
  const second = await runs(blockOf(page));
  assert.match(`${first}\n${second}`, /^False 0\.\d+\n+True 0\.\d+\n*$/);
  assert.notEqual(first.split(' ')[1], second.split(' ')[1], 'numpy begins elsewhere');
  assert.equal(await blockOf(page).locator('.pyfence-output img').count(), 1);
  assert.match(await runs(blockOf(page, 1), 'error'), /site-packages\/pandas\/core[^]*return lib\.map_infer[^]*ZeroDivisionError: division by zero/);
  assert.equal(world.requested('.whl').length, 0);
  assert.deepEqual(complaints, []);
}, patienceMs);

const poison = `from js import caches, Response, Uint8Array
cache = await caches.open("pyfence-snapshots")
for request in await cache.keys():
    data = bytearray((await (await cache.match(request)).arrayBuffer()).to_bytes())
    at = data.rindex(b"OS routines for NT")
    data[at:at + 18] = b"poisoned by a code"
    fresh = Uint8Array.new(len(data))
    fresh.assign(data)
    await cache.put(request, Response.new(fresh))
print("poisoned")`;

story('What a block wrote to the store never runs, and the next visit heals it', async ({ open }) => {
  const page = await open(site(poison, 'import os\nprint(os.__doc__)'));
  await comesBack(page);
  assert.equal(await runs(blockOf(page, 1)), 'poisoned');
  await page.reload();
  await visits(page);
  assert.match(await runs(blockOf(page, 2)), /^OS routines for NT/);
  assert.equal(await returns(page), 'True');
});

/** The files of Pyodide that the page's worker asked the network or its cache for. @param {Page} page */
const fetched = (page) => page.workers()[0].evaluate(() => performance.getEntriesByType('resource')
  .map(({ name }) => name.split('/full/')[1]).filter(Boolean).sort());

const poisonFiles = `from js import caches, Response
cache = await caches.open("pyfence-files")
for request in await cache.keys():
    await cache.put(request, Response.new("other bytes"))
print("poisoned")`;

story('A second visit fetches nothing of Pyodide; what a block wrote in its place is passed over, and the next visit finds it healed', async ({ open, complaints }) => {
  const page = await open(site(poisonFiles, 'import csv\ncsv.__name__'));
  await visits(page);
  assert.equal(await returns(page), 'True');
  assert.equal(await runs(blockOf(page, 2)), "'csv'");
  assert.deepEqual(await fetched(page), []);
  assert.equal(await runs(blockOf(page, 1)), 'poisoned');
  const before = await digests(page);
  assert.equal(await returns(page), 'True');
  assert.deepEqual(await fetched(page), ['compiled/python_stdlib.zip', 'pyodide-lock.json', 'pyodide.asm.mjs', 'pyodide.asm.wasm', 'pyodide.mjs']);
  assert.equal(await runs(blockOf(page, 2)), "'csv'");
  await keepsAnother(page, before);
  assert.equal(await returns(page), 'True');
  assert.deepEqual(await fetched(page), []);
  assert.deepEqual(complaints, []);
});

story('A snapshot that is cut short, or was evicted: Python boots, and the next visit restores again', async ({ open, complaints }) => {
  const page = await open(site());
  await comesBack(page);
  for (const happens of [cutShort, evicted]) {
    await page.evaluate(happens);
    await page.reload();
    await visits(page);
  }
  assert.equal(await returns(page), 'True');
  assert.deepEqual(complaints, []);
});

story('A snapshot of an older release that is cut short: Python boots, and the next visit restores again', async ({ open, complaints }) => {
  const page = await open(pages({ '/': render(`\`\`\`pyodide version=0.27.7\n${isRestored}\n\`\`\`\n`) }, { snapshots: true }));
  await visits(page);
  assert.equal(await returns(page), 'True');
  await page.evaluate(cutShort);
  await page.reload();
  await visits(page);
  assert.equal(await returns(page), 'True');
  assert.deepEqual(complaints, []);
});

async function evicted() {
  await caches.delete('pyfence-snapshots');
}

async function cutShort() {
  const cache = await caches.open('pyfence-snapshots');
  for (const request of await cache.keys()) await cache.put(request, new Response((await (await cache.match(request))?.blob())?.slice(0, 1e6)));
}

story('Python is there on the next page of a site before its reader turns to a block, and on no page that is opened by itself', async ({ open, complaints }) => {
  const html = render(`\`\`\`pyodide\n${isRestored}\n\`\`\`\n`);
  const versioned = html.replace('<pyodide-block', '<pyodide-block version="0.27.7"');
  const page = await open(pages({ '/': html, '/next/': html, '/other/': versioned }, { snapshots: true }));
  await comesBack(page);
  const begun = page.waitForEvent('worker');
  await page.goto('https://site.test/next/');
  await begun;
  assert.equal(await runs(blockOf(page)), 'True');
  assert.equal(page.workers().length, 1, 'the run finds it');
  const tab = await page.context().newPage();
  for (const [address, visit] of /** @type {const} */ ([['https://site.test/', tab], ['https://site.test/other/', page]])) {
    await visit.goto(address);
    await visit.waitForLoadState('networkidle');
    assert.equal(visit.workers().length, 0, address);
  }
  assert.deepEqual(complaints, []);
}, patienceMs);

story('Where nothing can be kept, or the site or the reader wants none, Python boots each time and says nothing', async ({ open, complaints }) => {
  const refusals = [
    "Object.defineProperty(window, 'localStorage', { get() { throw new Error('private'); } })",
    "Object.defineProperty(navigator.storage, 'estimate', { value: async () => ({ quota: 1e9, usage: 999e6 }) })",
    "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })",
    "document.head.append(Object.assign(document.createElement('meta'), { name: 'pyfence-snapshot', content: 'no' }))",
  ];
  for (const refusal of refusals) {
    const html = render(`\`\`\`pyodide\n${isRestored}\n\`\`\`\n`).replace('<title>', `<script>${refusal}</script><title>`);
    const page = await open(pages({ '/': html }, { snapshots: true }));
    assert.equal(await runs(blockOf(page)), 'False');
    await page.waitForRequest(/snapshot\/keep\.js/, { timeout: 8_000 }).catch(() => {});
    await page.waitForLoadState('networkidle');
    assert.equal(page.workers().length, 1, refusal);
  }
  assert.deepEqual(complaints, []);
});

story('A page that is left while its snapshot is made leaves none; two tabs at once make one', async ({ open }) => {
  const page = await open(site());
  const making = page.waitForEvent('worker', (worker) => worker.url().includes('worker.js') && page.workers().length > 1);
  assert.equal(await runs(blockOf(page)), 'False');
  await making;
  await page.reload();
  assert.deepEqual(await digests(page), []);
  const other = await page.context().newPage();
  await other.goto('https://site.test/');
  await Promise.all([visits(page), visits(other)]);
  assert.equal((await digests(page)).length, 1);
  assert.deepEqual(await Promise.all([returns(page), returns(other)]), ['True', 'True']);
});

story('A runtime of another version makes its own', async ({ open }) => {
  const html = render(`\`\`\`pyodide\n${isRestored}\n\`\`\`\n`);
  const page = await open(pages({ '/': html, '/next/': html.replaceAll(/\/pyfence\/[0-9a-f]+\//g, '/pyfence/next/') }, { snapshots: true }));
  await comesBack(page);
  await page.goto('https://site.test/next/');
  await visits(page);
  assert.equal(await returns(page), 'True');
  await page.goto('https://site.test/');
  assert.equal(await runs(blockOf(page)), 'True', 'both are kept');
});

// Packages: named by the author, asked for by the code, and those that can't be had.
import assert from 'node:assert/strict';
import { blockOf, outputOf, press, reaches, runs } from './support/block.js';
import { render } from './support/pyfence.js';
import { hurry, pages } from './support/site.js';
import { story } from './support/story.js';

/** @param {string} markdown */
const site = (markdown) => pages({ '/': render(markdown) });

story('install= is there before the first run, each requirement once per page', async ({ open, world }) => {
  const page = await open(site([
    '```pyodide install="griffe,dependenpy"\nimport griffe\nimport dependenpy\nprint("OK!")\n```\n',
    '```pyodide install="dependenpy, tabulate[widechars]>=0.9,<1,https://files.test/cowsay-6.1-py3-none-any.whl" session="other"',
    'import cowsay, dependenpy, tabulate, wcwidth\ncowsay.get_output_string("cow", "moo").count("moo")\n```\n',
  ].join('\n')));
  assert.equal(await runs(blockOf(page)), 'OK!');
  assert.equal(await runs(blockOf(page, 1)), '1');
  for (const name of ['micropip-', 'griffe-', 'dependenpy-', 'tabulate-', 'cowsay-']) {
    assert.equal(world.requests.filter(({ path }) => path.includes(`/${name}`)).length, 1, name);
  }
});

story('What a first block did without comes for the second', async ({ open }) => {
  const page = await open(pages({ '/': render('```pyodide\n1\n```\n\n```pyodide install="cowsay"\nimport cowsay\ncowsay.get_output_string("cow", "moo").count("moo")\n```\n') }));
  assert.equal(await runs(blockOf(page)), '1');
  assert.equal(await runs(blockOf(page, 1)), '1');
});

story('What code that imports needs of ours comes ahead when nothing runs, where the page has such code', async ({ open, world }) => {
  const ours = () => world.requests.map(({ path }) => path.match(/^\/pyfence\/[^/]+\/((?:ahead|worker|python)\/.+)$/)?.[1] ?? '').filter(Boolean);
  const [plain, needy] = ['```pyodide\n1\n```\n', '```pyodide install="cowsay"\nimport cowsay\ncowsay.get_output_string("cow", "moo").count("moo")\n```\n'];
  const brought = ['python/input.py', 'worker/fetch-wheels.js', 'worker/prepare.js', 'worker/requirements.js'];
  const page = await open(pages({ '/': render(plain + needy) }, { isFirstVisit: true }));
  const coming = page.waitForEvent('requestfinished', (request) => request.url().endsWith(brought[0]));
  assert.equal(await runs(blockOf(page)), '1');
  await coming;
  assert.deepEqual(brought.filter((path) => !ours().includes(path)), []);
  assert.equal(world.requests.filter(({ path }) => path.includes('.whl')).length, 0);
  world.requests = [];
  assert.equal(await runs(blockOf(page, 1)), '1');
  assert.deepEqual(ours().filter((path) => path !== 'worker/foresee.js'), ['python/install.py']);

  const thrifty = "Object.defineProperty(navigator, 'connection', { value: { saveData: true } });";
  for (const [blocks, inWorker, most] of /** @type {const} */ ([[plain, '', []], [plain + needy, thrifty, ['ahead/ahead.js']]])) {
    const other = await open(pages({ '/': render(blocks) }, { inWorker: `${hurry}\n${inWorker}` }));
    world.requests = [];
    assert.equal(await runs(blockOf(other)), '1');
    await other.waitForTimeout(500);
    assert.deepEqual(ours().filter((path) => /^ahead|requirements/.test(path)), most);
  }
});

story('A compiled package comes from the package index, in the version that was asked for', async ({ open }) => {
  const page = await open(site('```pyodide install="msgpack>=1.2"\nimport msgpack\nprint(msgpack.packb([1]).hex(), msgpack.version >= (1, 2))\n```\n'));
  assert.equal(await runs(blockOf(page)), '9101 True');
});

story('micropip works as everybody writes it', async ({ open, screenshot }) => {
  const page = await open(site([
    '```pyodide\nimport micropip\n\nprint("Installing cowsay...")\nawait micropip.install("cowsay")\nprint("done!")\n```\n',
    '```pyodide\nimport cowsay\ncowsay.cow("Hello World")\n```\n',
  ].join('\n')));
  assert.match(await runs(blockOf(page, 1), 'error'), /ModuleNotFoundError: No module named 'cowsay'/);
  assert.equal(await runs(blockOf(page)), 'Installing cowsay...\ndone!');
  assert.match(await runs(blockOf(page, 1)), /\| Hello World \|/);
  await screenshot(page, 'cowsay');
});

story('A package that can\'t be had is named with its reason; the others stay; Retry tries again', async ({ open, world }) => {
  const page = await open(site('```pyodide install="cowsay,nowhere-to-be-found,tabulate"\nimport cowsay, tabulate\nprint("here")\n```\n'));
  const block = blockOf(page);
  const mend = world.fault('files.test/tabulate', 404);
  const told = await runs(block, 'error');
  assert.equal(world.requested('files.test/tabulate').filter(({ path }) => path.endsWith('.whl')).length, 1, 'nor is what did not come');
  assert.equal(world.requested('files.test/cowsay').length, 1, 'what came is not fetched again for what did not');
  assert.match(told, /^The package index PyPI has no nowhere-to-be-found\./m);
  assert.match(await block.locator('details').innerText(), /^micropip$/, 'its own words are folded');
  assert.match(told, /nowhere-to-be-found: Can't fetch metadata/);
  assert.match(told, /^tabulate: .*tabulate: 404/m);
  assert.doesNotMatch(told, /^cowsay:/m);
  mend();
  const fetched = world.requested('files.test/cowsay').length;
  await block.evaluate((block) => block.setAttribute('install', 'cowsay,tabulate'));
  await press(block, 'Retry');
  await reaches(block, 'done');
  assert.equal(await outputOf(block), 'here');
  assert.equal(world.requested('files.test/cowsay').length, fetched);
});

story('What is on its way is told by name and size', async ({ open, world, screenshot }) => {
  const page = await open(site('```pyodide install="plotly"\nimport plotly\nplotly.__version__\n```\n'));
  const block = blockOf(page);
  const resume = world.fault('files.test/plotly-', 'half');
  await press(block, 'Run');
  const status = block.getByRole('status');
  await status.and(page.locator('[data-progress*=" 4.8/9.7 MB"]')).waitFor();
  assert.equal(await status.getAttribute('data-progress'), 'Installing plotly 4.8/9.7 MB');
  assert.equal(await status.textContent(), 'Installing plotly', 'what is spoken says no sizes');
  await screenshot(page, 'installing');
  assert.equal(await block.getAttribute('state'), 'loading');
  resume();
  await reaches(block, 'done');
  assert.match(await outputOf(block), /^'7\./);
});

story('A wheel with other bytes than were published is refused, by name; what came with it stays', async ({ open, world }) => {
  const page = await open(site('```pyodide\nimport sympy\nsympy.Integer(6) * 7\n```\n'));
  const mend = world.fault('full/mpmath-', 'wrong');
  assert.match(await runs(blockOf(page), 'error'), /mpmath: other bytes came than were published/);
  mend();
  await press(blockOf(page), 'Retry');
  await reaches(blockOf(page), 'done');
  assert.equal(await outputOf(blockOf(page)), '42');
  assert.equal(world.requested('full/sympy-').length, 1);
});

for (const [file, fault] of /** @type {const} */ ([
  ['cdn.jsdelivr.net', 'refuse'],
  ['pyodide.asm.wasm', 404],
  ['pyodide.asm.wasm', 'html'],
  ['python_stdlib.zip', 404],
  ['python_stdlib.zip', 'html'],
  ['pyodide-lock.json', 404],
  ['pyodide-lock.json', 'html'],
  ['pyodide-lock.json', 'wrong'],
  ['pyodide.asm.mjs', 'wrong'],
  ['pyfence/worker', 404],
  ['micropip-', 404],
])) {
  story(`${file} fails (${fault}): a visible error, the code still readable, and Retry works`, async ({ open, world }) => {
    const page = await open(site('```pyodide install="cowsay"\nprint("here")\n```\n'));
    const block = blockOf(page);
    const mend = world.fault(file.replace('pyfence/worker', 'worker/worker.js'), fault);
    assert.match(await runs(block, 'error'), /^Could not load what this code needs\n.+/);
    assert.match(await block.getByRole('status').textContent() ?? '', /Could not load/);
    assert.equal(await block.locator('code').innerText(), 'print("here")');
    mend();
    await press(block, 'Retry');
    await reaches(block, 'done');
    assert.equal(await outputOf(block), 'here');
  });
}

story('Another version of Pyodide comes from its own address', async ({ open, world }) => {
  const page = await open(site('```pyodide version="314.0.6"\n1\n```\n'));
  assert.match(await runs(blockOf(page), 'error'), /v314\.0\.6\/full\/.*404/);
  assert.equal(world.requested('/v314.0.7/').length, 0);
});

story('A package whose download falls silent is named in the end, and Retry gets it', async ({ open, world }) => {
  const html = render('```pyodide install="tabulate"\nimport tabulate\ntabulate.__name__\n```\n');
  const page = await open(pages({ '/': html }, { inWorker: hurry }));
  const mend = world.fault('files.test/tabulate', 'stall');
  assert.match(await runs(blockOf(page), 'error'), /tabulate: the network is silent/);
  mend();
  await press(blockOf(page), 'Retry');
  await reaches(blockOf(page), 'done');
});

story('Cells of notebooks and transcripts of consoles do what their writer meant', async ({ open }) => {
  const page = await open(site([
    '```pyodide\n%pip install -q cowsay\n%matplotlib inline\nimport cowsay\ncowsay.get_output_string("cow", "moo").count("moo")\n```\n',
    '```pyodide session="b"\n!pip install cowsay\nimport cowsay\nnext(iter([]))\n```\n',
    '```pyodide session="c"\n>>> for x in "ab":\n...     print(x)\n...\na\nb\n>>> 1 + 1\n2\n```\n',
    '```pyodide session="d"\nIn [1]: x = 20\n\nIn [2]: x + 1\nOut[2]: 21\n```\n',
  ].join('\n')));
  assert.equal(await runs(blockOf(page)), '1');
  assert.match(await runs(blockOf(page, 1), 'error'), /"<block 2>", line 3, in <module>\n(.*\n)*StopIteration/);
  assert.equal(await runs(blockOf(page, 2)), 'a\nb\n2');
  assert.equal(await runs(blockOf(page, 3)), '21');
});

story('A dependency that could not be had is named, and Retry brings it', async ({ open, world }) => {
  const page = await open(pages({ '/': render('```pyodide install="griffe"\nimport griffe\nprint("here")\n```\n') }));
  const mend = world.fault('griffelib-', 404);
  await press(blockOf(page), 'Run');
  await reaches(blockOf(page), 'error');
  assert.match(await outputOf(blockOf(page)), /griffelib: 404/);
  mend();
  await press(blockOf(page), 'Retry');
  await reaches(blockOf(page), 'done');
  assert.equal(await outputOf(blockOf(page)), 'here');
});

// `pyfence test`: real blocks in the browser that the command finds, with the answers of the world.
import assert from 'node:assert/strict';
import { execFile, execFileSync, spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { manifestForCompiledLibrary } from './support/cdn.js';
import { browserArguments, cdn, change, changeManifests, makeSite as site, testCommand } from './support/command-test.js';
import { command } from './support/pyfence.js';
import { World } from './support/world.js';

const world = new World();
before(() => world.start());
after(() => world.stop());

const pyfence = (/** @type {string[]} */ args) => testCommand(world, args);

/** Builds a site whose Python boots sooner: its library is compiled. @param {string} output @param {string} root */
function buildTo(output, root) {
  execFileSync(command, ['build', '--engine', 'embedded', '--root', root, '--output-dir', output], { stdio: 'pipe' });
  changeManifests(output, manifestForCompiledLibrary);
}

const page = (/** @type {string[]} */ ...blocks) => `+++\ntitle = "A page"\n+++\n\n${blocks.join('\n\n')}\n`;
const block = (/** @type {string} */ options, /** @type {string} */ code) => `\`\`\`pyodide ${options}\n${code}\n\`\`\``;

test('Each way to fail is told with its place, and what is meant to be passes', { timeout: 180_000 }, async () => {
  const root = site({
    'content/fails.md': page(
      block('', 'print("fine")\nundefined_name'),
      block('', 'import threading\nthreading.Thread(target=print).start()'),
      block('', 'input("Who? ")'),
      block('expect="1 3"', 'print(1, 2)'),
      block('raises="KeyError"', '1 / 0'),
      block('files="/nowhere.csv"', '1'),
      block('exercise="two"', 'two = 1'),
      block('check="two" title="Twice"', 'two -> 2'),
      block('solution="two"', 'two = 3'),
      block('timelimit="2" session="endless"', 'while True: pass'),
      block('', 'print("after the end of Python")'),
    ),
    'content/passes.md': page(
      block('hidden="yes"', 'ready = "set up"'),
      block('expect="set up"', 'print(ready)'),
      block('stdin="Ada,36" expect="...Ada is 36"', 'name = input("Who? ")\nprint(name, "is", int(input("How old? ")))'),
      block('raises="ValueError"', 'int("x")'),
      block('expect="<object object at 0x...>"', 'object()'),
      block('test="no"', '1 / 0'),
      block('exercise="three" session="task"', 'unfinished'),
      block('check="three"', 'three -> 3'),
      block('solution="three"', 'three = 3'),
      block('session="task" expect="3"', 'three'),
    ),
  });
  try {
    const { code, stderr } = await pyfence(['--root', root, '--engine', 'embedded']);
    assert.equal(code, 1, stderr);
    for (const told of [
      /this block raises NameError: name 'undefined_name' is not defined/, /fails\.md:7:1/,
      /raises RuntimeError: can't start new thread/,
      /asks for input that it isn't given/,
      /shows something else than what it expects/, /expected: 1 3\n.*shown: {4}1 2/,
      /raises ZeroDivisionError: division by zero and should raise KeyError/,
      /can't load what it needs/,
      /has a solution that its checks don't pass/, /Twice: two should be 2 and is 3/,
      /doesn't end within 2 seconds/, /on a slow machine `--timelimit 60`/,
      /passes\/index\.html: 7 blocks in/,
      /6 passed, 8 failed, 2 skipped in/,
    ]) assert.match(stderr, told);
  } finally {
    rmSync(root, { recursive: true });
  }
});

test('A folder of finished HTML is tested, and its list of known failures may only shrink', { timeout: 180_000 }, async () => {
  const root = site({ 'content/one.md': page(block('', '1 / 0'), block('', '2')) });
  const output = join(root, 'public');
  const list = join(root, 'known.txt');
  try {
    buildTo(output, root);
    const args = [output, '--base-url', 'https://example.org', '--baseline', list];
    const first = await pyfence(args);
    assert.equal(first.code, 0, first.stderr);
    assert.match(readFileSync(list, 'utf8'), /^one\/index\.html block 1: raises ZeroDivisionError: division by zero$/m);

    const junit = await pyfence([...args, '--format', 'junit']);
    assert.equal(junit.code, 0, junit.stderr);
    assert.match(junit.stdout, /<testsuite name="pyfence" tests="2" failures="0" errors="0">/);

    writeFileSync(list, 'one/index.html block 2: is cured\n');
    const cured = await pyfence(args);
    assert.equal(cured.code, 1);
    assert.match(cured.stderr, /one\/index\.html block 2 passes again: take it off the list/);
    assert.match(cured.stderr, /error: one\/index\.html block 1: this block raises ZeroDivisionError/);

    change(output, 'one/index.html', '<link', '<main data-source="content/one.md"><link');
    const placed = await pyfence(args);
    const listed = await pyfence([...args, '--format', 'junit']);
    assert.match(listed.stdout, /ZeroDivisionError: division by zero">content\/one\.md \(one\/index\.html block 1\)\nTraceback/);
    assert.match(placed.stderr, /error: content\/one\.md \(one\/index\.html block 1\): this block raises/);
  } finally {
    rmSync(root, { recursive: true });
  }
});

test('No browser, one that dies, a block without an end, a page without its runtime and one that never loads end clearly', { timeout: 180_000 }, async () => {
  const root = site({
    'content/one.md': page(block('', 'while True: pass')),
    'bare/index.html': '<!doctype html><pyodide-block><pre><code>1</code></pre></pyodide-block>',
    'bare/never/index.html': '<!doctype html><img src="https://slow.test/1.png"><pyodide-block><pre><code>1</code></pre></pyodide-block>',
  });
  try {
    const none = await pyfence(['--root', root, '--engine', 'embedded', '--browser', join(root, 'no-browser')]);
    assert.equal(none.code, 2);
    assert.match(none.stderr, /there is no such browser/);

    const endless = await pyfence(['--root', root, '--engine', 'embedded', '--timelimit', '2']);
    assert.equal(endless.code, 1);
    assert.match(endless.stderr, /this block doesn't end within 2 seconds[^]*one\.md:5/);

    const mend = world.fault('slow.test', 'stall');
    const bare = await pyfence([join(root, 'bare')]);
    mend();
    assert.equal(bare.code, 1);
    assert.match(bare.stderr, /index\.html[^]*its blocks don't come: is the runtime there\?/);
    assert.match(bare.stderr, /never\/index\.html[^]*it isn't loaded after 30 seconds/);
    assert.match(bare.stderr, /0 passed, 2 failed/);

    world.reset();
    world.put(cdn);
    const tested = spawn(command, ['test', '--root', root, '--engine', 'embedded', ...browserArguments(world)], { stdio: ['ignore', 'ignore', 'pipe'] });
    let told = '';
    tested.stderr.on('data', (text) => { told += text; });
    const ended = new Promise((resolve) => { tested.on('exit', resolve); });
    // The run is under way when Pyodide has come.
    while (world.requested('python_stdlib.zip').length === 0) await new Promise((later) => { setTimeout(later, 100); });
    execFile('pkill', ['-KILL', '-P', `${tested.pid}`], () => {});
    assert.equal(await ended, 2, told);
    assert.match(told, /the browser is gone/);
  } finally {
    rmSync(root, { recursive: true });
  }
});

test('A block that writes gigabytes is ended long before, and the pages after it run', { timeout: 180_000 }, async () => {
  const root = site({
    'content/floods.md': page(block('timelimit="170"', 'for _ in range(2_000_000):\n    print("x" * 1000)'), block('', '1')),
    'content/runs.md': page(block('expect="2"', '1 + 1')),
  });
  try {
    const { code, stderr } = await pyfence(['--root', root, '--engine', 'embedded', '--jobs', '1']);
    assert.equal(code, 1, stderr);
    assert.match(stderr, /this block writes more than 10 million characters[^]*floods\.md:5/);
    assert.match(stderr, /1 passed, 1 failed, 1 skipped in/);
  } finally {
    rmSync(root, { recursive: true });
  }
});

test('Of two blocks with the same code the one that fails is told, wherever it is shown', { timeout: 180_000 }, async () => {
  const same = block('', 'same');
  const root = site({
    'content/a.md': page(block('', 'same = 1'), same),
    'content/b.md': page('Prose.', same),
    'content/z.md': page(block('', 'same = 2'), same),
  });
  const output = join(root, 'public');
  try {
    const built = await pyfence(['--root', root, '--engine', 'embedded']);
    assert.equal(built.code, 1, built.stderr);
    assert.match(built.stderr, /raises NameError[^]*content\/b\.md:8:1/);
    assert.match(built.stderr, /4 passed, 1 failed/);

    // A folder that somebody else serves, whose blocks say where they stand.
    change(root, 'config.toml', 'example.org"\n', 'example.org"\n[extra.pyfence]\nsources = true\n');
    buildTo(output, root);
    const finished = await pyfence([output, '--base-url', 'https://example.org']);
    assert.equal(finished.code, 1, finished.stderr);
    assert.match(finished.stderr, /content\/b\.md:8 \(b\/index\.html block 1\): this block raises NameError/);
  } finally {
    rmSync(root, { recursive: true });
  }
});

const elsewhere = 'from pyodide.http import pyfetch\nawait (await pyfetch("https://data.test/numbers.txt")).text()';
const numbers = {
  host: 'data.test',
  answer: async () => ({ body: Buffer.from('1 2 3'), headers: { 'content-type': 'text/plain', 'access-control-allow-origin': '*' } }),
};

test('Only pages are tested whose blocks have changed since a revision, or whose files have', { timeout: 240_000 }, async () => {
  const root = site({
    // Whoever opens this page waits for what never comes.
    'content/one.md': page('Prose.', '<img src="https://slow.test/1.png">', block('', '1')),
    'content/two.md': page(block('files="/two.txt" expect="..."', 'open("two.txt").read()'), block('expect="\'1 2 3\'"', elsewhere)),
    'content/three.md': page(block('', '1 / 0')),
    'static/two.txt': 'two',
  });
  const git = (/** @type {string[]} */ ...args) => execFileSync('git', ['-C', root, '-c', 'user.name=A', '-c', 'user.email=a@site.test', ...args], { stdio: 'pipe' });
  const tested = (/** @type {string[]} */ ...args) => pyfence(['--root', root, '--engine', 'embedded', ...args]);
  try {
    const none = await tested('--changed');
    assert.equal(none.code, 2);
    assert.match(none.stderr, /compares with a Git repository, and this folder is in none/);

    git('init', '--quiet');
    git('add', '.');
    git('commit', '--quiet', '--message', 'first');
    change(root, 'content/one.md', 'Prose.', 'Other prose.');
    const prose = await tested('--changed');
    assert.equal(prose.code, 0, prose.stderr);
    assert.match(prose.stderr, /No block has changed since HEAD/);
    const unknown = await tested('--changed=no-such-branch');
    assert.equal(unknown.code, 2);
    assert.match(unknown.stderr, /there is no revision `no-such-branch`/);

    change(root, 'static/two.txt', 'two', 'three');
    writeFileSync(join(root, 'content/four.md'), page(block('expect="4"', '4')));
    world.put(numbers);
    const mend = world.fault('slow.test', 'stall');
    const { code, stderr } = await tested('--changed');
    mend();
    assert.equal(code, 0, stderr);
    assert.match(stderr, /3 passed, 0 failed/);
    assert.doesNotMatch(stderr, /one\/index|three\/index/);
    // What Git has of the site, and what is in its index, stays.
    assert.match(`${git('status', '--porcelain')}`, /^ M content\/one\.md\n M static\/two\.txt\n\?\? content\/four\.md\n$/);
  } finally {
    rmSync(root, { recursive: true });
  }
});

test('What fails under the policy that the site sends, or that a page states, is found', { timeout: 300_000 }, async () => {
  const root = site({
    'content/sent.md': page(block('', 'print("fine")'), block('', elsewhere)),
    'content/stated.md': page(block('', 'print("never seen")')),
    'static/_headers': "/*\n  Content-Security-Policy: connect-src 'self' https://cdn.jsdelivr.net\n",
  });
  const output = join(root, 'public');
  try {
    buildTo(output, root);
    change(root, 'public/stated/index.html', '<meta charset="utf-8">', '<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="worker-src \'none\'">');
    world.put(numbers);
    const { code, stderr } = await pyfence([output, '--base-url', 'https://example.org', '--root', root, '--engine', 'embedded']);
    assert.equal(code, 1, stderr);
    assert.match(stderr, /content\/sent\.md:11/);
    assert.match(stderr, /content\/stated\.md:5/);
    assert.match(stderr, /1 passed, 2 failed/);
  } finally {
    rmSync(root, { recursive: true });
  }
});

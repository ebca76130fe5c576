// `pyfence test`: real blocks in the browser that the command finds, with the answers of the world.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { browserArguments, cdn, makeSite as site, testCommand } from './support/command-test.js';
import { command } from './support/pyfence.js';
import { World } from './support/world.js';

const world = new World();
before(() => world.start());
after(() => world.stop());

const pyfence = (/** @type {string[]} */ args) => testCommand(world, args);

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
      /doesn't end within 2 seconds/,
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
    await new Promise((built) => {
      execFile(command, ['build', '--engine', 'embedded', '--root', root, '--output-dir', output], () => built(undefined));
    });
    const args = [output, '--base-url', 'https://example.org', '--baseline', list];
    const first = await pyfence(args);
    assert.equal(first.code, 0, first.stderr);
    assert.match(readFileSync(list, 'utf8'), /^one\/index\.html block 1: raises ZeroDivisionError: division by zero$/m);

    const junit = await pyfence([...args, '--format', 'junit']);
    assert.equal(junit.code, 0, junit.stderr);
    assert.match(junit.stdout, /<testsuite name="pyfence" tests="2" failures="0">/);

    writeFileSync(list, 'one/index.html block 2: is cured\n');
    const cured = await pyfence(args);
    assert.equal(cured.code, 1);
    assert.match(cured.stderr, /one\/index\.html block 2 passes again: take it off the list/);
    assert.match(cured.stderr, /error: one\/index\.html block 1: this block raises ZeroDivisionError/);
  } finally {
    rmSync(root, { recursive: true });
  }
});

test('No browser, one that dies and a page without its runtime end clearly', { timeout: 180_000 }, async () => {
  const root = site({
    'content/one.md': page(block('', 'while True: pass')),
    'bare/index.html': '<!doctype html><pyodide-block><pre><code>1</code></pre></pyodide-block>',
  });
  try {
    const none = await pyfence(['--root', root, '--engine', 'embedded', '--browser', join(root, 'no-browser')]);
    assert.equal(none.code, 2);
    assert.match(none.stderr, /there is no such browser/);

    const bare = await pyfence([join(root, 'bare')]);
    assert.equal(bare.code, 1);
    assert.match(bare.stderr, /its blocks don't come: is the runtime there\?/);

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

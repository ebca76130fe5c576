// What code needs before it runs.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { needsOf } from '../../runtime/worker/needs.js';
import { isPlain } from '../../runtime/worker/plain-code.js';

/** @param {string} code */
const piece = (code) => ({ code, filename: '<block 1>', install: null, files: null, autoload: true });

test('Code that needs anything is not plain', () => {
  const needy = [
    'import math', 'input()', 'sys.stdin', 'breakpoint()', 'exec(code)', 'open("a")', 'help()', 'class A: pass', 'display(1)',
    'async def f(): pass', '"https://example.org"', '"http://example.org"', 'urllib', 'matplotlib', 'micropip', 'IPython',
    'asyncio.Runner()', 'asyncio.new_event_loop()', 'os.system("ls")', 'os._exit(1)', 'subprocess.run("clear")', 'file.fileno()', 'open(0)', 'os.read(0, 9)',
    '%pip install x', '!pip install x', 'pip install x', 'conda install x', '$ pip install x', 'python -m pip install x', '>>> 1 + 1', 'In [1]: x = 1', 'x = 1\n  >>> 2', '  x = 1\n  x',
  ];
  for (const code of needy) {
    assert.ok(Object.values(needsOf(code)).some(Boolean), code);
    assert.ok(!isPlain(piece(code)), code);
  }
});

test('Plain code needs nothing', () => {
  for (const code of ['print(1 + 1)', 'for n in range(3):\n    print(n)', 'total = sum(x * 2 for x in [1, 2])']) {
    assert.ok(!Object.values(needsOf(code)).some(Boolean), code);
    assert.ok(isPlain(piece(code)), code);
  }
  assert.ok(!isPlain({ ...piece('1'), install: 'cowsay' }));
  assert.ok(!isPlain({ ...piece('1'), files: 'a.csv' }));
});

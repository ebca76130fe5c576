// Which packages code will need, told by its text alone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { neededPackages } from '../../runtime/worker/foresee.js';
import { importsOf } from '../../runtime/worker/imports.js';

test('Imports at the beginning of a line, of whatever form', () => {
  const code = `import numpy as np, pandas.api.types
from matplotlib import pyplot as plt; import sys
  import sympy  # indented
from . import mine
important = 1
x = "no import here"
open("other.py", "w").write("""
import scipy
""")
from bs4.element import Tag`;
  assert.deepEqual(importsOf(code), ['numpy', 'pandas.api.types', 'matplotlib', 'sympy', 'bs4.element']);
});

const locked = (/** @type {string} */ name, /** @type {string[]} */ depends = [], imports = [name]) => ({ name, imports, depends, file_name: `${name}.whl`, sha256: '00' });
const packages = {
  micropip: locked('micropip'),
  'python-dateutil': locked('python-dateutil', ['six'], ['dateutil']),
  six: locked('six'),
  numpy: locked('numpy'),
  pandas: locked('pandas', ['numpy', 'python_dateutil']),
};

test('Packages of the lock that the imports need, each once, with what they need themselves', () => {
  const needed = (/** @type {string} */ code, /** @type {string | null} */ install = null, autoload = true) =>
    [...neededPackages([{ code, install, autoload }], packages)].map(({ file_name: name }) => name);
  assert.deepEqual(needed('import pandas, numpy'), ['pandas.whl', 'numpy.whl', 'python-dateutil.whl', 'six.whl']);
  assert.deepEqual(needed('import json, cowsay', 'cowsay'), ['micropip.whl']);
  assert.deepEqual(needed('import pandas', null, false), []);
  const own = neededPackages([{ code: '', install: 'six>=1, pandas', autoload: true }], packages, { 'six>=1': 'six', pandas: 'pandas' });
  assert.deepEqual([...own].map(({ name }) => name), ['six', 'pandas', 'numpy', 'python-dateutil']);
  const restored = neededPackages([{ code: '', install: 'cowsay, tabulate', autoload: true }], packages, {}, ['cowsay', 'tabulate']);
  assert.deepEqual([...restored], [], 'micropip comes for nothing where a snapshot has what is asked for');
});

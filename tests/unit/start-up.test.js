// What spares Emscripten's start its detours leads to the same place.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { started } from '../../runtime/snapshot/start-up.js';

Object.assign(globalThis, { self: globalThis });

/** An empty module with a table of 8 functions under the name that Emscripten gives it. */
const name = Buffer.from('__indirect_function_table');
const withTable = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 4, 4, 1, 112, 0, 8, 7, name.length + 4, 1, name.length, ...name, 1, 0);

/** What Emscripten's script does until it has its WebAssembly. @param {any} settings */
const create = (settings) => new Promise((resolve) => { settings.instantiateWasm({ env: {} }, resolve); });

const instantiateWasm = (/** @type {WebAssembly.Imports} */ imports, /** @type {Function} */ done) => done(new WebAssembly.Instance(new WebAssembly.Module(withTable), imports));

/** @param {Function} act @param {string} [sig] */
const withSignature = (act, sig) => Object.assign(act, { sig });

test('The table takes functions of JavaScript, by one module for each signature', async () => {
  const { Module } = WebAssembly;
  let modules = 0;
  const { exports: { __indirect_function_table: table } } = await started(create, { instantiateWasm });
  WebAssembly.Module = new Proxy(Module, { construct: (Module, [bytes]) => { modules += 1; return new Module(bytes); } });
  table.set(0, withSignature((/** @type {number} */ a, /** @type {number} */ b) => a - b, 'iii'));
  table.set(1, withSignature((/** @type {number} */ a, /** @type {number} */ b) => a * b, 'iip'));
  table.set(2, withSignature((/** @type {number} */ a, /** @type {number} */ b) => a + b, 'iii'));
  table.set(3, withSignature((/** @type {bigint} */ a, /** @type {number} */ b) => a + BigInt(b), 'jjd'));
  table.set(4, withSignature((/** @type {object} */ value) => ({ value }), 'ee'));
  /** @type {number[]} */
  const told = [];
  table.set(5, withSignature((/** @type {number} */ a) => { told.push(a); }, 'vf'));
  WebAssembly.Module = Module;
  assert.equal(modules, 5);
  assert.deepEqual([table.get(0)(5, 2), table.get(1)(5, 2), table.get(2)(5, 2), table.get(3)(5n, 2)], [3, 10, 7, 7n]);
  assert.deepEqual(table.get(4)('any'), { value: 'any' });
  assert.equal(table.get(5)(0.5), undefined);
  assert.deepEqual(told, [0.5]);
});

test('What a table takes and what it refuses it takes and refuses as ever', async () => {
  const { exports: { __indirect_function_table: table } } = await started(create, { instantiateWasm });
  assert.throws(() => table.set(0, () => 1), TypeError);
  assert.throws(() => table.set(0, withSignature(() => 1, 'ix')), TypeError);
  table.set(0, withSignature(() => 1, 'i'));
  const wrapped = table.get(0);
  table.set(1, wrapped);
  assert.equal(table.get(1), wrapped);
  table.set(1, null);
  assert.equal(table.get(1), null);
});

test('A script from a blob has no folder, and that is no error; other addresses are what they were', async () => {
  const { URL } = globalThis;
  const [folder, other] = await started(async () => [
    new self.URL('.', 'blob:https://site.test/0a4c'), new self.URL('x', 'https://site.test/a/'),
  ], { instantiateWasm });
  assert.equal(folder.href, '');
  assert.equal(other.href, 'https://site.test/a/x');
  assert.equal(globalThis.URL, URL);
  assert.throws(() => started(() => { throw new Error('a failure'); }, { instantiateWasm }), /a failure/);
  assert.equal(globalThis.URL, URL);
});

// What the address of a snapshot says.
import assert from 'node:assert/strict';
import { test } from 'node:test';

// Node 20 has not got it yet.
globalThis.navigator ??= /** @type {any} */ ({ userAgent: "A 'browser', 1.0", language: 'en' });

const { contentsOf, isCurrent, isValid, isWithin, nothing, snapshotAddress, today } = await import('../../runtime/snapshot/address.js');
const { wantedBy } = await import('../../runtime/snapshot/wanted.js');

test('An address says what is in a snapshot, as a URL that browsers leave as it is', () => {
  const contents = { modules: ['matplotlib.pyplot', 'numpy'], requirements: ["six; python_version>'3'", 'a[b]>=1,<2', 'https://site.test/x/y.whl'], day: 20_000 };
  for (const each of [contents, { ...contents, day: null }, nothing]) {
    const address = snapshotAddress('0.27.7', each);
    assert.deepEqual(contentsOf(address), each);
    assert.equal(new URL(address).href, address);
    assert.ok(address === snapshotAddress('0.27.7', nothing) || address.startsWith(`${snapshotAddress('0.27.7', nothing)}&`));
  }
});

test('What code asks for: wheels by their whole address, each once', () => {
  const pieces = [
    { code: 'import json, numpy', install: 'wheels/x.whl, cowsay', autoload: true },
    { code: 'import numpy\nimport pandas', install: 'cowsay', autoload: true },
    { code: 'import scipy', install: null, autoload: false },
  ];
  const { modules, requirements } = wantedBy(pieces, 'https://site.test/course/');
  assert.deepEqual([modules, requirements], [['json', 'numpy', 'pandas'], ['cowsay', 'https://site.test/course/wheels/x.whl']]);
});

test('What the package index said counts for a week, and is asked for anew after a day', () => {
  const aged = (/** @type {number} */ days) => ({ ...nothing, requirements: ['cowsay'], day: today() - days });
  assert.deepEqual([0, 1, 7, 8].map((days) => [isCurrent(aged(days)), isValid(aged(days))]), [[true, true], [false, true], [false, true], [false, false]]);
  assert.ok(isCurrent(nothing) && isValid(nothing), 'what is locked stays as it is');
  assert.ok(isWithin(aged(3), aged(0)) && isWithin(nothing, aged(0)) && !isWithin(aged(0), nothing));
});

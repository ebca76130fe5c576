// The manifest of third-party files is what npm installed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compared } from '../../scripts/packages.js';

test('Versions, integrity values and Ace themes in the runtime are those of the installed packages', () => {
  for (const { written, refreshed } of compared()) assert.deepEqual(written, refreshed, 'run `node scripts/packages.js`');
});

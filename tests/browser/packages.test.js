// The manifest of third-party files is what npm installed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readManifest, refreshed } from '../../scripts/packages.js';

test('Versions, integrity values and Ace themes of runtime/packages.json are those of the installed packages', () => {
  const manifest = readManifest();
  assert.deepEqual(manifest, refreshed(manifest), 'run `node scripts/packages.js`');
});

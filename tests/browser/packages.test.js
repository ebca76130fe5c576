// The manifests of third-party files, and the colours of Ace's themes, are those that npm installed.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { compared } from '../../scripts/packages.js';
import { project } from './support/paths.js';
import { pages } from './support/site.js';
import { story } from './support/story.js';
import { contrast, least, palettesOfAce } from './support/themes.js';

test('Versions and integrity values in the runtime are those of the installed packages', () => {
  for (const { written, refreshed } of compared()) assert.deepEqual(written, refreshed, 'run `node scripts/packages.js`');
});

story('The themes in the runtime have the colours of the installed Ace, and all can be read', async ({ open }) => {
  const written = JSON.parse(readFileSync(join(project, 'runtime/third-party/themes.json'), 'utf8'));
  assert.deepEqual(written, await palettesOfAce(await open(pages({ '/': '<!doctype html><title>Themes</title>' }))), 'run `node --test scripts/themes.js`');
  for (const [theme, { background, selection, ...colours }] of Object.entries(/** @type {Record<string, Record<string, string>>} */ (written))) {
    for (const [role, colour] of Object.entries(colours)) assert.ok(contrast(colour, background) >= least, `${theme}: ${role}`);
  }
});

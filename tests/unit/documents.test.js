// What documents name is what the runtime has: versions, and the texts of blocks.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

/** @param {string} path */
const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

test('What the guide has people fetch for a machine without a network is what pages load', () => {
  const guide = read('docs/vendor.md');
  const manifests = ['pyodide', 'ace', 'highlight', 'marked'].map((name) => JSON.parse(read(`runtime/third-party/${name}.json`)));
  assert.deepEqual(/^npm install (.*)$/m.exec(guide)?.[1].split(' '), manifests.map(({ npm, version }) => `${npm}@${version}`));
  const { version } = JSON.parse(read('node_modules/pyodide/pyodide-lock.json')).packages.micropip;
  const named = [...guide.matchAll(/micropip(?:==| )(\d[\d.]*\d)/g)].map(([, found]) => found);
  assert.ok(named.length >= 2, 'the guide names a version of micropip');
  assert.deepEqual(new Set(named), new Set([version]));
});

test('The documentation lists all texts', () => {
  const sources = ['loader/strings', 'run/strings', 'run/in-order-strings', 'run/input-strings', 'run/error-strings', 'edit/strings', 'complete/strings', 'share/strings', 'output/strings', 'on-demand/strings', 'recorded/strings', 'explain/strings', 'exercise/strings'].map((name) => read(`runtime/${name}.js`));
  const texts = sources.flatMap((source) => [...source.matchAll(/^ {2}(\w+): '(.*)',$/gm)].map(([, name, text]) => `${name}: ${text}`));
  const rows = [...read('docs/strings.md').matchAll(/^\| `(\w+)` \| (.*) \| .* \|$/gm)].map(([, name, text]) => `${name}: ${text}`);
  assert.deepEqual(rows, texts);
});

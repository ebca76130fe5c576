#!/usr/bin/env node
// The browser tests, three files at a time on two cores, as a story waits for half of its time. `node --test` takes files
// by their names, which leaves the longest one for the end, alone: it begins here.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { fileURLToPath } from 'node:url';

/** Whose stories take forty seconds or more, the longest first. Offline took six minutes in CI, of which it waited five. */
const longest = [
  'snapshot', 'offline', 'rich', 'mdbook', 'test-command', 'install', 'vendor', 'load', 'records', 'faults', 'versions', 'csp', 'stop',
  'exercise', 'run', 'options', 'output', 'needed-packages', 'world', 'input', 'network', 'zola', 'demo', 'limits',
];

const folder = fileURLToPath(new URL('../tests/browser', import.meta.url));
const names = readdirSync(folder).filter((name) => name.endsWith('.test.js'));
/** @param {string} name */
const place = (name) => (longest.indexOf(name.replace('.test.js', '')) + 1) || Infinity;
const files = names.sort((one, other) => place(one) - place(other) || one.localeCompare(other)).map((name) => join(folder, name));

run({ files, concurrency: 3 })
  .on('test:fail', () => { process.exitCode = 1; })
  .compose(new spec())
  .pipe(process.stdout);

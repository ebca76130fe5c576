#!/usr/bin/env node
// The browser tests in three lanes on two cores, as a story waits for half of its time. A lane is a process with one
// browser, which plays its files one after the other (tests/browser/support/lane.js).
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @type {{ [name: string]: number }} seconds of those files that take long, so that all lanes end at about the same time */
const seconds = {
  snapshot: 410, 'test-command': 160, faults: 150, vendor: 150, mdbook: 140, rich: 110, install: 105, 'needed-packages': 100, versions: 75,
  'example-site': 70, offline: 65, load: 62, exercise: 60, stop: 60, csp: 50, records: 50, 'offline-hosts': 45, demo: 35, network: 35, output: 35,
  zola: 35, integrity: 30, input: 25, world: 21, edit: 19, complete: 15, language: 13,
};

const folder = fileURLToPath(new URL('../tests/browser', import.meta.url));
const lanes = [0, 1, 2].map(() => ({ seconds: 0, files: /** @type {string[]} */ ([]) }));
const names = readdirSync(folder).filter((name) => name.endsWith('.test.js')).map((name) => name.replace('.test.js', ''));
const secondsOf = (/** @type {string} */ name) => seconds[name] ?? 10;

for (const name of names.sort((one, other) => secondsOf(other) - secondsOf(one))) {
  const lane = lanes.reduce((least, lane) => (lane.seconds < least.seconds ? lane : least));
  lane.files.push(join(folder, `${name}.test.js`));
  lane.seconds += secondsOf(name);
}
for (const { files } of lanes) {
  spawn(process.execPath, ['--test-reporter=spec', join(folder, 'support/lane.js'), ...files], { stdio: 'inherit' })
    .on('exit', (code) => { process.exitCode ||= code ?? 1; });
}

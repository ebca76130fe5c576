#!/usr/bin/env node
// The browser tests in three lanes on two cores, as a story waits for half of its time. A lane is a process with one
// browser, which plays its files one after the other (tests/browser/support/lane.js).
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @type {{ [name: string]: number }} seconds of those files that take long, so that all lanes end at about the same time */
const seconds = {
  snapshot: 100, 'test-command': 65, install: 50, mdbook: 45, vendor: 45, versions: 40, 'example-site': 35, rich: 35, offline: 30, faults: 28,
  records: 28, load: 25, 'needed-packages': 23, exercise: 20, stop: 18, zola: 17, 'offline-hosts': 15, integrity: 15, world: 13, output: 13, csp: 12,
};

const folder = fileURLToPath(new URL('../tests/browser', import.meta.url));
const lanes = [0, 1, 2].map(() => ({ seconds: 0, files: /** @type {string[]} */ ([]) }));
const names = readdirSync(folder).filter((name) => name.endsWith('.test.js')).map((name) => name.replace('.test.js', ''));
const secondsOf = (/** @type {string} */ name) => seconds[name] ?? 7;

for (const name of names.sort((one, other) => secondsOf(other) - secondsOf(one))) {
  const lane = lanes.reduce((least, lane) => (lane.seconds < least.seconds ? lane : least));
  lane.files.push(join(folder, `${name}.test.js`));
  lane.seconds += secondsOf(name);
}
for (const { files } of lanes) {
  spawn(process.execPath, ['--test-reporter=spec', join(folder, 'support/lane.js'), ...files], { stdio: 'inherit' })
    .on('exit', (code) => { process.exitCode ||= code ?? 1; });
}

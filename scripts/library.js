#!/usr/bin/env node
// Reads the library by itself. `features`: clippy checks it without features and with each of them alone; `doc`: rustdoc
// writes its documentation, without a warning. `cargo check` and `cargo doc` would compile all dependencies anew for
// that; so Cargo is told to test the examples in the documentation, with this script in place of rustdoc: the command
// that comes names the dependencies as the tests have them. It is repeated without `--test` and its like, and for features without
// the `--cfg` of others and the crates that only those have.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What is asked for: `features` or `doc`. */
const taskVariable = 'PYFENCE_LIBRARY_TASK';

/** Cargo's jobserver is for its own children. */
const { CARGO_MAKEFLAGS, MAKEFLAGS, MFLAGS, ...withoutJobserver } = process.env;

/** @param {string} program @param {string[]} args @param {NodeJS.ProcessEnv} [env] */
function run(program, args, env = withoutJobserver) {
  return spawnSync(program, args, { env, stdio: 'inherit' }).status ?? 1;
}

/** @param {string} task */
function startCargo(task) {
  const env = { ...process.env, RUSTDOC: fileURLToPath(import.meta.url), [taskVariable]: task };
  return run('cargo', ['test', '--locked', '--quiet', '--workspace', '--all-features', '--doc'], env);
}

/** @param {string} task @param {string[]} words Cargo's command */
function act(task, words) {
  // Cargo asks for rustdoc's version, too.
  if (!words.includes('--test')) return run('rustdoc', words);
  const command = words.filter((word, at) => !word.startsWith('--test') && !words[at - 1]?.startsWith('--test-'));
  return task === 'doc' ? document(command) : checkEach(command);
}

/** @param {string[]} command */
const document = (command) => run('rustdoc', [...command, '-Dwarnings', '--out-dir', join(metadata().target_directory, 'doc')]);

/** @param {string[]} command */
function checkEach(command) {
  const { features, dependencies } = packageIn(metadata());
  const optional = new Set(dependencies.filter(({ optional, kind }) => optional && kind === null).map(({ name }) => crate(name)));
  const names = Object.keys(features).filter((name) => name !== 'default');
  for (const feature of ['', ...names]) {
    const has = feature ? enabledBy(feature, features) : new Set();
    // All of them together are what is compiled anyway.
    if (names.every((name) => has.has(name))) continue;
    const isUsed = (/** @type {string} */ extern) => !optional.has(extern) || has.has(`dep:${extern}`);
    console.error(`features: ${feature || 'none'}`);
    const status = check(command.filter((word, at) => {
      const [option, value] = command[at - 1] === '--cfg' || command[at - 1] === '--extern' ? [command[at - 1], word] : [word, command[at + 1] ?? ''];
      if (option === '--cfg' && value.startsWith('feature=')) return has.has(value.split('"')[1]);
      return option !== '--extern' || isUsed(value.split('=')[0]);
    }));
    if (status !== 0) return status;
  }
  return 0;
}

/** @param {string[]} command */
function check(command) {
  const folder = mkdtempSync(join(tmpdir(), 'pyfence-features-'));
  try {
    return run('clippy-driver', ['rustc', ...command, '-Dwarnings', '--emit=metadata', '--out-dir', folder]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @typedef {{ [feature: string]: string[] }} Features */

/** @typedef {{ name: string, features: Features, dependencies: { name: string, optional: boolean, kind: string | null }[] }} Package */

/** @returns {{ packages: Package[], target_directory: string }} */
const metadata = () => JSON.parse(execFileSync('cargo', ['metadata', '--locked', '--no-deps', '--format-version', '1'], { encoding: 'utf8', maxBuffer: 1e8, env: withoutJobserver }));

/** @param {{ packages: Package[] }} metadata */
function packageIn({ packages }) {
  const found = packages.find(({ name }) => name === 'pyfence');
  if (!found) throw new Error('this is not the workspace of pyfence');
  return found;
}

/** @param {string} name of a package */
const crate = (name) => name.replaceAll('-', '_');

/**
 * A feature, those that it brings, and the crates of all of them.
 * @param {string} feature
 * @param {Features} features
 * @param {Set<string>} [found]
 */
function enabledBy(feature, features, found = new Set()) {
  found.add(feature.startsWith('dep:') ? `dep:${crate(feature.slice(4))}` : feature);
  for (const other of features[feature] ?? []) if (!found.has(other)) enabledBy(other, features, found);
  return found;
}

const task = process.env[taskVariable];
const words = process.argv.slice(2);
process.exitCode = task ? act(task, words) : startCargo(words[0]);

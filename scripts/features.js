#!/usr/bin/env node
// Checks the library without features and with each of them alone. Cargo would check most dependencies anew for each,
// as they have other features then; so it checks all features, by this script in place of the compiler, which repeats the
// library's own command for each set: without the `--cfg` of other features, and without the crates that only those have.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [compiler, ...words] = process.argv.slice(2);

/** @param {string} program @param {string[]} args @param {NodeJS.ProcessEnv} [env] */
function run(program, args, env) {
  return spawnSync(program, args, { env, stdio: 'inherit' }).status ?? 1;
}

/** Cargo's jobserver is for its own children. */
const { CARGO_MAKEFLAGS, MAKEFLAGS, MFLAGS, ...withoutJobserver } = process.env;

function startCargo() {
  // An example has the features of dependencies be those of `make check`.
  const args = ['check', '--locked', '--quiet', '--workspace', '--all-features', '--lib', '--example', 'preprocessor'];
  return run('cargo', args, { ...process.env, RUSTC_WORKSPACE_WRAPPER: fileURLToPath(import.meta.url) });
}

function compile() {
  const name = words[words.indexOf('--crate-name') + 1];
  const fails = name === 'pyfence' && words.includes('lib') ? checkEach() : 0;
  return fails || run(compiler, words, withoutJobserver);
}

function checkEach() {
  const { features, dependencies } = readPackage();
  const optional = new Set(dependencies.filter(({ optional, kind }) => optional && kind === null).map(({ name }) => crate(name)));
  const names = Object.keys(features).filter((name) => name !== 'default');
  for (const feature of ['', ...names]) {
    const has = feature ? enabledBy(feature, features) : new Set();
    // All of them together are what `make check` checks.
    if (names.every((name) => has.has(name))) continue;
    const isUsed = (/** @type {string} */ extern) => !optional.has(extern) || has.has(`dep:${extern}`);
    console.error(`features: ${feature || 'none'}`);
    const status = check(words.filter((word, at) => {
      const [option, value] = words[at - 1] === '--cfg' || words[at - 1] === '--extern' ? [words[at - 1], word] : [word, words[at + 1] ?? ''];
      if (option === '--cfg' && value.startsWith('feature=')) return has.has(value.split('"')[1]);
      return option !== '--extern' || isUsed(value.split('=')[0].replace(/^.*:/, ''));
    }));
    if (status !== 0) return status;
  }
  return 0;
}

/** @param {string[]} words */
function check(words) {
  const folder = mkdtempSync(join(tmpdir(), 'pyfence-features-'));
  try {
    // Cargo would take JSON for news of its own library.
    const kept = words.filter((word, at) => !/^--(error-format|json)=|^incremental=/.test(word) && !words[at + 1]?.startsWith('incremental='));
    kept[kept.indexOf('--out-dir') + 1] = folder;
    return run('clippy-driver', [compiler, ...kept, '-Dwarnings'], withoutJobserver);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @typedef {{ [feature: string]: string[] }} Features */

/** @returns {{ name: string, features: Features, dependencies: { name: string, optional: boolean, kind: string | null }[] }} */
function readPackage() {
  const metadata = execFileSync('cargo', ['metadata', '--locked', '--no-deps', '--format-version', '1'], { encoding: 'utf8', maxBuffer: 1e8, env: withoutJobserver });
  return JSON.parse(metadata).packages.find((/** @type {{ name: string }} */ { name }) => name === 'pyfence');
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

process.exitCode = compiler ? compile() : startCargo();

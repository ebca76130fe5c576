// A site of a few pages whose blocks' files are its own: `pyfence vendor` from what npm and pip installed.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after } from 'node:test';
import { olderWheels, project, wheels } from './paths.js';
import { command } from './pyfence.js';

/**
 * @typedef {object} VendoredSite
 * @property {string} root
 * @property {string} public where it is built
 * @property {string} said what `vendor` wrote
 * @property {() => string} lock its text
 */

/**
 * @param {string[]} args for pyfence
 */
export function pyfence(...args) {
  return execFileSync(command, args, { cwd: project, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** What `pyfence vendor` takes files from. */
export const local = ['--from', 'node_modules', '--wheels', wheels, '--wheels', olderWheels];

/**
 * A site with these pages, by their paths in `content`, which is gone after the tests.
 * @param {{ [path: string]: string }} content Markdown
 */
export function siteOf(content) {
  const root = mkdtempSync(join(tmpdir(), 'pyfence-vendored-'));
  after(() => rmSync(root, { recursive: true }));
  writeSite(root, content);
  return root;
}

/** @param {string} root @param {{ [path: string]: string }} content Markdown */
export function writeSite(root, content) {
  writeFileSync(join(root, 'config.toml'), 'base_url = "https://site.test"\n');
  for (const [path, markdown] of Object.entries(content)) {
    const file = join(root, 'content', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `+++\ntitle = "${path}"\n+++\n${markdown}`);
  }
}

/**
 * Vendors and builds a site.
 * @param {string} root
 * @param {string[]} args for `vendor`
 * @returns {VendoredSite}
 */
export function vendored(root, ...args) {
  const { status, stderr } = vendor(root, ...args);
  if (status !== 0) throw new Error(stderr);
  const output = join(root, 'public');
  pyfence('build', '--engine', 'embedded', '--root', root, '--output-dir', output, '--force');
  return { root, public: output, said: stderr, lock: () => readFileSync(join(root, 'pyfence.lock'), 'utf8') };
}

/** @param {string} root @param {string[]} args */
export function vendor(root, ...args) {
  const words = ['vendor', '--engine', 'embedded', '--root', root, ...(args.length > 0 ? args : local)];
  return spawnSync(command, words, { cwd: project, encoding: 'utf8' });
}

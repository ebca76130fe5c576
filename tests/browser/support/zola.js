// A real Zola (`make zola`, or the one that PYFENCE_ZOLA names), and sites of tests/zola/ways built each way.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './pyfence.js';
import { ownFolder, project, target } from './paths.js';

const zola = process.env.PYFENCE_ZOLA || join(target, 'tools/zola');

/** The version that it says, such as `0.22.0`; undefined without a Zola. */
export const version = existsSync(zola)
  ? execFileSync(zola, ['--version'], { encoding: 'utf8' }).trim().replace('zola ', '')
  : undefined;

export const hasShortcodes = version !== undefined && Number(version.split('.')[1]) < 23;

/** @param {string} root */
export const buildAlone = (root) => run(zola, ['--root', root, 'build', '--force']);

/** The ways that blocks come into a site: the pages in tests/zola/ways, and what builds them. */
export const ways = {
  'the copied kit': { pages: hasShortcodes ? 'shortcode' : 'component', build: copyKit },
  'ordinary fences': { pages: 'stock', build: copyRuntime },
  'pyfence with Zola': { pages: 'fence', build: (/** @type {string} */ root) => drive(root, 'zola') },
  'pyfence alone': { pages: 'fence', build: (/** @type {string} */ root) => drive(root, 'embedded') },
};

/**
 * Builds the site of tests/zola/ways one way and returns the folder of its pages.
 * @param {keyof typeof ways} way
 * @param {string} [settings] further ones, which go before the others
 */
export function buildWay(way, settings = '') {
  const { pages, build } = ways[way];
  const root = ownFolder(`${way.replaceAll(' ', '-')}${settings && '-with-settings'}`);
  for (const part of ['site', pages]) cpSync(join(project, 'tests/zola/ways', part), root, { recursive: true });
  const config = join(root, 'config.toml');
  writeFileSync(config, settings + readFileSync(config, 'utf8'));
  build(root);
  return join(root, 'public');
}

/** @param {string} root */
function copyKit(root) {
  run(command, ['add', '--root', root]);
  buildAlone(root);
}

/** @param {string} root */
function copyRuntime(root) {
  cpSync(join(project, 'runtime'), join(root, 'static/pyfence/0.1.0'), { recursive: true });
  buildAlone(root);
}

/** @param {string} root @param {string} engine */
export function drive(root, engine) {
  run(command, ['build', '--engine', engine, '--root', root]);
}

/** @param {string} command @param {string[]} args */
function run(command, args) {
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, PYFENCE_ZOLA: zola } });
}

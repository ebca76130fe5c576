// The example site, built, with Pyodide's lock as it is for the wheels that we have, and a Python that boots sooner.
import { join } from 'node:path';
import { manifestForCompiledLibrary, manifestForOurLock } from './cdn.js';
import { changeManifests, runTest } from './command-test.js';
import { build } from './pyfence.js';

const known = join(import.meta.dirname, 'example-known.txt');

/**
 * `pyfence test` on it.
 * @param {import('./world.js').World} world
 * @param {string[]} args
 */
export function exampleTested(world, args) {
  const folder = build('site-example');
  changeManifests(folder, (manifest) => manifestForCompiledLibrary(manifestForOurLock(manifest)));
  return runTest(world, [folder, '--base-url', 'https://site.test', '--root', 'site-example', '--baseline', known, '--engine', 'embedded', ...args]);
}

// The example site, built, with Pyodide's lock as it is for the wheels that we have, and a Python that boots sooner.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { manifestForCompiledLibrary, manifestForOurLock } from './cdn.js';
import { runTest } from './command-test.js';
import { build } from './pyfence.js';

const known = join(import.meta.dirname, 'example-known.txt');

/**
 * `pyfence test` on it.
 * @param {import('./world.js').World} world
 * @param {string[]} args
 */
export function exampleTested(world, args) {
  const folder = build('site-example');
  for (const version of readdirSync(join(folder, 'pyfence')).filter((name) => /^[0-9a-f]{12}$/.test(name))) {
    for (const name of ['pyodide.json', 'pyodide-releases.json']) {
      const manifest = join(folder, 'pyfence', version, 'third-party', name);
      writeFileSync(manifest, manifestForCompiledLibrary(manifestForOurLock(readFileSync(manifest, 'utf8'))));
    }
  }
  return runTest(world, [folder, '--base-url', 'https://site.test', '--root', 'site-example', '--baseline', known, '--engine', 'embedded', ...args]);
}

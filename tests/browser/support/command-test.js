// `pyfence test` on sites of a story's own, with the answers of the world.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { chromiumOptions } from './browser.js';
import { cdnAnswer } from './cdn.js';
import { installed, project } from './paths.js';
import { command } from './pyfence.js';
import { cdnHost } from './world.js';

/** @typedef {import('./world.js').World} World */

/** The CDN as it is: the command's own runtime knows the hash of the lock that was published. */
export const cdn = {
  host: cdnHost,
  answer: async (/** @type {string} */ path) => {
    const answer = await cdnAnswer(path);
    return answer && path.endsWith('/pyodide-lock.json') ? { ...answer, body: readFileSync(installed('pyodide/pyodide-lock.json')) } : answer;
  },
};

/** @param {World} world */
export const browserArguments = (world) => chromiumOptions(world).args.map((argument) => `--browser-arg=${argument}`);

/**
 * A site in a folder of its own.
 * @param {Record<string, string>} files below the site's folder
 */
export function makeSite(files) {
  const root = mkdtempSync(join(tmpdir(), 'pyfence-test-'));
  for (const [name, text] of Object.entries({ 'config.toml': 'base_url = "https://example.org"\n', ...files })) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

/**
 * Changes a text in a file; gives what puts it back.
 * @param {string} root
 * @param {string} name
 * @param {string} from
 * @param {string} to
 */
export function change(root, name, from, to) {
  const file = join(root, name);
  const text = readFileSync(file, 'utf8');
  if (!text.includes(from)) throw new Error(`${name} has no ${from}`);
  writeFileSync(file, text.replace(from, () => to));
  return () => writeFileSync(file, text);
}

/**
 * Has the pages of a built site load another Pyodide than the published one.
 * @param {string} folder
 * @param {(manifest: string) => string} change
 */
export function changeManifests(folder, change) {
  for (const version of readdirSync(join(folder, 'pyfence')).filter((name) => /^[0-9a-f]{12}$/.test(name))) {
    for (const name of ['pyodide.json', 'pyodide-releases.json']) {
      const manifest = join(folder, 'pyfence', version, 'third-party', name);
      writeFileSync(manifest, change(readFileSync(manifest, 'utf8')));
    }
  }
}

/**
 * On a site that the command builds.
 * @param {World} world
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env] the command's environment
 */
export function testCommand(world, args, env) {
  world.put(cdn);
  return runTest(world, args, env);
}

/**
 * @param {World} world
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env] the command's environment
 * @returns {Promise<{ code: number, stdout: string, stderr: string }>}
 */
export const runTest = (world, args, env = process.env) => new Promise((resolve) => {
  execFile(command, ['test', ...args, ...browserArguments(world)], { encoding: 'utf8', cwd: project, env }, (error, stdout, stderr) => {
    resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
  });
});

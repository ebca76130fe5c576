// The CDN, answered from node_modules: the same bytes at the same addresses as in the world.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileAnswer } from './answer.js';
import { vegaAnswer } from './charts.js';
import { compiledFile, compiledLibrary, isAsPublished } from './compiled.js';
import { sha256 } from './package-index.js';
import { installedVersion, integrity } from './npm.js';
import { installed, olderWheels, wheels } from './paths.js';
import { putIntoLock, standIns } from './stand-ins.js';

/**
 * @typedef {{ packages: { [name: string]: { file_name: string, sha256: string, depends: string[] } } }} PyodideLock
 */

// Pyodide rebuilds the pure-Python wheels that its lock names, so that the package index's wheel of the same
// name and version has another hash: the lock gets the hashes of the wheels that we have.
const locks = {
  314: lockForOurWheels('pyodide', wheels, putIntoLock),
  0.27: lockForOurWheels('pyodide-0.27', olderWheels, () => {}),
};

/**
 * @param {string} release as npm installed it
 * @param {string} folder of wheels
 * @param {(lock: PyodideLock) => void} change what else is different
 */
function lockForOurWheels(release, folder, change) {
  const published = readFileSync(installed(`${release}/pyodide-lock.json`), 'utf8');
  const lock = /** @type {PyodideLock} */ (JSON.parse(published));
  const ours = new Set(readdirSync(folder));
  for (const entry of Object.values(lock.packages)) {
    if (ours.has(entry.file_name)) entry.sha256 = sha256(readFileSync(compiledFile(release, entry.file_name) ?? join(folder, entry.file_name)));
  }
  change(lock);
  const text = JSON.stringify(lock);
  return { body: Buffer.from(text), integrities: { published: integrity(published), ours: integrity(text) } };
}

const older = installed('pyodide-0.27/python_stdlib.zip');
const olderLibrary = { published: integrity(readFileSync(older)), ours: integrity(compiledLibrary('pyodide-0.27')) };

/**
 * The runtime checks Pyodide's lock by the integrity in its manifest, so the manifest that a page gets must name the
 * re-hashed lock, and the library that the older release has here. Nothing else in it changes.
 * @param {string} manifest runtime/third-party/pyodide.json or pyodide-releases.json as text
 */
export const manifestForOurLock = (manifest) => [...Object.values(locks).map(({ integrities }) => integrities), olderLibrary]
  .reduce((text, { published, ours }) => text.replaceAll(published, ours), manifest);

/** Where the compiled library is beside what is published. */
const compiledName = 'compiled/python_stdlib.zip';

/**
 * For pages that aren't about loading: a Python that boots sooner, and is the same otherwise.
 * @param {string} manifest runtime/third-party/pyodide.json as text
 */
export const manifestForCompiledLibrary = (manifest) => isAsPublished ? manifest : manifest.replace(
  /"python_stdlib\.zip":\s*"sha256-[^"]+"/, `"${compiledName}": "${integrity(compiledLibrary('pyodide'))}"`,
);

const headers = { 'access-control-allow-origin': '*', 'cache-control': 'public, max-age=31536000, immutable' };

/** @type {Map<string, Promise<import('./answer.js').Answer | undefined>>} */
const known = new Map();

/**
 * The same answer, with the same buffer, every time: what is at an address of the CDN never changes.
 * @param {string} path the address's path
 */
export function cdnAnswer(path) {
  const answer = known.get(path) ?? find(path);
  known.set(path, answer);
  return answer;
}

/**
 * @param {string} path
 * @returns {Promise<import('./answer.js').Answer | undefined>}
 */
async function find(path) {
  const npm = path.match(/^\/npm\/((?:@[^/]+\/)?[^/@]+)@([^/]+)\/(.+)$/);
  if (npm) return installedVersion(npm[1]) === npm[2] ? fileAnswer(installed(`${npm[1]}/${npm[3]}`), headers) : undefined;
  if (path.startsWith('/npm/vega')) return vegaAnswer(path);

  const [, version, name] = path.match(/^\/pyodide\/v([^/]+)\/full\/((?:compiled\/)?[^/]+)$/) ?? [];
  if (!name) return undefined;
  const json = { 'content-type': 'application/json', ...headers };
  if (version === installedVersion('pyodide-0.27')) {
    if (name === 'pyodide-lock.json') return { body: locks[0.27].body, headers: json };
    return await fileAnswer(compiledFile('pyodide-0.27', name) ?? installed(`pyodide-0.27/${name}`), headers) ?? fileAnswer(join(olderWheels, name), headers);
  }
  if (version !== installedVersion('pyodide')) return undefined;
  if (name === 'pyodide-lock.json') return { body: locks[314].body, headers: json };
  if (name === compiledName) return { body: compiledLibrary('pyodide'), headers: { 'content-type': 'application/zip', ...headers } };
  const standIn = standIns.get(name);
  if (standIn) return { body: standIn, headers: { 'content-type': 'application/zip', ...headers } };
  return fileAnswer(name.endsWith('.whl') ? compiledFile('pyodide', name) ?? join(wheels, name) : installed(`pyodide/${name}`), headers);
}

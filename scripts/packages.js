// Refreshes the manifests in runtime/third-party/ after an update of npm's packages: `node scripts/packages.js`.
// Which packages and files the runtime needs is said there; versions and integrity values follow.
import { readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { installedVersion, integrity } from '../tests/browser/support/npm.js';
import { installed } from '../tests/browser/support/paths.js';

/**
 * @typedef {{ version: string, npm: string, base: string, files: Record<string, string>, bytes: number }} Package
 */

/** The manifests by their file. */
const manifests = ['pyodide', 'ace', 'highlight', 'marked'].map((name) => fileURLToPath(new URL(`../runtime/third-party/${name}.json`, import.meta.url)));

/**
 * What each manifest says, and what it should say.
 * @returns {{ file: string, written: Package, refreshed: Package }[]}
 */
export const compared = () => manifests.map((file) => {
  const written = JSON.parse(readFileSync(file, 'utf8'));
  return { file, written, refreshed: refreshedPackage(written) };
});

/**
 * @param {Package} entry
 * @returns {Package}
 */
function refreshedPackage({ npm, base, files }) {
  // Where the CDN serves the npm package, the rest of the address is a folder of it.
  const folder = installed(`${npm}/${base.split(`/npm/${npm}@{version}/`)[1] ?? ''}`);
  const contents = Object.keys(files).map((name) => ({ name, content: readFileSync(`${folder}/${name}`) }));
  return {
    version: installedVersion(npm),
    npm,
    base,
    bytes: contents.reduce((sum, { content }) => sum + content.length, 0),
    files: Object.fromEntries(contents.map(({ name, content }) => [name, integrity(content)])),
  };
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  for (const { file, refreshed } of compared()) writeFileSync(file, `${JSON.stringify(refreshed, undefined, 2)}\n`);
}

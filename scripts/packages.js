// Refreshes the manifests in runtime/ after an update of npm's packages: `node scripts/packages.js`.
// Which packages and files the runtime needs is said there; versions, integrity values and Ace's themes follow.
import { readFileSync, readdirSync, realpathSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { installedVersion, integrity } from '../tests/browser/support/npm.js';
import { installed } from '../tests/browser/support/paths.js';

/**
 * @typedef {{ version: string, npm: string, base: string, files: Record<string, string>, themes?: string[] }} Package
 */

/** The manifests by their file. */
const manifests = ['pyodide', 'ace', 'highlight'].map((name) => fileURLToPath(new URL(`../runtime/${name}.json`, import.meta.url)));

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
function refreshedPackage({ npm, base, files, themes }) {
  // Where the CDN serves the npm package, the rest of the address is a folder of it.
  const folder = installed(`${npm}/${base.split(`/npm/${npm}@{version}/`)[1] ?? ''}`);
  const themesThere = themes && readdirSync(folder).flatMap((name) => name.match(/^theme-(.+)\.js$/)?.[1] ?? []).sort();
  const names = Object.keys(files).filter((name) => !name.startsWith('theme-'))
    .concat((themesThere ?? []).map((theme) => `theme-${theme}.js`));
  return {
    version: installedVersion(npm),
    npm,
    base,
    files: Object.fromEntries(names.map((name) => [name, integrity(readFileSync(`${folder}/${name}`))])),
    ...(themesThere && { themes: themesThere }),
  };
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  for (const { file, refreshed } of compared()) writeFileSync(file, `${JSON.stringify(refreshed, undefined, 2)}\n`);
}

// Refreshes runtime/packages.json after an update of npm's packages: `node scripts/packages.js`.
// Which packages and files the runtime needs is said there; versions, integrity values and Ace's themes follow.
import { readFileSync, readdirSync, realpathSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { installedVersion, integrity } from '../tests/browser/support/npm.js';
import { installed } from '../tests/browser/support/paths.js';

/**
 * @typedef {{ version: string, npm: string, base: string, files: Record<string, string>, themes?: string[] }} Package
 */

const file = fileURLToPath(new URL('../runtime/packages.json', import.meta.url));

/** @returns {Record<string, Package>} */
export const readManifest = () => JSON.parse(readFileSync(file, 'utf8'));

/** @param {Record<string, Package>} manifest */
export const refreshed = (manifest) =>
  Object.fromEntries(Object.entries(manifest).map(([name, entry]) => [name, refreshedPackage(entry)]));

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
  writeFileSync(file, `${JSON.stringify(refreshed(readManifest()), undefined, 2)}\n`);
}

// Where things are: the project, what npm and pip installed, what the tests leave behind.
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const project = fileURLToPath(new URL('../../../', import.meta.url));
export const target = join(project, 'target');
export const wheels = join(target, 'browser/wheels');
/** Pyodide's own wheels for 0.27.7. */
export const olderWheels = join(target, 'browser/pyodide-0.27.7');
export const screenshots = join(target, 'screenshots');

/** @type {string[]} */
const ownFolders = [];
process.on('exit', () => { for (const folder of ownFolders) rmSync(folder, { recursive: true, force: true }); });

/** An empty folder that nobody else has, and that goes when the tests end. @param {string} name */
export function ownFolder(name) {
  const sites = join(target, 'browser/sites');
  mkdirSync(sites, { recursive: true });
  const folder = mkdtempSync(join(sites, `${name}-`));
  ownFolders.push(folder);
  return folder;
}

/** @param {string} path inside node_modules */
export const installed = (path) => join(project, 'node_modules', path);

if (!existsSync(installed('pyodide')) || !existsSync(wheels)) {
  throw new Error('Third-party files are missing: run `make setup` first.');
}

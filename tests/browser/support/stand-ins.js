// Wheels of the packages in tests/browser/stand-ins, and what Pyodide's lock says of them.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from './package-index.js';
import { project, target } from './paths.js';

const sources = join(project, 'tests/browser/stand-ins');
const folder = join(target, `browser/stand-ins-${process.pid}`);

/** @type {Map<string, Buffer>} by file name */
export const standIns = new Map();

mkdirSync(folder, { recursive: true });
for (const entry of readdirSync(sources, { withFileTypes: true })) {
  if (!entry.isDirectory()) continue;
  const [source, wheel] = [join(sources, entry.name), `${entry.name}-0-py3-none-any.whl`];
  execFileSync('python3', ['-m', 'zipfile', '-c', join(folder, wheel), ...readdirSync(source).map((part) => join(source, part))]);
  standIns.set(wheel, readFileSync(join(folder, wheel)));
}
rmSync(folder, { recursive: true });

/**
 * Puts the stand-ins into a lock in place of what they stand for.
 * @param {{ packages: { [name: string]: { file_name: string, sha256: string, depends: string[] } } }} lock
 */
export function putIntoLock(lock) {
  for (const [wheel, bytes] of standIns) {
    Object.assign(lock.packages[wheel.split('-')[0]], { file_name: wheel, sha256: sha256(bytes), depends: [] });
  }
}

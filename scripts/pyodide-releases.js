// Writes runtime/third-party/pyodide-releases.json anew: the integrity of what each release of Pyodide consists of.
// `node scripts/pyodide-releases.js [VERSION...]` adds releases; without arguments all that npm has are looked up.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { integrity } from '../tests/browser/support/npm.js';
import { filesOf, isSupported } from '../runtime/third-party/pyodide-release.js';

const file = new URL('../runtime/third-party/pyodide-releases.json', import.meta.url);

/** @type {{ [version: string]: string[] }} */
const releases = JSON.parse(readFileSync(file, 'utf8'));
const asked = process.argv.slice(2);
/** @type {string[]} */
const published = asked.length > 0 ? asked : JSON.parse(execFileSync('npm', ['view', 'pyodide', 'versions', '--json'], { encoding: 'utf8' }));
const isRelease = (/** @type {string} */ version) => /^[\d.]+$/.test(version) && isSupported(version);

for (const version of published.filter((version) => isRelease(version) && !(version in releases))) {
  const folder = mkdtempSync(join(tmpdir(), 'pyodide-'));
  execFileSync('npm', ['pack', '--silent', `pyodide@${version}`, '--pack-destination', folder]);
  execFileSync('tar', ['-xzf', join(folder, `pyodide-${version}.tgz`), '-C', folder]);
  releases[version] = filesOf(version).map((name) => integrity(readFileSync(join(folder, 'package', name))));
  rmSync(folder, { recursive: true });
}

const sorted = Object.entries(releases).sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }));
writeFileSync(file, `{\n${sorted.map(([version, files]) => `  ${JSON.stringify(version)}: ${JSON.stringify(files)}`).join(',\n')}\n}\n`);

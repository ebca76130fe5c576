// The scripts that charts bring into a page, answered from what npm and pip installed.
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileAnswer } from './answer.js';
import { installedVersion } from './npm.js';
import { installed, wheels } from './paths.js';

export const plotlyHost = 'cdn.plot.ly';

const headers = { 'access-control-allow-origin': '*', 'cache-control': 'public, max-age=31536000, immutable' };

/**
 * The main script of a package of Vega: the CDN has an address for it, of a version or the newest of a series.
 * @param {string} path
 */
export async function vegaAnswer(path) {
  const [, name, version] = path.match(/^\/npm\/(vega[a-z-]*)@([\d.]+)$/) ?? [];
  const isThere = name && `${installedVersion(name)}.`.startsWith(`${version}.`);
  return isThere ? fileAnswer(installed(`${name}/build/${name}.min.js`), headers) : undefined;
}

/**
 * Plotly's script, which its wheel holds too.
 * @param {string} path
 */
export async function plotlyAnswer(path) {
  if (!/^\/plotly-[\d.]+\.min\.js$/.test(path)) return undefined;
  const wheel = join(wheels, readdirSync(wheels).find((name) => name.startsWith('plotly-')) ?? '');
  const read = 'import sys, zipfile; sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read("plotly/package_data/plotly.min.js"))';
  const body = execFileSync('python3', ['-c', read, wheel], { maxBuffer: 2 ** 26 });
  return { body, headers: { 'content-type': 'text/javascript', ...headers } };
}

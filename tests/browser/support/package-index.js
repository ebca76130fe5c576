// A Python package index over the downloaded wheels: the simple API as JSON, which is what micropip asks for.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileAnswer } from './answer.js';
import { wheels } from './paths.js';

/** The index's files are on a host of their own, as in the world. */
export const filesHost = 'files.test';

const headers = { 'access-control-allow-origin': '*' };

/** As PyPI's own: what is at the address of a file never changes. */
const fileHeaders = { ...headers, 'cache-control': 'max-age=365000000, immutable, public' };

/** @param {import('node:crypto').BinaryLike} bytes */
export const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** @param {string} name of a project or the first part of a wheel's name */
const normal = (name) => name.toLowerCase().replace(/[-_.]+/g, '-');

/** @param {string} project */
function project(project) {
  const names = readdirSync(wheels).filter((file) => file.endsWith('.whl') && normal(file.split('-')[0]) === project);
  if (names.length === 0) return undefined;
  const files = names.map((filename) => ({
    filename,
    url: `https://${filesHost}/${filename}`,
    hashes: { sha256: sha256(readFileSync(join(wheels, filename))) },
  }));
  const listing = { meta: { 'api-version': '1.1' }, name: project, versions: names.map((file) => file.split('-')[1]), files };
  return {
    body: Buffer.from(JSON.stringify(listing)),
    headers: { 'content-type': 'application/vnd.pypi.simple.v1+json', ...headers },
  };
}

/**
 * @param {string} host
 * @param {string} path
 * @returns {Promise<import('./answer.js').Answer | undefined>}
 */
export async function packageIndexAnswer(host, path) {
  if (host === filesHost && /^\/[^/]+\.whl$/.test(path)) return fileAnswer(join(wheels, path), fileHeaders);
  const asked = path.match(/^\/simple\/([^/]+)\/$/);
  return asked ? project(normal(asked[1])) : undefined;
}

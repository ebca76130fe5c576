// An answer that a server of the world gives, before faults and compression.
import { readFile, stat } from 'node:fs/promises';
import { extname } from 'node:path';

/**
 * @typedef {object} Answer
 * @property {Buffer} body
 * @property {Record<string, string>} headers
 * @property {number} [status] 200 when absent
 * @property {Promise<void>} [resumes] when the second half of the body follows; at once when absent
 */

/** @type {Record<string, string>} */
const types = {
  '.css': 'text/css; charset=utf-8',
  '.gif': 'image/gif',
  '.html': 'text/html; charset=utf-8',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.md': 'text/markdown; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.py': 'text/x-python; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.whl': 'application/zip',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml',
  '.zip': 'application/zip',
};

/** @param {string} path */
export const typeOf = (path) => types[extname(path)] ?? 'application/octet-stream';

/**
 * The file's content with the type of its name, or undefined when there is no such file.
 * @param {string} path
 * @param {Record<string, string>} [headers]
 * @returns {Promise<Answer | undefined>}
 */
export async function fileAnswer(path, headers = {}) {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) return undefined;
  return { body: await readFile(path), headers: { 'content-type': typeOf(path), ...headers } };
}

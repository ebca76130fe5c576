// Compression as a CDN does it: brotli or gzip when the browser takes it. Each body is compressed once: what is big is
// kept on disk by its hash, for the other test files and the next run.
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { isAsPublished } from './compiled.js';
import { target } from './paths.js';

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

/**
 * Big files get a lower quality, but where bytes are measured: the best takes half a minute for Pyodide's wasm.
 * @param {Buffer} body
 */
const qualityFor = (body) => body.length < 200_000 || isAsPublished ? 11 : 5;

/** @param {Buffer} body */
const toBrotli = (body) => brotli(body, {
  params: { [constants.BROTLI_PARAM_QUALITY]: qualityFor(body), [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
});

const kept = join(target, 'browser/brotli');

/** Bytes from which a body is worth a file. */
const big = 1_000;

/** @param {Buffer} body */
async function keptBrotli(body) {
  if (body.length < big) return toBrotli(body);
  const path = join(kept, `${createHash('sha256').update(body).digest('hex')}.${qualityFor(body)}`);
  const found = await readFile(path).catch(() => undefined);
  if (found) return found;
  const made = await toBrotli(body);
  await mkdir(kept, { recursive: true });
  // Another process may read it at any time: it is there whole or not at all.
  const unfinished = `${path}.${process.pid}`;
  await writeFile(unfinished, made);
  await rename(unfinished, path);
  return made;
}

/** What a file weighs on its way. @param {Buffer} body */
export const compressedSize = async (body) => (await toBrotli(body)).length;

const worthIt = /^(text\/|application\/(json|wasm|xml|vnd\.)|image\/svg)/;

/** @type {{ name: string, make: (body: Buffer) => Promise<Buffer>, done: WeakMap<Buffer, Promise<Buffer>> }[]} */
const encodings = [
  { name: 'br', make: keptBrotli, done: new WeakMap() },
  { name: 'gzip', make: (body) => gzipped(body), done: new WeakMap() },
];

/**
 * @param {import('./answer.js').Answer} answer
 * @param {string} accepted the request's accept-encoding
 * @returns {Promise<import('./answer.js').Answer>}
 */
export async function compressed(answer, accepted) {
  const encoding = encodings.find(({ name }) => new RegExp(`\\b${name}\\b`).test(accepted));
  if (!encoding || !worthIt.test(answer.headers['content-type'] ?? '')) return answer;
  const body = encoding.done.get(answer.body) ?? encoding.make(answer.body);
  encoding.done.set(answer.body, body);
  return {
    ...answer,
    body: await body,
    headers: { ...answer.headers, 'content-encoding': encoding.name, vary: 'accept-encoding' },
  };
}

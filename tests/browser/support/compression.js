// Compression as a CDN does it: brotli or gzip when the browser takes it, each body once.
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

/**
 * Big files get a lower quality: the best takes half a minute for Pyodide's wasm.
 * @param {Buffer} body
 */
const toBrotli = (body) => brotli(body, {
  params: { [constants.BROTLI_PARAM_QUALITY]: body.length < 200_000 ? 11 : 5, [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
});

/** What a file weighs on its way. @param {Buffer} body */
export const compressedSize = async (body) => (await toBrotli(body)).length;

const worthIt = /^(text\/|application\/(json|wasm|xml|vnd\.)|image\/svg)/;

/** @type {{ name: string, make: (body: Buffer) => Promise<Buffer>, done: WeakMap<Buffer, Promise<Buffer>> }[]} */
const encodings = [
  { name: 'br', make: toBrotli, done: new WeakMap() },
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

/**
 * The bytes of a snapshot in chunks, so that several are read and digested at once: with one digest of all, which the
 * browser begins behind the last byte, a snapshot with packages waits twice.
 */

import { digestOf } from '../worker/verified-fetch.js';

/** Bytes: a dozen for packages, one or two for Python alone. */
const chunkSize = 1 << 23;

/**
 * @typedef {object} Chunks
 * @property {string} digest of all: that of the digests of the chunks
 * @property {(start: number, end: number) => Uint8Array<ArrayBuffer>} bytes copied where they lie in two chunks
 */

/**
 * @param {Blob} blob
 * @returns {Promise<Chunks>}
 */
export async function readChunks(blob) {
  const starts = Array.from({ length: Math.ceil(blob.size / chunkSize) }, (_, index) => index * chunkSize);
  const read = await Promise.all(starts.map(async (start) => {
    const bytes = await blob.slice(start, start + chunkSize).arrayBuffer();
    return { bytes: new Uint8Array(bytes), digest: await crypto.subtle.digest('SHA-256', bytes) };
  }));
  // A blob would join them by way of another process.
  const digests = Uint8Array.from(read.flatMap(({ digest }) => [...new Uint8Array(digest)]));
  return {
    digest: await digestOf(digests.buffer, 'sha256'),
    bytes(start, end) {
      const first = Math.floor(start / chunkSize);
      const within = (/** @type {number} */ index) => read[index].bytes.subarray(Math.max(0, start - index * chunkSize), end - index * chunkSize);
      if (end <= (first + 1) * chunkSize) return within(first);
      const joined = new Uint8Array(end - start);
      for (let index = first, filled = 0; filled < joined.length; index += 1) {
        joined.set(within(index), filled);
        filled += within(index).length;
      }
      return joined;
    },
  };
}

/** The digest of a snapshot, taken of its chunks: browsers that digest beside the script digest several at once. */

import { digestOf } from '../worker/verified-fetch.js';

/** Packages have a dozen chunks, Python alone one or two. */
const chunkBytes = 1 << 23;

/**
 * That of the digests of its chunks.
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
export async function snapshotDigest(bytes) {
  const starts = Array.from({ length: Math.ceil(bytes.length / chunkBytes) }, (_, index) => index * chunkBytes);
  const digests = await Promise.all(starts.map((start) => crypto.subtle.digest('SHA-256', bytes.subarray(start, start + chunkBytes))));
  // A blob would join them by way of another process.
  return digestOf(Uint8Array.from(digests.flatMap((digest) => [...new Uint8Array(digest)])).buffer, 'sha256');
}

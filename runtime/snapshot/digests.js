/** What the page knows of the snapshots that are kept. */

import { digestsKey } from '../run/python-client.js';

/**
 * What can't be read is nothing: the next snapshot takes its place.
 * @returns {import('../run/protocol.js').Digests}
 */
export function keptDigests() {
  try {
    return Object(JSON.parse(localStorage[digestsKey]));
  } catch {
    return {};
  }
}

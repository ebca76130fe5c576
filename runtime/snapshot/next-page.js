/** From page to page of a site: whoever ran code a moment ago finds Python there on the page that he comes to. */

import { optionsOf } from '../loader/options.js';
import { nothing, snapshotAddress } from './address.js';
import { keptDigests } from './digests.js';
import { python } from '../run/python-client.js';
import { requestOf } from '../run/run.js';
import { savesData } from '../run/saves-data.js';

/** Milliseconds that Python is kept for a reader who turns to no block of the new page. */
const patienceMs = 60_000;

/** Restores Python before the reader turns to a block, where that costs the network nothing: a snapshot is kept. */
export function expectRun() {
  const block = /** @type {import('../pyfence.js').PyodideBlock | null} */ (document.querySelector('pyodide-block'));
  if (!block || savesData()) return;
  const { version } = optionsOf(block);
  const kept = Object.entries(keptDigests());
  const usual = snapshotAddress(version, nothing);
  if (!kept.some(([address, digest]) => digest && `${address}&`.startsWith(`${usual}&`))) return;
  python.begin(version, requestOf(block));
  setTimeout(() => {
    if (!document.querySelector('pyodide-block:is(:hover, :focus-within)')) python.giveUp();
  }, patienceMs);
}

/** Once a Python has booted and nobody waits: has the page get ready for the next visit. */

import { packageOf } from '../third-party/manifests.js';
import { savesData } from './saves-data.js';

/**
 * @param {string | null} version of Pyodide
 * @param {import('./protocol.js').RunRequest[]} ran since the last time
 * @param {string} restored the address of the snapshot that they ran in; empty where Python booted
 */
export async function getReady(version, ran, restored) {
  if (savesData()) return;
  import('../snapshot/keep.js').then(({ keep }) => keep(version, ran, restored)).catch(() => {});
  if ((await packageOf('pyodide')).offline) await import('../offline/register.js').then(({ register }) => register());
}

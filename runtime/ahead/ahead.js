/**
 * Brings what code that imports or installs something needs of ours, before a reader runs such code: in the worker, when
 * Python is there and runs nothing.
 */

import { savesData } from '../run/saves-data.js';
import { begun, importPython } from '../worker/boot-pyodide.js';

/** Python files of the runtime that are imported with such code. */
export const ofCode = ['module_finder', 'display', 'session_settings', 'own_frames', 'input'];

/** Milliseconds from one look to the next whether code still runs. */
const patienceMs = 1_000;

/**
 * In small steps: a run that begins meanwhile is to wait for one of them at most.
 * @param {import('../worker/boot-pyodide.js').Pyodide} pyodide
 * @param {import('../worker/prepare.js').Host} host
 */
export async function prepare(pyodide, { mayLoad }) {
  const idle = async () => { while (mayLoad()) await new Promise((resolve) => { setTimeout(resolve, patienceMs); }); };
  if (savesData()) return;
  await Promise.all([import('../worker/prepare.js'), import('../worker/input-wait.js'), import('../worker/requirements.js'), import('../worker/fetch-wheels.js')]);
  // What isn't there yet would be brought while everything else waits.
  if ((await begun.distribution).later) await import('../worker/standard-library.js').then(({ whole }) => whole());
  await idle();
  // Pyodide imports it with the first package.
  pyodide.pyimport('tarfile');
  for (const name of ofCode) {
    await idle();
    await importPython(pyodide, name);
  }
}

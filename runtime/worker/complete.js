/** Answers what an editor asks while nothing runs: what may stand at the cursor, and what that is. */

import { importPython } from './boot-pyodide.js';

/**
 * @typedef {{ complete(sessions: object, session: string, line: string, distribution: object): string,
 *   describe(sessions: object, session: string, line: string, name: string): string }} Completer
 *
 * @param {import('./worker.js').Python} python
 * @param {import('../run/protocol.js').Complete} question
 */
export async function answer({ pyodide, prelude: { sessions } }, { session, line, name, reply }) {
  const [completer, infer] = await Promise.all(['complete', 'infer'].map((name) => importPython(pyodide, name)));
  completer.infer ??= infer;
  /** @type {Completer} */
  const { complete, describe } = completer;
  const distribution = pyodide.pyimport('_pyodide._importhook').REPODATA_PACKAGES_IMPORT_TO_PACKAGE_NAME;
  reply.postMessage(name === undefined ? complete(sessions, session, line, distribution) : describe(sessions, session, line, name));
}

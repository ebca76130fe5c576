/** Code with a margin, or with the marks of a notebook or a console: `%pip install x`, `!pip install x`, `>>> 1 + 1`. */

import { importPython } from './boot-pyodide.js';

/**
 * Puts what its writer meant beside the code: Python, requirements to install first, and how a transcript runs.
 * @param {import('./worker.js').Python} python
 * @param {import('../run/protocol.js').Piece} piece
 */
export async function translate({ pyodide, prelude }, piece) {
  /** @type {{ code: string, install: string[], examples?: object[] }} */
  const { code, install, examples } = JSON.parse((await importPython(pyodide, 'notebook_syntax')).translate(piece.code));
  piece.python = code;
  piece.install = [piece.install ?? '', ...install].filter(Boolean).join(',') || null;
  if (!examples) return;
  const transcript = await importPython(pyodide, 'transcript');
  piece.run = (...asked) => transcript.run(prelude, JSON.stringify(examples), ...asked);
}

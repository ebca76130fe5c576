/** Before a run: has brought what its pieces need, in order; `needs.js` sees what, `requirements.js` and others bring it. */

import { once } from '../loader/once.js';
import { begun, importPython } from './boot-pyodide.js';
import { needsOf } from './needs.js';

/**
 * @typedef {import('./worker.js').Python} Python
 * @typedef {(phase: import('../run/protocol.js').Phase, detail: string) => void} Report
 *
 * @typedef {object} Host the worker, as far as code needs it
 * @property {(what: string) => void} show a value, as JSON
 * @property {import('./input-wait.js').Put} put a question
 * @property {Report} progress of the run that is under way
 * @property {() => boolean} mayLoad whether code runs, and packages that it needs come by themselves
 */

/**
 * Python files that mend what is otherwise in a browser, by the need; they act when they are imported.
 * @type {['eventLoops' | 'ownSource' | 'processes' | 'stdinFile', string][]}
 */
const mended = [['eventLoops', 'event_loops'], ['ownSource', 'class_source'], ['processes', 'processes'], ['stdinFile', 'stdin_file']];

/**
 * @param {Promise<Python>} booting
 * @param {import('../run/protocol.js').Piece[]} pieces
 * @param {import('../run/protocol.js').RunRequest} request
 * @param {Report} report of this run
 * @param {Host} host
 */
export async function prepare(booting, pieces, { base, written }, report, host) {
  // Python is still booting.
  if (!expecting && pieces.some(({ install, code }) => install || needsOf(code).packages)) {
    import('./foresee.js').then(({ foresee }) => foresee(pieces)).catch(() => {});
  }
  const python = await booting;
  const { pyodide, shared } = python;
  await (expecting ??= once(() => expectMissing(pyodide, host)))();
  for (const piece of pieces) {
    // What checks need comes with the code that they check.
    const needs = needsOf([piece.code, ...(piece.checks?.checks ?? []).map(({ code }) => code)].join('\n'));
    if (needs.notebook && piece.python === undefined) {
      const { translate } = await import('./notebook-syntax.js');
      await translate(python, piece);
    }
    if (piece.checks) {
      const { checkerOf } = await import('./check-code.js');
      piece.run = await checkerOf(python, piece.checks, report);
    }
    if (needs.input) {
      const { letAsk } = await import('./input-wait.js');
      await letAsk(pyodide, shared, host.put);
    }
    if (piece.install || piece.files || needs.packages) {
      const { supply } = await import('./requirements.js');
      await supply(pyodide, piece, base, report, host.show);
    }
    for (const [need, name] of mended) if (needs[need]) await importPython(pyodide, name);
  }
  if (written || pieces.some(({ files }) => /\.py\b/.test(files ?? ''))) {
    const { refresh } = await importPython(pyodide, 'local_modules');
    refresh(JSON.stringify(written ?? []));
  }
  if ((await begun.distribution).later) {
    const { wholeFor } = await import('./standard-library.js');
    await wholeFor(pyodide, pieces.flatMap(({ code, checks }) => [code, ...(checks?.checks ?? []).map(({ code }) => code)]));
  }
}

/** @type {(() => Promise<void>) | undefined} there once Python is; a failure doesn't keep the next run from trying */
let expecting;

/**
 * Modules that Python doesn't find while code runs are looked for, once anything may import one.
 * @param {import('./boot-pyodide.js').Pyodide} pyodide
 * @param {Host} host
 */
async function expectMissing(pyodide, { show, progress, mayLoad }) {
  const { REPODATA_PACKAGES_IMPORT_TO_PACKAGE_NAME: known } = pyodide.pyimport('_pyodide._importhook');
  const finder = await importPython(pyodide, 'module_finder');
  finder.expect(known, pyodide.pyimport('pyodide.ffi'), async () => {
    if (!mayLoad()) return false;
    const { connect } = await import('./missing-module.js');
    return connect(pyodide, finder, (phase, detail = '') => { if (mayLoad()) progress(phase, detail); }, show);
  });
}

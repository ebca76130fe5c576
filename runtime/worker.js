/** The page's one Python: takes a block at a time and says how it goes. */

import { boot, readText } from './interpreter.js';
import { OutputStream } from './stream.js';

/**
 * @typedef {import('./interpreter.js').Pyodide} Pyodide
 * @typedef {import('./protocol.js').FromWorker} FromWorker
 * @typedef {import('./protocol.js').ToWorker} ToWorker
 * @typedef {import('./protocol.js').Piece} Piece
 * @typedef {import('./protocol.js').RunRequest} RunRequest
 * @typedef {import('./protocol.js').Stage} Stage
 * @typedef {import('./protocol.js').Outcome} Outcome
 * @typedef {{ run(code: string, session: string, filename: string): Promise<string>, cancel(): void }} Prelude
 * @typedef {{ pyodide: Pyodide, prelude: Prelude, shared: import('./protocol.js').Shared | null }} Python
 */

/** @param {FromWorker} message */
const tell = (message) => self.postMessage(message);

/** The run that output belongs to: the last one begun, also after its end, for what it left running. */
let current = 0;
const output = new OutputStream((written) => { if (!isQuiet) tell({ type: 'output', id: current, written }); });

const asking = () => import('./asking.js');

/** @type {Promise<Python>} */
let python;

/** @type {Set<string>} set-up code that has run, by its session */
const done = new Set();

/** Whether what runs is set-up code, whose output isn't shown. */
let isQuiet = false;

/** @type {(() => void) | undefined} ends the wait for what a run needs */
let giveUp;

/** @param {MessageEvent<ToWorker>} event */
self.onmessage = async ({ data: message }) => {
  if (message.type === 'boot') python = start(message);
  else if (message.type === 'answer') (await asking()).answer(message.key, message.line);
  else if (message.type === 'cancel') {
    const { prelude } = await python;
    if (giveUp) giveUp();
    else prelude.cancel();
  } else {
    current = message.id;
    const outcome = await outcomeOf(message);
    output.flush();
    tell({ type: 'finished', id: message.id, outcome });
  }
};

/**
 * @param {import('./protocol.js').Boot} wishes
 * @returns {Promise<Python>}
 */
async function start({ version, shared }) {
  const [pyodide, source] = await Promise.all([boot(version, (share) => progress(share ? 'arriving' : 'loading', share)), readText('prelude.py')]);
  if (shared) pyodide.setInterruptBuffer(shared.interrupt);
  pyodide.setStdout(output.writer('stdout'));
  pyodide.setStderr(output.writer('stderr'));
  // What it says of packages that the code installs isn't the code's output.
  if (pyodide._api.packageManager) Object.assign(pyodide._api.packageManager, { stdout() {}, stderr() {} });
  // What runs at the time of a fatal error is never settled.
  pyodide._api.on_fatal = (/** @type {unknown} */ error) => {
    output.flush();
    tell({ type: 'finished', id: current, outcome: { state: 'lost', text: reason(error) } });
  };
  // What a callback of JavaScript raises is told, and ends nothing.
  self.onerror = (error) => {
    output.flush();
    tell({ type: 'output', id: current, written: [{ stream: 'stderr', text: `${error}\n` }] });
    return true;
  };
  pyodide.FS.writeFile('pyfence_prelude.py', source);
  /** @type {Prelude} */
  const prelude = pyodide.pyimport('pyfence_prelude');
  return { pyodide, prelude, shared };
}

/** @param {string} value */
function show(value) {
  output.flush();
  if (!isQuiet) tell({ type: 'value', id: current, value: JSON.parse(value) });
}

/** @type {import('./asking.js').Put} */
function put(prompt, key) {
  output.flush();
  tell({ type: 'question', id: current, key, prompt });
}

/**
 * @param {import('./protocol.js').Run} message
 * @returns {Promise<Outcome>}
 */
async function outcomeOf({ id, request }) {
  let booted = false;
  try {
    const { prelude, pyodide } = await python;
    booted = true;
    const fresh = request.setUp.filter((piece) => !done.has(keyOf(request.session, piece)));
    const supplying = supplyAll(await python, [...fresh, request.block], request.base, id);
    const gaveUp = new Promise((resolve) => { giveUp = () => resolve(true); });
    const isGivenUp = await Promise.race([supplying, gaveUp]);
    giveUp = undefined;
    if (isGivenUp) return { state: 'stopped', lost: false };
    progress('running');
    const outcome = await setUp(prelude, request.session, fresh) ?? await run(prelude, request.session, request.block);
    // Without it the error stands alone.
    if (outcome.state === 'error' && outcome.name) await import('./definitions.js').then(({ search }) => search(pyodide, outcome, request), () => {});
    return outcome;
  } catch (error) {
    return { state: 'download', text: reason(error), booted };
  }
}

/**
 * @param {Python} python
 * @param {Piece[]} pieces
 * @param {string} base
 * @param {number} id of the run, which may be stopped meanwhile
 */
async function supplyAll({ pyodide, shared }, pieces, base, id) {
  for (const piece of pieces) {
    const { code, install, files } = piece;
    if (/\b(input|stdin|getpass|breakpoint|pdb)\b/.test(code)) {
      const { letAsk } = await asking();
      await letAsk(pyodide, shared, put);
    }
    if (install || files || /import|class|display/.test(code)) {
      const { supply } = await import('./supply.js');
      await supply(pyodide, piece, base, report, show);
    }
  }

  /** @type {typeof progress} */
  function report(stage, detail) {
    if (id === current) progress(stage, detail);
  }
}

/** @param {string} session @param {Piece} piece of set-up code */
const keyOf = (session, { code }) => JSON.stringify([session, code]);

/**
 * Runs set-up code. What it prints is nobody's output; a failure is told.
 * @param {Prelude} prelude
 * @param {string} session
 * @param {Piece[]} pieces
 * @returns {Promise<Outcome | undefined>} the failure
 */
async function setUp(prelude, session, pieces) {
  for (const piece of pieces) {
    isQuiet = true;
    const outcome = await run(prelude, session, piece);
    output.flush();
    isQuiet = false;
    if (outcome.state !== 'done') return outcome.state === 'error' ? { ...outcome, line: null } : outcome;
    done.add(keyOf(session, piece));
  }
}

/**
 * @param {Prelude} prelude
 * @param {string} session
 * @param {Piece} piece
 * @returns {Promise<Outcome>}
 */
async function run(prelude, session, { code, filename }) {
  try {
    return JSON.parse(await prelude.run(code, session, filename));
  } catch (error) {
    if (/** @type {import('pyodide/ffi').PythonError} */ (error).type === 'CancelledError') return { state: 'stopped', lost: false };
    // The prelude catches whatever the code raises: what comes through is the end of this Python.
    return { state: 'lost', text: reason(error) };
  }
}

/**
 * @param {Stage} stage
 * @param {string} [detail]
 */
const progress = (stage, detail = '') => tell({ type: 'progress', id: current, stage, detail });

/** @param {unknown} error */
const reason = (error) => (error instanceof Error ? error.message : String(error));

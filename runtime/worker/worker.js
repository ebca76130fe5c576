/** The page's one Python: takes a block at a time and says how it goes. */

import { boot, importPython, readPython } from './boot-pyodide.js';
import { interruptBuffer } from './interrupt-buffer.js';
import { isPlain } from './plain-code.js';
import { OutputStream } from './output-batches.js';

/**
 * @typedef {import('./boot-pyodide.js').Pyodide} Pyodide
 * @typedef {import('../run/protocol.js').FromWorker} FromWorker
 * @typedef {import('../run/protocol.js').ToWorker} ToWorker
 * @typedef {import('../run/protocol.js').Piece} Piece
 * @typedef {import('../run/protocol.js').RunRequest} RunRequest
 * @typedef {import('../run/protocol.js').Phase} Phase
 * @typedef {import('../run/protocol.js').Outcome} Outcome
 * @typedef {{ run(code: string, session: string, filename: string): Promise<string>, cancel(): void, sessions: object,
 *   before_each_step(act: () => void): void, outcome_of: Function, bring_failure: () => Promise<void> }} Prelude
 * @typedef {{ pyodide: Pyodide, prelude: Prelude, shared: import('../run/protocol.js').Shared | null }} Python
 */

// What speaks for the runtime is taken before any code runs, which may replace it: code can't speak for the runtime.
const { parse } = JSON;
const { apply } = Reflect;
const readData = /** @type {() => ToWorker} */ (Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'data')?.get);

/** @type {(message: FromWorker) => void} */
let post;

/** The run that output belongs to: the last one begun, also after its end, for what it left running. */
let current = 0;
const output = new OutputStream((written) => { if (!isQuiet) post({ type: 'output', id: current, written }); });

/** @type {Promise<Python>} */
let python;

/**
 * How much of its own stack Python may use: all of it would take more of the browser's than there is, whose end is the
 * end of Python, where this is a RecursionError. Chromium's lasts for 300 to 350 kB where functions call themselves by
 * way of built-in ones (680 levels with lru_cache); where it can't suspend Python, a worker's for 165 to 190 kB. The import
 * of SymPy takes more than 140 kB.
 */
const stackBytes = 'Suspending' in WebAssembly ? 290_000 : 165_000;

/** Whether what runs is set-up code, whose output isn't shown. */
let isQuiet = false;

/** Whether code runs, and packages that it needs come by themselves. */
let mayLoad = false;

/** @type {(() => void) | undefined} ends the wait for what a run needs */
let abort;

self.addEventListener('message', ({ data, ports: [port] }) => {
  post = port.postMessage.bind(port);
  port.onmessage = (event) => receive(apply(readData, event, []));
  if (data.good) import('../snapshot/make.js').then(({ make }) => make(data)).catch(() => null).then((made) => port.postMessage(made));
  else {
    python = start(data);
    python.catch(() => post({ type: 'failed', id: current }));
  }
}, { once: true });

/** @param {ToWorker} message */
async function receive(message) {
  if (message.type === 'answer') (await import('./input-wait.js')).answer(message.key, message.line);
  else if (message.type === 'complete') (await import('./complete.js')).answer(await python, message);
  else if (message.type === 'cancel') {
    const { prelude } = await python;
    (abort ?? prelude.cancel)();
  } else {
    current = message.id;
    const outcome = await outcomeOf(message);
    output.flush();
    post({ type: 'finished', id: message.id, outcome });
  }
}

/**
 * @param {import('../run/protocol.js').Boot} wishes
 * @returns {Promise<Python>}
 */
async function start({ version, shared, digests, pieces, base }) {
  const reading = readPython('prelude');
  const restore = digests ? import('../snapshot/restore.js') : null;
  const restoring = restore?.then((module) => module.restoring(version, pieces, base, `${digests}`)).catch(() => null);
  const finding = restore?.then(({ findKept }) => findKept, () => null);
  const [pyodide, source] = await Promise.all([boot(version, (share) => progress(share ? 'bootProgress' : 'loading', share), restoring, finding), reading]);
  const snapshot = pyodide._api.config._loadSnapshot && await restoring;
  post({ type: 'booted', id: current, restored: snapshot ? await snapshot.settle(pyodide) : '' });
  if (shared) pyodide.setInterruptBuffer(/** @type {any} */ (interruptBuffer(shared.interrupt)));
  pyodide.setStdout(output.writer('stdout'));
  pyodide.setStderr(output.writer('stderr'));
  // What runs at the time of a fatal error is never settled.
  pyodide._api.on_fatal = (/** @type {unknown} */ error) => {
    output.flush();
    post({ type: 'finished', id: current, outcome: { state: 'lost', text: reason(error) } });
  };
  // What a callback of JavaScript raises is told, and ends nothing.
  self.addEventListener('error', (event) => {
    event.preventDefault();
    output.flush();
    post({ type: 'output', id: current, written: [{ stream: 'stderr', text: `${event.message}\n` }] });
  });
  /** @type {Prelude} */
  const prelude = await importPython(pyodide, 'prelude', () => source);
  const { _PyUnstable_ThreadState_SetStackProtection: protect, _PyThreadState_Get: thread, _emscripten_stack_get_base: top } = pyodide._module;
  // Python before 3.14 has a limit of its own.
  if (protect) prelude.before_each_step(() => protect(thread(), top() - stackBytes, stackBytes));
  prelude.bring_failure = async () => { prelude.outcome_of = (await importPython(pyodide, 'failure')).outcome_of; };
  // What other blocks need comes when a short run is over.
  if (!pieces.every(isPlain)) setTimeout(() => import('../ahead/ahead.js').then(({ prepare }) => prepare(pyodide, host)).catch(() => {}), 1_000);
  return { pyodide, prelude, shared };
}

/** @param {string} what as JSON: a value, or that what is there goes */
function show(what) {
  output.flush();
  const told = parse(what);
  if (!isQuiet) post({ ...told, type: told.value ? 'value' : 'clear', id: current });
}

/** @type {import('./input-wait.js').Put} */
function put(prompt, isSecret, key) {
  output.flush();
  post({ type: 'question', id: current, key, prompt, isSecret });
}

/** @type {import('./prepare.js').Host} */
const host = { show, put, progress, mayLoad: () => mayLoad };

/**
 * @param {import('../run/protocol.js').Run} message
 * @returns {Promise<Outcome>}
 */
async function outcomeOf({ id, request }) {
  try {
    const setUp = request.setUp.length > 0 ? await import('./set-up.js') : null;
    const fresh = setUp?.freshOf(request) ?? [];
    const pieces = [...fresh, request.block];
    // Most of what code may need is looked for only in code that isn't plain.
    if (request.written || !pieces.every(isPlain)) {
      const report = (/** @type {Phase} */ phase, /** @type {string | undefined} */ detail) => { if (id === current) progress(phase, detail); };
      const preparing = import('./prepare.js').then(({ prepare }) => prepare(python, pieces, request, report, host));
      const aborted = new Promise((resolve) => { abort = () => resolve(true); });
      const isAborted = await Promise.race([preparing, aborted]).finally(() => { abort = undefined; });
      if (isAborted) return { state: 'stopped', lost: false };
    }
    const { prelude, pyodide } = await python;
    progress('running');
    const outcome = await setUp?.setUp(request.session, fresh, runQuietly) ?? await run(prelude, request.session, request.block);
    // Without it the error stands alone.
    if (outcome.state === 'error') await import('./after-error.js').then(({ explain }) => explain(pyodide, outcome, request)).catch(() => {});
    return outcome;
  } catch (error) {
    return { state: 'unavailable', text: reason(error), booted: await python.then(() => true, () => false) };
  }
}

/**
 * @param {string} session
 * @param {Piece} piece whose output isn't shown
 */
async function runQuietly(session, piece) {
  isQuiet = true;
  const outcome = await run((await python).prelude, session, piece);
  output.flush();
  isQuiet = false;
  return outcome;
}

/**
 * @param {Prelude} prelude
 * @param {string} session
 * @param {Piece} piece
 * @returns {Promise<Outcome>}
 */
async function run(prelude, session, { code, python: translated = code, filename, autoload, run: runPiece = prelude.run }) {
  mayLoad = autoload;
  try {
    return parse(await runPiece(translated, session, filename));
  } catch (error) {
    if (/** @type {import('pyodide/ffi').PythonError} */ (error).type === 'CancelledError') return { state: 'stopped', lost: false };
    // The prelude catches whatever the code raises: what comes through is the end of this Python.
    return { state: 'lost', text: reason(error) };
  } finally {
    mayLoad = false;
  }
}

/**
 * @param {Phase} phase
 * @param {string} [detail]
 */
function progress(phase, detail = '') {
  post({ type: 'progress', id: current, phase, detail });
}

/** @param {unknown} error */
const reason = (error) => (error instanceof Error ? error.message : String(error));

/** The page's client of the worker: one worker a page, a queue of runs, and a listener for each run. */

import { piecesOfPage } from './pieces.js';
import { forgetRuns } from './session-blocks.js';
import { killDelayMs, patientKillDelayMs, sigintDelayMs } from './stop-delays.js';

/**
 * @typedef {import('./protocol.js').FromWorker} FromWorker
 * @typedef {import('./protocol.js').ToWorker} ToWorker
 * @typedef {import('./protocol.js').RunRequest} RunRequest
 * @typedef {import('./protocol.js').Outcome} Outcome
 * @typedef {import('./protocol.js').Phase} Phase
 * @typedef {import('./protocol.js').Stream} Stream
 *
 * @typedef {object} Listener
 * @property {(phase: Phase, detail: string) => void} progress
 * @property {(stream: Stream, text: string) => void} output also after the run, from what it left running
 * @property {(shown: import('./protocol.js').Displayed) => void} value
 * @property {(waits: boolean) => void} clear
 * @property {(question: Question) => void} question
 *
 * @typedef {object} Question
 * @property {string} prompt
 * @property {boolean} isSecret whether the answer isn't to be seen
 * @property {number} key tells it from other questions
 * @property {import('./protocol.js').Shared | null} shared where Python waits for the answer, if it does
 * @property {(line: string | null) => void} answer for Python that is suspended; null where there is no line
 *
 * @typedef {{ id: number, request: RunRequest, version: string | null, listener: Listener,
 *   signal: AbortSignal, finish: (outcome: Outcome) => void, hasBegun: boolean }} Job `hasBegun`: its code runs, or ran
 */

/** The signal's number, as Pyodide's interrupt buffer takes it: https://pyodide.org/en/stable/usage/keyboard-interrupts.html */
const SIGINT = 2;

/** From the end of a run to the making of a snapshot, if no other begins: by then the reader has what he waited for. */
const keepDelayMs = 4_000;

/** Where localStorage has the digests of snapshots: where no worker reaches, so that no code in a block does. */
export const digestsKey = 'pyfence-snapshots';

class Python {
  /** @type {Worker | null} */
  #worker = null;
  /** @type {MessagePort | undefined} to the worker's runtime: what code in a block posts by itself comes to nobody */
  #port;
  /** @type {import('./protocol.js').Shared | null} reaches Python while it is busy; only isolated pages can have it */
  #shared = null;
  /** Whether code has run, whose variables the end of the worker would lose. */
  #used = false;
  /** The snapshot that it came from, empty where it booted; null until it is there. @type {string | null} */
  #restored = null;
  /** @type {RunRequest[]} what came to its end since the last time that something was kept */
  #ran = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #keeping;
  /** @type {string | null} */
  #version = null;
  /** @type {Job[]} the first one is running */
  #queue = [];
  /** @type {Job | null} the last one begun, also after its end */
  #latest = null;
  #ids = 0;

  /**
   * @param {RunRequest} request
   * @param {string | null} version of Pyodide, null for the manifest's
   * @param {AbortSignal} signal stops the run
   * @param {Listener} listener
   * @returns {Promise<Outcome>}
   */
  async run(request, version, signal, listener) {
    if (signal.aborted) return { state: 'stopped', lost: false };
    const { promise, resolve: finish } = /** @type {PromiseWithResolvers<Outcome>} */ (Promise.withResolvers());
    const job = { id: ++this.#ids, request, version, listener, signal, finish, hasBegun: false };
    signal.addEventListener('abort', () => this.#stop(job), { once: true });
    this.#queue.push(job);
    if (this.#queue[1]) listener.progress('queued', '');
    else this.#begin();
    return promise;
  }

  /**
   * Boots Python before anybody runs something.
   * @param {string | null} version of Pyodide, null for the manifest's
   * @param {RunRequest} request what is likely to run first
   */
  begin(version, request) {
    if (!this.#worker) this.#boot(version, request);
  }

  /** Ends a Python that nobody uses. */
  giveUp() {
    if (!this.#used && !this.#queue[0]) this.#discard();
  }

  /** To Python where it is and runs nothing. */
  get idlePort() {
    return this.#worker && !this.#queue[0] ? this.#port : null;
  }

  /**
   * Asks the run to end, interrupts it, and at last ends the worker: each step if those before were not enough.
   * @param {Job} job
   */
  #stop(job) {
    if (job !== this.#queue[0]) {
      this.#queue = this.#queue.filter((other) => other !== job);
      job.finish({ state: 'stopped', lost: false });
      return;
    }
    this.#post({ type: 'cancel' });
    const unless = (/** @type {() => void} */ act) => () => { if (job === this.#queue[0]) act(); };
    const kill = unless(() => {
      const lost = this.#used;
      this.#discard();
      // A reader who ran code will run more: the next Python boots meanwhile.
      if (lost) this.#boot(job.version, job.request);
      this.#finish({ state: 'stopped', lost });
    });
    setTimeout(unless(() => this.#shared?.interrupt.fill(SIGINT)), sigintDelayMs);
    setTimeout(() => {
      // Pyodide clears the signal that it takes.
      if (this.#used && !job.hasBegun || this.#shared?.interrupt[0] === 0) setTimeout(kill, patientKillDelayMs);
      else kill();
    }, killDelayMs);
  }

  #begin() {
    const [job] = this.#queue;
    if (!job) return;
    if (this.#version !== job.version) {
      if (!this.#used) this.#discard();
      else return this.#finish({ state: 'unavailable', text: `Pyodide ${this.#version ?? ''} runs here: no other can beside it.`, booted: true });
    }
    this.#latest = job;
    this.#shared?.interrupt.fill(0);
    if (this.#restored === null) job.listener.progress('loading', '');
    try {
      if (!this.#worker) this.#boot(job.version, job.request);
    } catch (error) {
      this.#finish({ state: 'unavailable', text: `${error}` });
      return;
    }
    this.#post({ type: 'run', id: job.id, request: job.request });
  }

  /** @param {string | null} version @param {RunRequest} request */
  #boot(version, request) {
    this.#worker = new Worker(new URL('../worker/worker.js', import.meta.url), { type: 'module', name: 'pyfence' });
    this.#worker.onerror = (event) => {
      event.preventDefault();
      const text = event.message || 'worker.js could not be loaded';
      this.#end(this.#used ? { state: 'lost', text } : { state: 'unavailable', text });
    };
    this.#version = version;
    this.#shared = crossOriginIsolated ? share() : null;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => this.#receive(data);
    this.#port = port1;
    const digests = inStorage(() => localStorage[digestsKey]);
    this.#worker.postMessage({ version, shared: this.#shared, digests, pieces: piecesOfPage(), base: request.base }, [port2]);
  }

  /** @param {ToWorker} message */
  #post(message) {
    this.#port?.postMessage(message);
  }

  /** @param {FromWorker} message */
  #receive(message) {
    if (message.type === 'booted') this.#restored = message.restored;
    // What nobody waits for may fail: a run tries anew.
    if (message.type === 'failed') this.giveUp();
    if (message.id !== this.#latest?.id) return;
    const { listener } = this.#latest;
    if (message.type === 'output') for (const { stream, text } of message.written) listener.output(stream, text);
    else if (message.type === 'value') listener.value(message);
    else if (message.type === 'clear') listener.clear(message.waits);
    else if (message.type === 'question') listener.question({
      ...message, shared: this.#shared, answer: (line) => this.#post({ type: 'answer', key: message.key, line }),
    });
    else if (message.type === 'progress') {
      this.#latest.hasBegun ||= message.phase === 'running';
      this.#used ||= this.#latest.hasBegun;
      listener.progress(message.phase, message.detail);
    } else if (message.type === 'finished') this.#end(message.outcome);
  }

  /** @param {Outcome} outcome */
  #end(outcome) {
    const [job] = this.#queue;
    const lost = outcome.state === 'lost';
    if (job && /done|error/.test(outcome.state)) {
      this.#ran.push(job.request);
      // The next page of the site may expect a run (`pyfence.js`).
      inStorage(() => sessionStorage['pyfence-ran'] = Date.now());
    }
    clearTimeout(this.#keeping);
    this.#keeping = setTimeout(() => {
      // The end of what runs comes here again.
      if (this.#ran[0] && !this.#queue[0]) import('./next-visit.js').then(({ getReady }) => getReady(this.#version, this.#ran.splice(0), this.#restored ?? '')).catch(() => {});
    }, keepDelayMs);
    if (lost || (outcome.state === 'unavailable' && !outcome.booted)) this.#discard();
    this.#finish(job?.signal.aborted ? { state: 'stopped', lost } : outcome);
  }

  /** @param {Outcome} outcome of the first in the queue */
  #finish(outcome) {
    this.#queue.shift()?.finish(outcome);
    this.#begin();
  }

  #discard() {
    if (!this.#worker) return;
    // Messages that are still under way are of a Python that is gone.
    this.#port?.close();
    this.#worker.onerror = null;
    this.#worker.terminate();
    this.#worker = null;
    this.#restored = null;
    this.#used = false;
    this.#latest = null;
    forgetRuns();
  }
}

/**
 * A frame without the page's origin has no storage, and says so by an error.
 * @template T
 * @param {() => T} use
 */
function inStorage(use) {
  try {
    return use();
  } catch {
    return null;
  }
}

/** @returns {import('./protocol.js').Shared} */
function share() {
  return {
    interrupt: new Int32Array(new SharedArrayBuffer(4)),
    answered: new Int32Array(new SharedArrayBuffer(8)),
    answer: new Uint8Array(new SharedArrayBuffer(1 << 20)),
  };
}

export const python = new Python();

/** The page's side of Python: one worker, a queue of runs, and who wants to hear of each. */

/**
 * @typedef {import('./protocol.js').FromWorker} FromWorker
 * @typedef {import('./protocol.js').ToWorker} ToWorker
 * @typedef {import('./protocol.js').RunRequest} RunRequest
 * @typedef {import('./protocol.js').Outcome} Outcome
 * @typedef {import('./protocol.js').Stage} Stage
 * @typedef {import('./protocol.js').Stream} Stream
 *
 * @typedef {object} Listener
 * @property {(stage: Stage, detail: string) => void} progress
 * @property {(stream: Stream, text: string) => void} output also after the run, from what it left running
 * @property {(value: import('./protocol.js').Value) => void} value
 * @property {(question: Question) => void} question
 *
 * @typedef {object} Question
 * @property {string} prompt
 * @property {number} key tells it from other questions
 * @property {import('./protocol.js').Shared | null} shared where Python waits for the answer, if it does
 * @property {(line: string | null) => void} answer for Python that is suspended; null where there is no line
 *
 * @typedef {{ id: number, request: RunRequest, version: string | null, listener: Listener,
 *   finish: (outcome: Outcome) => void, stopped: boolean }} Job
 */

/** Milliseconds for a stopped run to end by itself before its worker is ended. */
const grace = 350;

/** Milliseconds for it to hear of that, where it doesn't compute. */
const hearing = 80;

/** What an interrupt buffer holds to raise KeyboardInterrupt. */
const SIGINT = 2;

class Python {
  /** @type {Worker | null} */
  #worker = null;
  /** @type {import('./protocol.js').Shared | null} reaches Python while it is busy; only isolated pages can have it */
  #shared = null;
  /** Whether a session holds something that the end of the worker would lose. */
  #used = false;
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
    const job = { id: ++this.#ids, request, version, listener, finish, stopped: false };
    signal.addEventListener('abort', () => this.#stop(job), { once: true });
    this.#queue.push(job);
    if (this.#queue.length > 1) listener.progress('queued', '');
    else this.#begin();
    return promise;
  }

  /** @param {Job} job */
  #stop(job) {
    if (job !== this.#queue[0]) {
      this.#queue = this.#queue.filter((other) => other !== job);
      job.finish({ state: 'stopped', lost: false });
      return;
    }
    job.stopped = true;
    this.#tell({ type: 'cancel', id: job.id });
    const unless = (/** @type {() => void} */ act) => () => { if (job === this.#queue[0]) act(); };
    // Python that awaits has heard it by then.
    setTimeout(unless(() => this.#shared?.interrupt.fill(SIGINT)), hearing);
    setTimeout(unless(() => {
      const lost = this.#used;
      this.#discard();
      // Who ran Python will run it again.
      if (lost) this.#boot(job.version);
      this.#finish({ state: 'stopped', lost });
    }), grace);
  }

  #begin() {
    const [job] = this.#queue;
    if (!job) return;
    if (this.#worker && this.#version !== job.version) {
      this.#finish({ state: 'download', text: `Pyodide ${this.#version ?? ''} runs on this page: no other can beside it.`, booted: true });
      return;
    }
    this.#latest = job;
    this.#shared?.interrupt.fill(0);
    job.listener.progress('loading', '');
    try {
      if (!this.#worker) this.#boot(job.version);
    } catch (error) {
      this.#finish({ state: 'download', text: `${error}` });
      return;
    }
    this.#tell({ type: 'run', id: job.id, request: job.request });
  }

  /** @param {string | null} version */
  #boot(version) {
    this.#worker = new Worker(new URL('worker.js', import.meta.url), { type: 'module', name: 'pyfence' });
    this.#worker.onmessage = ({ data }) => this.#hear(data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      const text = event.message || 'worker.js could not be loaded';
      this.#end(this.#used ? { state: 'lost', text } : { state: 'download', text });
    };
    this.#version = version;
    this.#shared = crossOriginIsolated ? share() : null;
    this.#tell({ type: 'boot', version, shared: this.#shared });
  }

  /** @param {ToWorker} message */
  #tell(message) {
    this.#worker?.postMessage(message);
  }

  /** @param {FromWorker} message */
  #hear(message) {
    if (message.id !== this.#latest?.id) return;
    const { listener } = this.#latest;
    if (message.type === 'output') for (const { stream, text } of message.written) listener.output(stream, text);
    else if (message.type === 'value') listener.value(message.value);
    else if (message.type === 'question') listener.question({
      prompt: message.prompt, key: message.key, shared: this.#shared, answer: (line) => this.#tell({ type: 'answer', key: message.key, line }),
    });
    else if (message.type === 'progress') {
      this.#used ||= message.stage === 'running';
      listener.progress(message.stage, message.detail);
    } else this.#end(message.outcome);
  }

  /** @param {Outcome} outcome */
  #end(outcome) {
    const isStopped = this.#queue[0]?.stopped;
    const lost = outcome.state === 'lost';
    if (lost || (outcome.state === 'download' && !outcome.booted)) this.#discard();
    this.#finish(isStopped ? { state: 'stopped', lost } : outcome);
  }

  /** @param {Outcome} outcome of the first in the queue */
  #finish(outcome) {
    this.#queue.shift()?.finish(outcome);
    this.#begin();
  }

  #discard() {
    if (!this.#worker) return;
    // What it still has to say, also of its own end, is about no Python that anybody knows.
    this.#worker.onmessage = this.#worker.onerror = null;
    this.#worker.terminate();
    this.#worker = null;
    this.#used = false;
    this.#latest = null;
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

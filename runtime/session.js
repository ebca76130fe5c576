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
 * @property {(stream: Stream, text: string) => void} output
 * @property {(outcome: Outcome) => void} finish
 *
 * @typedef {{ id: number, request: RunRequest, version: string | null, listener: Listener }} Job
 */

class Python {
  /** @type {Worker | null} */
  #worker = null;
  /** @type {string | null} */
  #version = null;
  /** @type {Job[]} the first one is running */
  #queue = [];
  /** @type {Job | null} the last one begun, also after its end: what it left running may still print */
  #latest = null;
  #ids = 0;

  /**
   * @param {RunRequest} request
   * @param {string | null} version of Pyodide, null for the manifest's
   * @param {Listener} listener
   * @returns {number} the run's id
   */
  run(request, version, listener) {
    const id = ++this.#ids;
    this.#queue.push({ id, request, version, listener });
    if (this.#queue.length > 1) listener.progress('queued', '');
    else this.#begin();
    return id;
  }

  /** @param {number} id */
  stop(id) {
    if (this.#queue[0]?.id === id) {
      this.#discard();
      this.#finish({ state: 'stopped', lost: true });
      return;
    }
    const waiting = this.#queue.findIndex((job) => job.id === id);
    if (waiting < 0) return;
    const [{ listener }] = this.#queue.splice(waiting, 1);
    listener.finish({ state: 'stopped', lost: false });
  }

  #begin() {
    const [job] = this.#queue;
    if (!job) return;
    if (this.#worker && this.#version !== job.version) {
      const [running, asked] = [this.#version, job.version].map((version) => version ?? 'of the default version');
      this.#finish({ state: 'error', type: '', text: `This page already runs Pyodide ${running}: ${asked} can't run beside it.` });
      return;
    }
    this.#latest = job;
    job.listener.progress('loading', '');
    if (!this.#worker) this.#boot(job.version);
    this.#tell({ type: 'run', id: job.id, request: job.request });
  }

  /** @param {string | null} version */
  #boot(version) {
    const worker = new Worker(new URL('worker.js', import.meta.url), { type: 'module', name: 'pyfence' });
    worker.onmessage = ({ data }) => this.#hear(data);
    worker.onerror = (event) => {
      event.preventDefault();
      this.#discard();
      this.#finish({ state: 'download', text: event.message || 'The worker could not be loaded.', booted: false });
    };
    this.#worker = worker;
    this.#version = version;
    this.#tell({ type: 'boot', version });
  }

  /** @param {ToWorker} message */
  #tell(message) {
    this.#worker?.postMessage(message);
  }

  /** @param {FromWorker} message */
  #hear(message) {
    if (message.id !== this.#latest?.id) return;
    const { listener } = this.#latest;
    if (message.type === 'output') listener.output(message.stream, message.text);
    else if (message.type === 'progress') listener.progress(message.stage, message.detail);
    else {
      const { outcome } = message;
      if (outcome.state === 'lost' || (outcome.state === 'download' && !outcome.booted)) this.#discard();
      this.#finish(outcome);
    }
  }

  /** @param {Outcome} outcome of the run that is first in the queue */
  #finish(outcome) {
    this.#queue.shift()?.listener.finish(outcome);
    this.#begin();
  }

  #discard() {
    this.#worker?.terminate();
    this.#worker = null;
    this.#latest = null;
  }
}

export const python = new Python();

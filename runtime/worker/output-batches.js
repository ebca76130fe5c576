/** Sends Python's output to the page: the first writes at once, and in batches while it pours. */

/**
 * @typedef {import('../run/protocol.js').Stream} Stream
 * @typedef {import('../run/protocol.js').Written} Written
 */

/** Between two batches: output that is drawn 25 times a second looks continuous, and each message costs the page a task. */
const batchIntervalMs = 40;

/** Writes in that time that go at once: a prompt or a few lines needn't wait for a batch. */
const burst = 20;

export class OutputStream {
  /** @type {Written[]} */
  #waiting = [];
  #since = 0;
  #left = burst;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #send;

  /** @param {(written: Written[]) => void} send */
  constructor(send) {
    this.#send = send;
  }

  /**
   * A writer for one of Python's streams; bytes that are no UTF-8 show as U+FFFD.
   * @param {Stream} stream
   */
  writer(stream) {
    const decoder = new TextDecoder();
    return {
      /** @param {Uint8Array} bytes */
      write: (bytes) => {
        this.#add(stream, decoder.decode(bytes, { stream: true }));
        return bytes.length;
      },
    };
  }

  /**
   * @param {Stream} stream
   * @param {string} text
   */
  #add(stream, text) {
    if (text === '') return;
    const last = this.#waiting.at(-1);
    if (last?.stream === stream) last.text += text;
    else this.#waiting.push({ stream, text });
    // Python that computes lets no timer fire, so the clock is read here; the timer is for Python that awaits.
    const now = performance.now();
    if (now - this.#since > batchIntervalMs) [this.#since, this.#left] = [now, burst];
    if (this.#left > 0) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), batchIntervalMs);
  }

  flush() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#left -= 1;
    if (this.#waiting.length > 0) this.#send(this.#waiting.splice(0));
  }
}

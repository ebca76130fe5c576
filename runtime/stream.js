/** Carries Python's output to the page: at once, but in batches while it pours. */

/**
 * @typedef {import('./protocol.js').Stream} Stream
 * @typedef {import('./protocol.js').Written} Written
 */

/** Milliseconds between two batches, and how many messages may go at once in that time. */
const pause = 40;
const burst = 20;

export class OutputStream {
  /** @type {Written[]} */
  #waiting = [];
  #since = 0;
  #left = burst;
  #timer = 0;
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
    if (now - this.#since > pause) [this.#since, this.#left] = [now, burst];
    if (this.#left > 0) this.flush();
    else this.#timer ||= setTimeout(() => this.flush(), pause);
  }

  flush() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#left -= 1;
    if (this.#waiting.length > 0) this.#send(this.#waiting.splice(0));
  }
}

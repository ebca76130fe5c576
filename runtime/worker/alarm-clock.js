/** A clock that Python itself looks at while it computes: no message and no timer reaches a worker that is busy. */

import { interruptBuffer } from './interrupt-buffer.js';

/**
 * Gives Python the clock. It asks its interrupt buffer every 50 turns of a loop or calls whether there is a signal: this
 * one tells the time by what it answers, and hands on what the page asks for where the two share memory.
 * @param {import('./boot-pyodide.js').Pyodide} pyodide
 * @param {Int32Array | undefined} interrupt what the page shares, to stop a run
 * @param {number} signal that is sent
 * @returns {(seconds?: number) => void} sets the alarm; without a number there is none
 */
export function alarmClock(pyodide, interrupt, signal) {
  const page = interruptBuffer(interrupt ?? new Int32Array(1));
  let due = Infinity;
  pyodide.setInterruptBuffer(/** @type {any} */ ({
    get 0() {
      if (performance.now() < due) return page[0];
      due = Infinity;
      return signal;
    },
    set 0(_) {},
  }));
  return (seconds = Infinity) => { due = performance.now() + seconds * 1_000; };
}

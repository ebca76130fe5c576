// Signals on their way from the page to Python.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alarmClock } from '../../runtime/worker/alarm-clock.js';
import { interruptBuffer } from '../../runtime/worker/interrupt-buffer.js';

/** The buffer of a Python with an alarm that isn't due. @param {Int32Array} signals */
function withAlarm(signals) {
  /** @type {any} */
  let buffer;
  alarmClock(/** @type {any} */ ({ setInterruptBuffer: (/** @type {any} */ given) => { buffer = given; } }), signals, 26)(60);
  return buffer;
}

for (const [name, bufferOf] of /** @type {const} */ ([['', interruptBuffer], [', with an alarm', withAlarm]])) {
  test(`A signal is taken once, and none is lost between Python's reading and clearing${name}`, () => {
    const signals = new Int32Array(new SharedArrayBuffer(4));
    const buffer = bufferOf(signals);
    signals[0] = 2;
    assert.equal(buffer[0], 2);
    assert.equal(signals[0], 0, 'the page sees that it is taken');
    buffer[0] = 0;
    assert.equal(buffer[0], 0);
    signals[0] = 2;
    buffer[0] = 0;
    assert.equal(buffer[0], 2);
  });
}

/**
 * What Python looks into for signals that the page sends. It reads them and then writes 0: what the page wrote in between
 * would be lost, with three of a hundred signals (Python/emscripten_signal.c of CPython). Here reading takes.
 * @param {Int32Array} signals what the page writes to
 */
export const interruptBuffer = (signals) => ({
  get 0() { return Atomics.exchange(signals, 0, 0); },
  set 0(_) {},
});

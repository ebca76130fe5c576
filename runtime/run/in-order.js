/** Running several blocks one after the other: those above one and itself, or what an error calls for. */

import { button } from '../loader/dom.js';
import { inOrderStrings } from './in-order-strings.js';
import { announceDelayMs } from './run.js';
import { blocksAbove } from './session-blocks.js';
import { runStrings } from './strings.js';

/** @typedef {import('../pyfence.js').PyodideBlock} PyodideBlock */

/**
 * Runs blocks one after the other; those behind one that doesn't come through are stopped.
 * @param {PyodideBlock[]} blocks
 */
export function runInOrder(blocks) {
  let before = Promise.resolve(true);
  for (const block of blocks) before = block.run(before).then(() => block.state === 'done');
}

/**
 * Whether it comes to this run, after those that it waits for.
 * @param {import('../pyfence.js').BlockContext} context
 * @param {AbortSignal} signal
 * @param {Promise<boolean>} before
 */
export async function isTurn({ show }, signal, before) {
  show('loading', runStrings.queued, announceDelayMs);
  const isFree = await Promise.race([before, new Promise((stop) => { signal.addEventListener('abort', () => stop(false), { once: true }); })]);
  if (!isFree) show('idle', runStrings.stopped);
  return isFree;
}

/**
 * A button for the earlier blocks of the session, where there are any.
 * @param {import('../pyfence.js').BlockContext} context
 */
export function offerAbove({ block, bar }) {
  bar.offer('.pyfence-above', () => button('above', inOrderStrings.above, () => runInOrder([...blocksAbove(block), block])));
}

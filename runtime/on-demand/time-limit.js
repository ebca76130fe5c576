/**
 * The option timelimit: stops a run that takes longer. Loading, and waiting for the reader's answer, isn't running. An
 * exercise that is checked has its code and each check timed in Python: see ../exercise/exercise.js.
 */

import { exerciseOptionsOf } from '../exercise/options.js';
import { help } from '../run/help.js';
import { optionStrings } from './strings.js';

const tickMs = 200;

/** @param {import('../pyfence.js').BlockContext} context */
export function limitTime({ block, region }) {
  const seconds = Number(exerciseOptionsOf(block).timelimit);
  if (!(seconds > 0)) return;
  let ranMs = 0;
  let tickedAt = 0;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let clock;
  const isUnderWay = () => /loading|running/.test(block.state);
  const isOver = () => ranMs > 1000 * seconds;
  const tick = () => {
    const now = performance.now();
    if (block.state === 'running' && !region.querySelector('form')) ranMs += now - tickedAt;
    tickedAt = now;
    if (isOver()) block.stop();
    if (isOver() || !isUnderWay()) clearInterval(clock);
  };
  const begin = () => {
    ranMs = 0;
    tickedAt = performance.now();
    clearInterval(clock);
    if (/** @type {import('../exercise/exercise.js').Exercise} */ (block).checks) return;
    clock = setInterval(tick, tickMs);
  };
  block.addEventListener('pyodide-run', begin);
  block.addEventListener('pyodide-done', () => {
    clearInterval(clock);
    if (isOver()) region.append(help(optionStrings.overTime.replace('{seconds}', `${seconds}`), ''));
  });
  // The reader was quicker than this file.
  if (isUnderWay()) begin();
}

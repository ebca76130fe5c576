/** Has code of an exercise checked, in the place of a run. */

import { alarmClock } from './alarm-clock.js';
import { importPython } from './boot-pyodide.js';

/**
 * What runs a piece with checks.
 * @param {import('./worker.js').Python} python
 * @param {import('../run/protocol.js').Wishes} wishes
 * @param {(phase: import('../run/protocol.js').Phase, detail: string) => void} report
 * @returns {Promise<import('./worker.js').Prelude['run']>}
 */
export async function checkerOf({ pyodide, prelude, shared }, wishes, report) {
  const names = ['checks', 'constructs', 'session_copy', 'time_limits'];
  const [checks, constructs, session_copy, time_limits] = await Promise.all(names.map((name) => importPython(pyodide, name)));
  time_limits.alarm ??= alarmClock(pyodide, shared?.interrupt, time_limits.SIGNAL);
  Object.assign(checks, { constructs, session_copy, time_limits });
  // The page measures time, too: it hears of each check that begins.
  const begin = (/** @type {number} */ number) => report('running', `${number}`);
  return (code, session, filename) => checks.check(prelude, JSON.stringify(wishes), code, session, filename, begin);
}

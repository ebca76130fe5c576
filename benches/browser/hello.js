// The first sign of life: `print("hello")`.
import { allVisits, measureInTurn, ratioTable } from './click-to-output.js';
import { median, seconds } from './statistics.js';
import { pyfence, stockInPage, stockInWorker } from './subjects.js';

export const title = 'Click to `hello`';

const program = { code: 'print("hello")' };

/** Pages of ours and of stock Pyodide, which run the same. @param {import('./subjects.js').Program} program */
export const pair = (program) => ({
  pyfence: pyfence('/', program),
  'stock, in a worker': stockInWorker('/worker/', program),
});

/** @param {import('../../tests/browser/support/world.js').World} world @param {number} rounds */
export async function measure(world, rounds) {
  const candidates = { ...pair(program), 'stock, in the page': stockInPage('/page/', program) };
  const { times, longestTaskMs } = await measureInTurn(world, { rounds, candidates, visits: allVisits, sign: 'text=hello' });
  const again = times.pyfence['the same run again'];
  for (const each of Object.values(times)) delete each['the same run again'];
  return `${ratioTable(times, { 'first visit': 0.95, 'second visit': 0.2, reload: 0.2, 'next page': 0.15, 'next page, read for a second': 0.15 })}

The same run again: ${seconds(median(again))} (bar: 33 ms, two frames). Longest task of the page from click to output:
${longestTaskMs === 0 ? 'under 50 ms' : seconds(longestTaskMs)} (bar: 50 ms).`;
}

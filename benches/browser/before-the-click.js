// What a page of blocks costs before anybody clicks, beside a page that boots stock Pyodide when it loads.
import { pages } from '../../tests/browser/support/site.js';
import { median, table } from './statistics.js';
import { manyBlocks, stockAtOnce } from './subjects.js';
import { asReader, blocking, opens } from './visits.js';

export const title = 'Before the click';

const counts = [10, 50, 200];

/** What shows that a page is as it will be before a click. @type {Record<string, (count: number) => string>} */
const signs = {
  pyfence: (count) => `pyodide-block:nth-of-type(${count}) button`,
  'stock, in the page': () => '#output:not(:empty)',
};

/** @param {import('../../tests/browser/support/world.js').World} world @param {number} rounds */
export async function measure(world, rounds) {
  const subjects = counts.flatMap((count) => [
    { name: 'pyfence', count, path: `/pyfence-${count}/`, files: manyBlocks(`/pyfence-${count}/`, count) },
    { name: 'stock, in the page', count, path: `/stock-${count}/`, files: stockAtOnce(`/stock-${count}/`, count) },
  ]);
  world.put(pages(Object.assign({}, ...subjects.map(({ files }) => files))));
  const measured = subjects.map((subject) => ({ ...subject, requests: 0, bytes: 0, ...timings() }));
  for (let round = 0; round < rounds; round++) {
    for (const subject of measured) {
      const asked = world.requests.length;
      const { blockingMs, longestMs } = await asReader({ port: world.port, spki: world.spki }, async (reader) => {
        const page = await opens(reader, subject.path);
        await page.locator(signs[subject.name](subject.count)).last().waitFor();
        await page.waitForLoadState('networkidle');
        return blocking(page);
      });
      const requests = world.requests.slice(asked).filter(({ path }) => path !== '/favicon.ico');
      Object.assign(subject, { requests: requests.length, bytes: requests.reduce((sum, { bytes }) => sum + bytes, 0) });
      subject.blockingMs.push(blockingMs);
      subject.longestMs.push(longestMs);
      process.stderr.write(`round ${round + 1} of ${rounds}, ${subject.name}, ${subject.count} blocks: blocks for ${Math.round(blockingMs)} ms\n`);
    }
  }
  return table(['blocks', '', 'requests', 'bytes', 'blocking', 'longest task'], measured.map(({ name, count, requests, bytes, blockingMs, longestMs }) => [
    `${count}`, name, `${requests}`, sized(bytes), `${Math.round(median(blockingMs))} ms (${range(blockingMs)})`, `${Math.round(median(longestMs))} ms`,
  ]));
}

/** @returns {{ blockingMs: number[], longestMs: number[] }} one value a round */
const timings = () => ({ blockingMs: [], longestMs: [] });

/** @param {number} bytes */
const sized = (bytes) => (bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(2)} MB`);

/** @param {number[]} values */
const range = (values) => `${Math.round(Math.min(...values))} to ${Math.round(Math.max(...values))}`;

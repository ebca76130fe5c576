// From the click on Run to the output, visit by visit, for several subjects in turn.
import { pages } from '../../tests/browser/support/site.js';
import { describedRatio, median, seconds, table } from './statistics.js';
import { asReader, clickToOutput, opens, reads } from './visits.js';

/**
 * @typedef {import('./visits.js').Subject} Subject
 * @typedef {import('../../tests/browser/support/world.js').World} World
 * @typedef {{ subject: Subject, files: Record<string, string> }} Candidate
 * @typedef {{ [visit: string]: number[] }} Times by visit, one for each round
 */

/** The visits that can be measured, in the order in which a reader makes them. */
export const allVisits = /** @type {const} */ (['first visit', 'the same run again', 'second visit', 'reload', 'next page', 'next page, read for a second']);

/**
 * @param {World} world
 * @param {object} options
 * @param {number} options.rounds
 * @param {Record<string, Candidate>} options.candidates the first is ours
 * @param {readonly string[]} options.visits
 * @param {string} options.sign of the output
 * @param {number} [options.port] of what stands between the reader and the world
 * @param {(path: string) => Promise<import('../../tests/browser/support/answer.js').Answer | undefined>} [options.others] answers that
 *   are in no candidate's files
 */
export async function measureInTurn(world, { rounds, candidates, visits, sign, port = world.port, others = async () => undefined }) {
  const files = Object.assign({}, ...Object.values(candidates).map(({ files }) => files));
  const site = pages(files, { snapshots: true });
  world.put({ ...site, answer: async (path) => await others(path) ?? site.answer(path) });
  const names = Object.keys(candidates);
  /** @type {Record<string, Times>} */
  const times = Object.fromEntries(names.map((name) => [name, {}]));
  let longestTaskMs = 0;
  // The server compresses what nobody has asked for yet: no visit that is measured waits for that.
  for (const { subject } of Object.values(candidates)) await visitAll({ port: world.port, spki: world.spki }, subject, visits.slice(0, 1), sign);
  for (let round = 0; round < rounds; round++) {
    // Whoever comes first finds another machine than whoever comes last.
    for (const name of rotated(names, round)) {
      const measured = await visitAll({ port, spki: world.spki }, candidates[name].subject, visits, sign);
      for (const [visit, { ms }] of Object.entries(measured)) (times[name][visit] ??= []).push(ms);
      if (name === names[0]) longestTaskMs = Math.max(longestTaskMs, ...Object.values(measured).map((each) => each.longestTaskMs));
      const told = Object.entries(measured).map(([visit, { ms }]) => `${visit} ${seconds(ms)}`);
      process.stderr.write(`round ${round + 1} of ${rounds}, ${name}: ${told.join(', ')}\n`);
    }
  }
  return { times, longestTaskMs };
}

/** @param {string[]} names @param {number} by */
const rotated = (names, by) => names.map((_, place) => names[(place + by) % names.length]);

/**
 * @param {{ port: number, spki: string }} network
 * @param {Subject} subject
 * @param {readonly string[]} visits
 * @param {string} sign
 */
function visitAll(network, subject, visits, sign) {
  return asReader(network, async (reader) => {
    /** @type {Record<string, { ms: number, longestTaskMs: number }>} */
    const measured = {};
    /** @param {string} visit @param {import('playwright-core').Page} page */
    const measure = async (visit, page) => { measured[visit] = await clickToOutput(page, subject, sign); };

    let page = await opens(reader, subject.path);
    await measure('first visit', page);
    if (visits.includes('the same run again')) await measure('the same run again', page);
    if (visits.length === 1) return measured;
    await reads(page, subject);
    await page.close();

    page = await opens(reader, subject.path);
    await measure('second visit', page);
    if (visits.includes('reload')) {
      await page.reload();
      await measure('reload', page);
    }
    if (visits.includes('next page')) {
      // Some time to read what came, but within the 20 seconds.
      await page.waitForTimeout(2_000);
      await page.goto(`https://site.test${subject.path}?next`);
      await measure('next page', page);
    }
    if (visits.includes('next page, read for a second')) {
      await page.waitForTimeout(2_000);
      await page.goto(`https://site.test${subject.path}?after`);
      await page.waitForTimeout(1_000);
      await measure('next page, read for a second', page);
    }
    return measured;
  });
}

/**
 * @param {Record<string, Times>} times the first name is ours, the others are baselines
 * @param {Record<string, number | undefined>} bars the ratio to reach, by visit
 */
export function ratioTable(times, bars) {
  const [ours, ...baselines] = Object.keys(times);
  const rows = Object.keys(times[ours]).filter((visit) => baselines.some((name) => times[name][visit])).map((visit) => [
    visit,
    seconds(median(times[ours][visit])),
    ...baselines.flatMap((name) => [seconds(median(times[name][visit])), describedRatio(times[ours][visit], times[name][visit])]),
    `${bars[visit] ?? ''}`,
  ]);
  return table(['', ours, ...baselines.flatMap((name) => [name, 'ratio']), 'bar'], rows);
}

/** Sees the wheels of packages come: which, and how much of each. */

import { fetchHeard } from './fetching.js';

/** Milliseconds between two reports. */
const pause = 1_000;

/** So many wheels are named at a time. */
const room = 3;

/** @typedef {{ name: string, done: number, total: number }} Wheel */

/** @type {Set<Wheel>} */
const underWay = new Set();

/** @type {ReturnType<typeof setInterval> | undefined} */
let reporting;

/** @type {Map<string, Promise<Response>>} what comes, or doesn't, for an installation that isn't done: it may ask again */
const kept = new Map();

/** The installation is done. */
export const forget = () => kept.clear();

/**
 * What `fetch` does, for a wheel.
 * @param {typeof self.fetch} fetchOther
 * @param {string} address
 * @param {Parameters<typeof self.fetch>} asked
 * @param {(text: string) => void} report what is under way
 * @returns {Promise<Response>}
 */
export async function fetchWheel(fetchOther, address, asked, report) {
  const coming = kept.get(address) ?? download(fetchOther, address, asked, report);
  kept.set(address, coming);
  return (await coming).clone();
}

/** @type {typeof fetchWheel} */
async function download(fetchOther, address, [request, init = {}], report) {
  const name = decodeURIComponent(new URL(address).pathname.replace(/.*\//, '')).replace(/-.*/, '');
  const wheel = { name, done: 0, total: 0 };
  underWay.add(wheel);
  reporting ??= setInterval(reporter(report), pause);
  /** @type {typeof self.fetch} */
  const fetchSized = async (...asked) => {
    const response = await fetchOther(...asked);
    wheel.total = Number(response.headers.get('content-length'));
    return response;
  };
  try {
    const response = await fetchHeard(fetchSized, request, init, (bytes) => { wheel.done += bytes; });
    if (!response.ok) throw new Error(`${response.status} ${response.statusText}`.trim());
    return response;
  } catch (error) {
    throw new TypeError(`${name}: ${error instanceof Error ? error.message : error}`, { cause: error });
  } finally {
    underWay.delete(wheel);
    if (underWay.size === 0) {
      clearInterval(reporting);
      reporting = undefined;
    }
  }
}

/** @param {(text: string) => void} report hears of what changed */
function reporter(report) {
  let last = '';
  return () => {
    const wheels = [...underWay];
    const text = wheels.slice(0, room).map(described).join(', ') + (wheels.length > room ? ', …' : '');
    if (text !== last) report(text);
    last = text;
  };
}

/** @param {Wheel} wheel */
function described({ name, done, total }) {
  const { size, unit, digits } = Math.max(done, total) < 1e6 ? { size: 1e3, unit: 'kB', digits: 0 } : { size: 1e6, unit: 'MB', digits: 1 };
  const format = new Intl.NumberFormat(navigator.language, { maximumFractionDigits: digits, minimumFractionDigits: digits });
  const [there, all] = [done, total].map((bytes) => format.format(bytes / size));
  // What is compressed on its way has another length there.
  return total >= done ? `${name} ${there}/${all} ${unit}` : `${name} ${there} ${unit}`;
}

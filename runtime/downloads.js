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

/** @type {Map<string, Promise<Response>>} what comes for an installation that isn't done: it may ask again */
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
  try {
    const response = await coming;
    if (!response.ok) kept.delete(address);
    return response.clone();
  } catch (error) {
    kept.delete(address);
    throw error;
  }
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
    return await fetchHeard(fetchSized, request, init, (bytes) => { wheel.done += bytes; });
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

const format = new Intl.NumberFormat(navigator.language, { maximumFractionDigits: 1, minimumFractionDigits: 1 });

/** @param {Wheel} wheel */
function described({ name, done, total }) {
  const [there, all] = [done, total].map((bytes) => format.format(bytes / 1e6));
  // What is compressed on its way has another length there.
  return total >= done ? `${name} ${there}/${all} MB` : `${name} ${there} MB`;
}

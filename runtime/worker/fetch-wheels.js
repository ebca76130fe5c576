/** Downloads the wheels of packages once each, and reports which are under way and how much of each has come. */

import { fetchWithProgress } from './verified-fetch.js';

/** Between two reports: figures that change faster can't be read. */
const reportIntervalMs = 1_000;

/** How many wheels a report names: more don't fit into the bar. */
const namedWheels = 3;

/** @typedef {{ name: string, done: number, total: number }} Wheel */

/** @type {Set<Wheel>} */
const underWay = new Set();

/** @type {ReturnType<typeof setInterval> | undefined} */
let reporting;

/** @type {Map<string, Promise<Response>>} wheels by address, in flight or failed, until micropip is done: it asks twice */
const downloads = new Map();

/** To be called when the installation is done: the next one may try again what failed. */
export const forget = () => downloads.clear();

/** @type {Map<string, Promise<Response>>} wheels that come before anybody asks for them, by address and integrity */
const ahead = new Map();

/** Tells what is under way to whoever asked for a wheel last. */
let tell = (/** @type {string} */ _text) => {};

/**
 * Fetches a wheel before it is asked for.
 * @param {typeof self.fetch} fetchOther
 * @param {string} address
 * @param {string} integrity
 */
export function fetchAhead(fetchOther, address, integrity) {
  const response = download(fetchOther, address, [address, { integrity }]);
  // Whoever asks for it hears of a failure.
  response.catch(() => {});
  ahead.set(address + integrity, response);
}

/**
 * What `fetch` does, for a wheel.
 * @param {typeof self.fetch} fetchOther
 * @param {string} address
 * @param {Parameters<typeof self.fetch>} asked
 * @param {(text: string) => void} report what is under way
 * @returns {Promise<Response>}
 */
export async function fetchWheel(fetchOther, address, asked, report) {
  tell = report;
  const known = address + asked[1]?.integrity;
  const response = downloads.get(address) ?? ahead.get(known) ?? download(fetchOther, address, asked);
  ahead.delete(known);
  downloads.set(address, response);
  return (await response).clone();
}

/**
 * @param {typeof self.fetch} fetchOther
 * @param {string} address
 * @param {Parameters<typeof self.fetch>} asked
 */
async function download(fetchOther, address, [request, init = {}]) {
  const name = decodeURIComponent(new URL(address).pathname.replace(/.*\//, '')).replace(/-.*/, '');
  const wheel = { name, done: 0, total: 0 };
  underWay.add(wheel);
  reporting ??= setInterval(reporter(), reportIntervalMs);
  /** @type {typeof self.fetch} */
  const fetchSized = async (...asked) => {
    const response = await fetchOther(...asked);
    wheel.total = Number(response.headers.get('content-length'));
    return response;
  };
  try {
    const { response, bytes } = await fetchWithProgress(fetchSized, request, init, (bytes) => { wheel.done += bytes; });
    return new Response(await bytes, response);
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

/** Tells where something changed. */
function reporter() {
  let last = '';
  return () => {
    const wheels = [...underWay];
    const text = wheels.slice(0, namedWheels).map(described).join(', ') + (wheels.length > namedWheels ? ', …' : '');
    if (text !== last) tell(text);
    last = text;
  };
}

/** @param {Wheel} wheel */
function described({ name, done, total }) {
  const { size, unit, digits } = Math.max(done, total) < 1e6 ? { size: 1e3, unit: 'kB', digits: 0 } : { size: 1e6, unit: 'MB', digits: 1 };
  const format = new Intl.NumberFormat(navigator.language, { maximumFractionDigits: digits, minimumFractionDigits: digits });
  const [there, all] = [done, total].map((bytes) => format.format(bytes / size));
  // Content-Length is that of the compressed body, which may be less than what comes out of it.
  return total >= done ? `${name} ${there}/${all} ${unit}` : `${name} ${there} ${unit}`;
}

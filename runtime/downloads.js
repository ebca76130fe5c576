/** Sees the wheels of packages come: which, and how much of each. */

/** Milliseconds between two reports. */
const pause = 1_000;

/** So long may a network say nothing; then its silence is an error. */
const patience = 60_000;

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
async function download(fetchOther, address, [request, { integrity, ...init } = {}], report) {
  const name = decodeURIComponent(new URL(address).pathname.replace(/.*\//, '')).replace(/-.*/, '');
  // A browser that checks hands nothing over before all is there.
  const isOurs = !integrity || (/^sha256-/.test(integrity) && crypto.subtle);
  const silence = new AbortController();
  const listen = () => setTimeout(() => silence.abort(new Error(`${name}: the network is silent`)), patience);
  let timer = listen();
  const wheel = { name, done: 0, total: 0 };
  underWay.add(wheel);
  reporting ??= setInterval(reporter(report), pause);
  try {
    const response = await fetchOther(request, { ...init, ...(isOurs ? {} : { integrity }), signal: silence.signal });
    if (!response.ok || !response.body) return response;
    wheel.total = Number(response.headers.get('content-length'));
    const counted = response.body.pipeThrough(new TransformStream({
      transform(chunk, controller) {
        clearTimeout(timer);
        timer = listen();
        wheel.done += chunk.length;
        controller.enqueue(chunk);
      },
    }));
    const bytes = await new Response(counted).arrayBuffer();
    if (integrity && isOurs && await digestOf(bytes) !== integrity) throw new TypeError(`${name}: other bytes came than were published`);
    return new Response(bytes, response);
  } finally {
    clearTimeout(timer);
    underWay.delete(wheel);
    if (underWay.size === 0) {
      clearInterval(reporting);
      reporting = undefined;
    }
  }
}

/** @param {ArrayBuffer} bytes */
async function digestOf(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return `sha256-${btoa(String.fromCharCode(...digest))}`;
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

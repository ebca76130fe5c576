// A slow link in front of the world. The browser's own network emulation doesn't reach workers in all cases,
// so what it asks for passes a relay: all connections share one rate, and each byte is late.
import { connect, createServer } from 'node:net';

/**
 * @param {number} port that it leads to
 * @param {{ megabitsPerSecond: number, roundTripMs: number }} link
 * @returns {Promise<{ port: number, stop: () => void }>}
 */
export async function startSlowLink(port, { megabitsPerSecond, roundTripMs }) {
  const bytesPerMs = megabitsPerSecond * 1e6 / 8 / 1000;
  /** When the line is free again, on `performance.now()`. */
  let freeAt = 0;
  const server = createServer((browser) => {
    const world = connect(port, '127.0.0.1');
    // A connection costs a round trip before it carries anything.
    const openAt = performance.now() + roundTripMs;
    relay(browser, world, () => Math.max(performance.now(), openAt) + roundTripMs / 2);
    relay(world, browser, (bytes) => {
      freeAt = Math.max(performance.now(), freeAt) + bytes / bytesPerMs;
      return freeAt + roundTripMs / 2;
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  return {
    port: /** @type {import('node:net').AddressInfo} */ (server.address()).port,
    stop: () => server.close(),
  };
}

/** Bytes that may be under way in a connection before its source is held. */
const window = 1 << 18;

/**
 * @param {import('node:net').Socket} from
 * @param {import('node:net').Socket} to
 * @param {(bytes: number) => number} arrival when so many bytes are there
 */
function relay(from, to, arrival) {
  let underWay = 0;
  /** @type {(() => void)[]} a timer may fire before an earlier one, as its time is cut to whole milliseconds: the oldest acts */
  const acts = [];
  const at = (/** @type {number} */ when, /** @type {() => void} */ act) => {
    acts.push(act);
    setTimeout(() => acts.shift()?.(), when - performance.now());
  };
  from.on('data', (bytes) => {
    underWay += bytes.length;
    if (underWay > window) from.pause();
    at(arrival(bytes.length), () => {
      underWay -= bytes.length;
      if (!to.destroyed) to.write(bytes);
      if (underWay <= window) from.resume();
    });
  });
  from.on('end', () => at(arrival(0), () => to.end()));
  from.on('error', () => to.destroy());
  from.on('close', () => at(arrival(0), () => to.destroy()));
}

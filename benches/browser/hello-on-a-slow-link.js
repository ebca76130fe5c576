// `print("hello")` where bytes decide.
import { measureInTurn, ratioTable } from './click-to-output.js';
import { pair } from './hello.js';
import { startSlowLink } from './slow-link.js';

export const title = 'Click to `hello` behind 5 Mbit/s and 100 ms';

/** @param {import('../../tests/browser/support/world.js').World} world @param {number} rounds */
export async function measure(world, rounds) {
  const link = await startSlowLink(world.port, { megabitsPerSecond: 5, roundTripMs: 100 });
  try {
    const visits = ['first visit', 'second visit'];
    const candidates = pair({ code: 'print("hello")' });
    const { times } = await measureInTurn(world, { rounds, candidates, visits, sign: 'text=hello', port: link.port });
    return ratioTable(times, { 'second visit': 0.2 });
  } finally {
    link.stop();
  }
}

// The same where bytes decide.
import { measureInTurn, ratioTable } from './click-to-output.js';
import { program as table } from './df.js';
import { pair } from './hello.js';
import { program as installed } from './install.js';
import { startSlowLink } from './slow-link.js';

export const title = 'Behind 5 Mbit/s and 100 ms';

/** Rounds take minutes there. */
const mostRounds = { hello: 7, packages: 2 };

/** @param {import('../../tests/browser/support/world.js').World} world @param {number} rounds */
export async function measure(world, rounds) {
  const link = await startSlowLink(world.port, { megabitsPerSecond: 5, roundTripMs: 100 });
  const visits = ['first visit', 'second visit'];
  /** @param {string} what @param {import('./subjects.js').Program} program @param {string} sign @param {number} most @param {number} [bar] */
  const measured = async (what, program, sign, most, bar) => {
    const { times } = await measureInTurn(world, { rounds: Math.min(rounds, most), candidates: pair(program), visits, sign, port: link.port });
    return `${what}:\n\n${ratioTable(times, { 'second visit': bar })}`;
  };
  try {
    return [
      await measured('`hello`', { code: 'print("hello")' }, 'text=hello', mostRounds.hello, 0.2),
      await measured('`hello` of an installed package', installed, 'text=hello', mostRounds.packages),
      await measured('The first table of pandas (Pyodide 0.27.7)', table, 'text=count', mostRounds.packages),
    ].join('\n\n');
  } finally {
    link.stop();
  }
}

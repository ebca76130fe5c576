// `install=` of a small wheel, beside stock Pyodide with micropip.
import { measureInTurn, ratioTable } from './click-to-output.js';
import { pair } from './hello.js';

export const title = 'Click to `hello` of an installed package';

export const program = { code: 'import cowsay\nprint(cowsay.get_output_string("cow", "hello"))', install: 'cowsay', kept: '+cowsay' };

/** @param {import('../../tests/browser/support/world.js').World} world @param {number} rounds */
export async function measure(world, rounds) {
  const visits = ['first visit', 'second visit'];
  const { times } = await measureInTurn(world, { rounds, candidates: pair(program), visits, sign: 'text=hello' });
  return ratioTable(times, { 'second visit': 0.3 });
}

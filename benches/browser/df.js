// The first table of pandas, beside stock Pyodide with the same packages.
import { measureInTurn, ratioTable } from './click-to-output.js';
import { pair } from './hello.js';

export const title = 'Click to the first table of pandas (Pyodide 0.27.7)';

export const program = { code: 'import pandas as pd\nprint(pd.DataFrame({"x": [1, 2]}).describe().to_string())', version: '0.27.7', kept: '&pandas' };

/** @param {import('../../tests/browser/support/world.js').World} world @param {number} rounds */
export async function measure(world, rounds) {
  const visits = ['first visit', 'second visit'];
  const { times } = await measureInTurn(world, { rounds, candidates: pair(program), visits, sign: 'text=count' });
  return ratioTable(times, { 'second visit': 0.5 });
}

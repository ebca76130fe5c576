// The first figure of matplotlib, beside stock Pyodide with the same packages.
import { measureInTurn, ratioTable } from './click-to-output.js';
import { pair } from './hello.js';

export const title = 'Click to the first figure of matplotlib (Pyodide 0.27.7)';

// Drawn by the code itself, so that both do the same. The backend of Pyodide 0.27 asks for a document, which no worker has.
const program = { code: 'import io\nimport matplotlib\nmatplotlib.use("agg")\nimport matplotlib.pyplot as plt\nplt.plot([1, 4, 9])\nplt.savefig(io.BytesIO())\nplt.close()\nprint("drawn")', version: '0.27.7', kept: '&matplotlib' };

/** @param {import('../../tests/browser/support/world.js').World} world @param {number} rounds */
export async function measure(world, rounds) {
  const visits = ['first visit', 'second visit'];
  const { times } = await measureInTurn(world, { rounds, candidates: pair(program), visits, sign: 'text=drawn' });
  return ratioTable(times, { 'second visit': 0.5 });
}

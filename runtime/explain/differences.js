/** Lines of a transcript below which something else came than is written. */

import { help } from '../run/help.js';
import { markLine } from '../run/marked-line.js';

/** More would hide what came. */
const toldLines = 5;

/**
 * @param {import('../pyfence.js').BlockContext} context
 * @param {import('../run/protocol.js').Difference[]} differences
 */
export async function tell(context, differences) {
  if (differences.length === 0) return;
  const { explainStrings } = await import('./strings.js');
  markLine(context, differences[0].line);
  for (const { line, ...said } of differences.slice(0, toldLines)) {
    const told = document.createElement('span');
    const values = /** @type {{ [name: string]: string }} */ ({ line: `${line}`, ...said });
    // Every second piece is a name in braces.
    explainStrings.lineDiffers.split(/\{(\w+)\}/).forEach((piece, index) => {
      if (index % 2 === 0 || piece === 'line') return told.append(index % 2 ? values[piece] : piece);
      const code = document.createElement('code');
      code.append(`${values[piece]}` || explainStrings.nothing);
      told.append(code);
    });
    context.region.append(help('', told));
  }
}

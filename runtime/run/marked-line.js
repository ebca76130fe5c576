/** The line that failed, marked in the static code by CSS and in the editor by Ace. */

/**
 * Marks it in the code; null for none.
 * @param {import('../pyfence.js').BlockContext} context
 * @param {number | null} line
 */
export function markLine(context, line) {
  context.markedLine = line;
  context.editor?.mark(line);
  const { pre } = context;
  pre.toggleAttribute('data-marked', line !== null);
  pre.style.setProperty('--pyfence-marked', line ? `${line}` : null);
}

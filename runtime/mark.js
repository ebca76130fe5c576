/** The line that failed. */

/**
 * Marks it in the code; null for none.
 * @param {import('./pyfence.js').Inside} inside
 * @param {number | null} line
 */
export function mark(inside, line) {
  inside.marked = line;
  inside.editor?.mark(line);
  if (line) inside.pre.style.setProperty('--pyfence-marked', `${line}`);
  else inside.pre.style.removeProperty('--pyfence-marked');
}

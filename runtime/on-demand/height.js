/** The lines of code that a block shows; `tests/spec/option_values.md` states what a height means. */

/**
 * The least and most lines that a block shows at once. Without a stated height it grows with what the reader writes.
 * @param {string | null} height
 * @param {string} code as the author wrote it
 */
export function linesOf(height, code) {
  const stated = rangeOf(height ?? 'auto');
  if (stated === undefined) console.warn(`pyfence: \`${height}\` is not a height`);
  if (stated && stated !== 'auto') return stated;
  const written = code === '' ? 5 : code.split('\n').length;
  return { min: written, max: Math.max(written, 30) };
}

/**
 * @param {string} height
 * @returns {{ min: number, max: number } | 'auto' | undefined} undefined for what is no height
 */
export function rangeOf(height) {
  if (height === 'auto') return 'auto';
  const [whole, least, dash, most] = /^(\d*)(-?)(\d*)$/.exec(height) ?? [];
  if (!whole || Math.max(Number(least), Number(most)) > 65535) return undefined;
  if (!dash) return Number(least) === 0 ? 'auto' : { min: Number(least), max: Number(least) };
  const min = Math.max(Number(least || 5), 1);
  return { min, max: Math.max(Number(most || 30), min) };
}

/** What the options about the look of the editor mean. */

/**
 * The least and most lines that a block shows at once. Without a stated height it grows with what the reader writes.
 * @param {string | null} height
 * @param {string} code as the author wrote it
 */
export function linesOf(height, code) {
  const [least, most = least] = (height ?? 'auto').split('-');
  if (height === null || height === 'auto' || height === '0') {
    const written = code === '' ? 5 : code.split('\n').length;
    return { min: written, max: Math.max(written, 30) };
  }
  return { min: Number(least) || 5, max: Number(most) || 30 };
}

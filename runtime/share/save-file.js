/** Saves a file that the page made. */

/**
 * @param {string} name
 * @param {string} type
 * @param {string[]} parts of its text
 */
export function saveFile(name, type, parts) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob(parts, { type }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** Saves a file that the page made. */

/**
 * Safari, and a browser that asks the reader for a place first, read what is at the address after the click. None of
 * them says when they have: FileSaver.js, which many sites have, waits as long.
 */
const lifeOfAddressMs = 40_000;

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
  setTimeout(() => URL.revokeObjectURL(link.href), lifeOfAddressMs);
}

/** Lines that a book of mdBook hides: they stand in the code, in elements that no browser shows, and count. */

/**
 * The numbers of the lines that are shown.
 * @param {Element} code
 */
export function shownLines(code) {
  const marked = /** @type {Element} */ (code.cloneNode(true));
  for (const lines of marked.querySelectorAll('[hidden]')) lines.textContent = `${lines.textContent}`.replace(/$/gm, '\0').replace(/\n\0$/, '\n');
  return `${marked.textContent}`.split('\n').flatMap((line, index) => (line.includes('\0') ? [] : index + 1));
}

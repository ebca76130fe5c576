/** What the text of an attribute means. */

/**
 * The requirements of `install`: a comma parts them, except inside `[...]` and before a further version bound.
 * @param {string | null} install
 * @returns {string[]}
 */
export function requirementsOf(install) {
  /** @type {string[]} */
  const requirements = [];
  for (const part of (install ?? '').split(/,(?![^[]*\])/)) {
    const item = part.trim();
    if (/^[<>=!~]/.test(item) && requirements.length > 0) requirements.push(`${requirements.pop()},${item}`);
    else if (item !== '') requirements.push(item);
  }
  return requirements;
}

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

/**
 * The Ace themes for light and dark pages; null for our own palette.
 * @param {string | null} theme
 */
export function themesOf(theme) {
  const [light, dark = light] = (theme ?? '').split(',').map((name) => name.trim());
  return light ? { light, dark } : null;
}

/**
 * The files of `files`: the address of each, and its name where the code runs. An address that is relative
 * to the page keeps its folders, of any other the last part is the name.
 * @param {string | null} files
 * @returns {{ path: string, address: string }[]}
 */
export function filesOf(files) {
  return (files ?? '').split(',').map((file) => file.trim()).filter(Boolean).map((file) => {
    const { href, pathname } = new URL(file, document.baseURI);
    const isInside = !/^[a-z][a-z\d+.-]*:|^\/|(^|\/)\.\.(\/|$)/i.test(file);
    const path = isInside ? file.replace(/[?#].*$/, '').replace(/^(\.\/)+/, '') : pathname.slice(pathname.lastIndexOf('/') + 1);
    return { path: decodeURIComponent(path), address: href };
  });
}

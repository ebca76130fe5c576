/** What `install` asks for. */

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

/** Splits the lists of the options `install` and `files`; `tests/spec/option_values.md` states the rule. */

/**
 * The items of a list: a comma ends one, but not inside `[...]`, and not before a version specifier.
 * @param {string} list
 * @returns {string[]}
 */
export function splitList(list) {
  /** @type {string[]} */
  const items = [];
  for (const part of splitOutsideBrackets(list)) {
    const item = part.trim();
    if (/^[<>=!~]/.test(item) && items.length > 0) items.push(`${items.pop()},${item}`);
    else if (item !== '') items.push(item);
  }
  return items;
}

/** @param {string} list */
function splitOutsideBrackets(list) {
  const parts = [''];
  let depth = 0;
  for (const character of list) {
    if (character === '[') depth += 1;
    else if (character === ']') depth = Math.max(depth - 1, 0);
    if (character === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts;
}

/**
 * A wheel by its whole address: the author's may be relative to the page.
 * @param {string} requirement
 * @param {string} base
 */
export const withAddress = (requirement, base) => (/^[^@]*\.whl(?:[?#].*)?$/.test(requirement) && URL.canParse(requirement, base) ? new URL(requirement, base).href : requirement);

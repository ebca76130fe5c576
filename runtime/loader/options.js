/**
 * The options of a block: which there are, and how to read them.
 *
 * A `text` has a value, a `list` has values with commas between them; a `switch` is off unless it is there, and
 * a `default-on` is on unless it says no. An ordinary fence may state each of them (`on-demand/stock-fences.js`).
 */
export const kinds = /** @type {const} */ ({
  session: 'text',
  install: 'list',
  files: 'list',
  title: 'text',
  file: 'text',
  id: 'text',
  height: 'text',
  theme: 'list',
  linenumbers: 'switch',
  autorun: 'switch',
  readonly: 'switch',
  hidden: 'switch',
  persist: 'switch',
  show: 'text',
  output: 'text',
  autoload: 'default-on',
  completion: 'default-on',
  version: 'text',
});

/** @typedef {keyof typeof kinds} Name */
/** @typedef {{ [name: string]: 'text' | 'list' | 'switch' | 'default-on' }} Kinds */

/**
 * Reads options from the attributes of an element, as they are now.
 * @template {Kinds} Of
 * @param {Element} element
 * @param {Of} kinds
 */
export const optionsFrom = (element, kinds) => /** @type {{ [name in keyof Of]: Of[name] extends 'text' | 'list' ? string | null : boolean }} */ (
  Object.fromEntries(Object.entries(kinds).map(([name, kind]) => {
    const value = element.getAttribute(name);
    return [name, kind === 'switch' ? value !== null : kind === 'default-on' ? value !== 'no' : value];
  })));

/**
 * The options of a block.
 * @param {Element} element
 */
export const optionsOf = (element) => optionsFrom(element, kinds);

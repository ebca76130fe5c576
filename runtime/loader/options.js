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
/** @typedef {{ [name in Name]: (typeof kinds)[name] extends 'text' | 'list' ? string | null : boolean }} Options */

/**
 * Reads the options of a block from the attributes of its element, as they are now.
 * @param {Element} element
 */
export function optionsOf(element) {
  return /** @type {Options} */ (Object.fromEntries(Object.entries(kinds).map(([name, kind]) => {
    const value = element.getAttribute(name);
    return [name, kind === 'switch' ? value !== null : kind === 'default-on' ? value !== 'no' : value];
  })));
}

/**
 * Blocks out of ordinary fences: `code[data-pyodide]` as Zola renders `python,pyodide=run,session=x`, and
 * `code.language-pyodide` of any generator, with options as classes (`session=x`) as mdBook writes them.
 */

const values = ['session', 'install', 'files', 'title', 'id', 'height', 'theme', 'output', 'autoload', 'version'];
const switches = ['linenumbers', 'autorun', 'readonly', 'hidden', 'persist'];
const lists = ['install', 'files', 'theme'];

export function upgrade() {
  // The code, or the `<pre>` that has the fence's data.
  for (const source of document.querySelectorAll(':is([data-pyodide], code.language-pyodide):not(pyodide-block *)')) {
    const code = source.matches('code') ? source : source.querySelector('code');
    const pre = code?.parentElement;
    if (code && pre?.localName === 'pre') replace(pre, code, statedBy(source));
  }
}

/**
 * @param {HTMLElement} pre
 * @param {Element} code
 * @param {Map<string, string>} stated
 */
function replace(pre, code, stated) {
  clean(code);
  const block = document.createElement('pyodide-block');
  block.setAttribute('session', 'default');
  for (const [name, value] of stated) block.setAttribute(name, value);
  // The block is whole when it enters the page: it takes its code from there.
  const place = document.createComment('');
  pre.replaceWith(place);
  block.append(pre);
  place.replaceWith(block);
}

/**
 * What the fence states. In its words a comma ends an option, so a list has `+` in its place.
 * @param {Element} source
 */
function statedBy(source) {
  /** @type {Map<string, string>} */
  const stated = new Map();
  for (const name of [...values, ...switches]) {
    const word = [...source.classList].find((word) => word.startsWith(`${name}=`));
    const value = source.getAttribute(`data-${name}`) ?? word?.slice(name.length + 1);
    if (!value) continue;
    if (lists.includes(name)) stated.set(name, value.replaceAll('+', ','));
    else if (!switches.includes(name)) stated.set(name, value);
    else if (/^(yes|true|on|1)$/i.test(value)) stated.set(name, '');
  }
  return stated;
}

/**
 * Leaves the code alone: no line numbers, no line end after the last line.
 * @param {Element} code
 */
function clean(code) {
  for (const number of code.querySelectorAll('[aria-hidden="true"]')) number.remove();
  /** @type {Node | null} */
  let last = code;
  while (last?.lastChild) last = last.lastChild;
  if (last instanceof Text) last.data = last.data.replace(/\n$/, '');
}

/** Colours Python with Highlight.js, for code that came uncoloured. */

import { baseOf, packageOf } from './packages.js';

/**
 * @typedef {{ scope?: string, children: (string | Token)[] }} Token
 * @typedef {{ registerLanguage(name: string, language: unknown): void,
 *   highlight(code: string, options: { language: string }): { _emitter: { rootNode: Token } } }} Highlighter
 */

/** @type {Promise<Highlighter> | undefined} */
let loading;

/** @param {Element} code */
export async function colour(code) {
  loading ??= load();
  const highlighter = await loading;
  const text = code.textContent ?? '';
  // The token tree and not the HTML that Highlight.js makes of it: program text never becomes markup.
  const { rootNode } = highlighter.highlight(text, { language: 'python' })._emitter;
  // New nodes would take a selection away from under the reader's hand.
  const selection = document.getSelection();
  if (selection && !selection.isCollapsed && selection.containsNode(code, true)) return;
  if (code.textContent === text) code.replaceChildren(...rootNode.children.map(nodeOf));
}

/** @returns {Promise<Highlighter>} */
async function load() {
  const highlight = await packageOf('highlight');
  const [core, python] = await Promise.all(['core.min.js', 'languages/python.min.js'].map(async (name) => {
    const address = baseOf(highlight) + name;
    await verify(address, highlight.files[name]);
    return import(address);
  }));
  core.default.registerLanguage('python', python.default);
  return core.default;
}

/**
 * A module is fetched once: when the first to ask states its integrity, import() gets what was verified.
 * @param {string} address
 * @param {string} integrity
 */
function verify(address, integrity) {
  const script = document.createElement('script');
  Object.assign(script, { type: 'module', src: address, integrity, crossOrigin: 'anonymous' });
  return new Promise((resolve, reject) => {
    script.onload = resolve;
    script.onerror = () => reject(new Error(`${address} could not be loaded`));
    document.head.append(script);
  });
}

/**
 * @param {string | Token} token
 * @returns {string | HTMLElement}
 */
function nodeOf(token) {
  if (typeof token === 'string') return token;
  const span = document.createElement('span');
  const [first, ...rest] = (token.scope ?? '').split('.');
  span.className = [`hljs-${first}`, ...rest.map((part, depth) => part + '_'.repeat(depth + 1))].join(' ');
  span.append(...token.children.map(nodeOf));
  return span;
}

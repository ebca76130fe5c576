/** Colours code that came without colours, by Highlight.js. */

import { once } from '../loader/once.js';
import { baseOf, packageOf } from '../third-party/manifests.js';

/**
 * @typedef {{ scope?: string, children: (string | Token)[] }} Token
 * @typedef {{ registerLanguage(name: string, language: unknown): void,
 *   highlight(code: string, options: { language: string }): { _emitter: { rootNode: Token } } }} Highlighter
 */

/** @param {Element} code */
export async function highlight(code) {
  const highlighter = await loadHighlighter();
  const text = code.textContent ?? '';
  // The token tree and not the HTML that Highlight.js makes of it: program text never becomes markup.
  const { rootNode } = highlighter.highlight(text, { language: 'python' })._emitter;
  // New nodes would take a selection away from under the reader's hand.
  const selection = document.getSelection();
  if (selection && !selection.isCollapsed && selection.containsNode(code, true)) return;
  if (code.textContent === text) code.replaceChildren(...rootNode.children.map(nodeOf));
}

const loadHighlighter = once(async () => {
  const [{ importWithIntegrity }, manifest] = await Promise.all([import('../third-party/verified-module.js'), packageOf('highlight')]);
  const [core, python] = await Promise.all(['core.min.js', 'languages/python.min.js'].map(
    (name) => importWithIntegrity(baseOf(manifest) + name, manifest.files[name]),
  ));
  core.default.registerLanguage('python', python.default);
  return /** @type {Highlighter} */ (core.default);
});

/**
 * The elements of coloured code, as the static code has them (src/html/highlight/mod.rs), for the
 * scopes of Highlight.js (https://highlightjs.readthedocs.io/en/latest/css-classes-reference.html).
 * @type {Record<string, string>}
 */
const elements = {
  keyword: 'c-k', built_in: 'c-b', type: 'c-b', 'variable.language': 'c-v', literal: 'c-l', number: 'c-n',
  'char.escape': 'c-e', string: 'c-s', subst: 'c-i', comment: 'c-c', meta: 'c-d', 'title.function': 'c-f',
  'title.class': 'c-t',
};

/**
 * @param {string | Token} token
 * @returns {string | Node}
 */
function nodeOf(token) {
  if (typeof token === 'string') return token;
  const name = elements[token.scope ?? ''];
  const node = name ? document.createElement(name) : document.createDocumentFragment();
  node.append(...token.children.map(nodeOf));
  return node;
}

/**
 * Loads Ace and its Python mode, with integrity. Its files find each other by the global `ace`, which they have while
 * they load; then the page has its own again. With useStrictCSP Ace adds no `<style>` elements: its styles are adopted
 * as a constructed sheet, which a Content-Security-Policy without 'unsafe-inline' allows.
 */

import { once } from '../loader/once.js';
import { baseOf, packageOf } from '../third-party/manifests.js';
import { teachPython3 } from './ace-python3.js';

/**
 * @typedef {typeof import('ace-builds')} Ace
 */

export const loadAce = once(async () => {
  const ace = /** @type {Ace} */ ({});
  await loadScripts(ace, ['ace.js', 'mode-python.js']);
  ace.config.set('useStrictCSP', true);
  adopt(ace.require('ace/css/editor-css'));
  teachPython3(ace);
  return ace;
});

/** @param {string} css */
function adopt(css) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets.push(sheet);
}

/**
 * Loads files of Ace, in order, with `ace` as the global that they add to.
 * @param {Ace} ace
 * @param {string[]} names
 */
export async function loadScripts(ace, names) {
  const manifest = await packageOf('ace');
  const before = Object.getOwnPropertyDescriptor(globalThis, 'ace');
  Object.defineProperty(globalThis, 'ace', { configurable: true, writable: true, value: ace });
  try {
    await Promise.all(names.map((name) => loadScript(baseOf(manifest) + name, manifest.files[name])));
  } finally {
    if (before) Object.defineProperty(globalThis, 'ace', before);
    else Reflect.deleteProperty(globalThis, 'ace');
  }
}

/**
 * @param {string} src
 * @param {string} integrity
 */
function loadScript(src, integrity) {
  const element = document.createElement('script');
  // Scripts that are inserted by a script run in order only with async = false.
  Object.assign(element, { src, integrity, crossOrigin: 'anonymous', async: false });
  return new Promise((resolve, reject) => {
    element.onload = resolve;
    element.onerror = () => reject(new Error(`${src} could not be loaded`));
    document.head.append(element);
  }).finally(() => element.remove());
}

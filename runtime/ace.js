/**
 * Loads Ace and what we use of it, verified. Its files find each other by a global, which is lent to them
 * while they load and taken back; its styles go in as constructed sheets, which a strict style-src lets pass.
 */

import { baseOf, packageOf } from './packages.js';
import { teachPython3 } from './python-mode.js';

/**
 * @typedef {typeof import('ace-builds')} Ace
 */

/** @type {Promise<Ace> | undefined} */
let loading;

export function loadAce() {
  loading ??= load().catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

/** @returns {Promise<Ace>} */
async function load() {
  const ace = /** @type {Ace} */ ({});
  await scripts(ace, ['ace.js', 'mode-python.js']);
  ace.config.set('useStrictCSP', true);
  adopt(ace.require('ace/css/editor-css'));
  teachPython3(ace);
  return ace;
}

/** @param {string} css */
function adopt(css) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets.push(sheet);
}

/** The files that are being loaded: only one lot has the global at a time. */
let lending = Promise.resolve();

/**
 * Loads files of Ace, in order, with `ace` as the global that they add to.
 * @param {Ace} ace
 * @param {string[]} names
 */
function scripts(ace, names) {
  const lent = lending.catch(() => {}).then(() => lend(ace, names));
  lending = lent;
  return lent;
}

/**
 * @param {Ace} ace
 * @param {string[]} names
 */
async function lend(ace, names) {
  const manifest = await packageOf('ace');
  const before = Object.getOwnPropertyDescriptor(globalThis, 'ace');
  Object.defineProperty(globalThis, 'ace', { configurable: true, writable: true, value: ace });
  try {
    await Promise.all(names.map((name) => script(baseOf(manifest) + name, manifest.files[name])));
  } finally {
    if (before) Object.defineProperty(globalThis, 'ace', before);
    else Reflect.deleteProperty(globalThis, 'ace');
  }
}

/**
 * @param {string} src
 * @param {string} integrity
 */
function script(src, integrity) {
  const element = document.createElement('script');
  // `async` off keeps the order in which they are put in.
  Object.assign(element, { src, integrity, crossOrigin: 'anonymous', async: false });
  return new Promise((resolve, reject) => {
    element.onload = resolve;
    element.onerror = () => reject(new Error(`${src} could not be loaded`));
    document.head.append(element);
  }).finally(() => element.remove());
}

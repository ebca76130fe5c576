/** Style sheets that only some pages need. */

import { addressOf } from '../loader/runtime-file.js';

/** @type {Map<string, Promise<unknown>>} */
const loading = new Map();

/**
 * Loads a style sheet of the runtime, once; after a failure the next call tries again.
 * @param {string} path
 */
export function loadStyles(path) {
  const sheet = loading.get(path) ?? load(addressOf(path)).catch((error) => {
    loading.delete(path);
    throw error;
  });
  loading.set(path, sheet);
  return sheet;
}

/** @param {string} href */
function load(href) {
  return new Promise((resolve, reject) => {
    const link = document.createElement('link');
    Object.assign(link, { rel: 'stylesheet', href, onload: resolve });
    link.onerror = () => {
      link.remove();
      reject(new Error(`${href} could not be loaded`));
    };
    document.head.append(link);
  });
}

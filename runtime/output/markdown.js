/** Markdown values, as HTML by marked. What comes of it is shown as any HTML value is: marked makes no text safe. */

import { baseOf, packageOf } from '../third-party/manifests.js';
import { putFrame } from './html-frame.js';
import { markdownLimit } from './limits.js';

/**
 * @param {string} text
 * @param {HTMLElement} piece of the output
 */
export async function putMarkdown(text, piece) {
  if (text.length > markdownLimit) throw new Error('too long');
  const [{ importWithIntegrity }, manifest] = await Promise.all([import('../third-party/verified-module.js'), packageOf('marked')]);
  const { parse } = await importWithIntegrity(`${baseOf(manifest)}marked.esm.js`, manifest.files['marked.esm.js']);
  await putFrame(parse(text), piece);
}

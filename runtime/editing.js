/** What a block does for the reader's hand: the editor, and the buttons beside Run. */

import { above as blocksAbove, runInOrder } from './above.js';
import { messages } from './messages.js';

/** @typedef {import('./element.js').Inside} Inside */

/**
 * The keys that came before the editor stood, by the block whose editor is on its way.
 * @type {Map<Inside, string>}
 */
const mounting = new Map();

/**
 * @param {Inside} inside
 * @param {import('./editor.js').Point | null} point where the reader pointed; null for the beginning
 * @param {string} typed
 */
export async function open(inside, point, typed) {
  if (inside.editor) return;
  const before = mounting.get(inside);
  mounting.set(inside, (before ?? '') + typed);
  if (before !== undefined) return;
  try {
    const { mountEditor } = await import('./editor.js');
    inside.editor = await mountEditor(inside, { point, typed: () => mounting.get(inside) ?? '', changed: () => edited(inside) });
    inside.editor.mark(inside.marked);
  } catch (error) {
    inside.announce(`${messages.noEditor}: ${error}`);
  }
  mounting.delete(inside);
}

/**
 * Marks the line that failed; null for none.
 * @param {Inside} inside
 * @param {number | null} line
 */
export function mark(inside, line) {
  inside.marked = line;
  inside.editor?.mark(line);
  if (line) inside.pre.style.setProperty('--pyfence-marked', `${line}`);
  else inside.pre.style.removeProperty('--pyfence-marked');
}

/**
 * The code is another than before.
 * @param {Inside} inside
 */
export async function edited(inside) {
  noteEdits(inside);
  if (inside.block.hasAttribute('persist')) (await import('./persist.js')).keep(inside);
  if (!inside.editor) await colour(inside);
}

/** @param {Inside} inside */
export async function noteEdits(inside) {
  const { block, bar, written } = inside;
  mark(inside, null);
  bar.element.classList.toggle('pyfence-edited', block.code !== written);
  if (block.hasAttribute('linenumbers')) (await import('./extras.js')).number(inside);
}

/**
 * Code that nothing coloured at build time.
 * @param {Inside} inside
 */
export async function colour({ code }) {
  if (code.childElementCount > 0) return;
  const { colour } = await import('./colour.js');
  await colour(code);
}

/** @param {Inside} inside */
export function reset({ block, written }) {
  block.code = written;
}

/** @param {Inside} inside */
export function clear({ region, busy, show }) {
  region.replaceChildren();
  if (!busy) show('idle', '');
}

/** @param {Inside} inside */
export async function copy({ block, announce }) {
  try {
    await navigator.clipboard.writeText(block.code);
    announce(messages.copied);
  } catch (error) {
    announce(`${messages.notCopied}: ${error}`);
  }
}

/** @param {Inside} inside */
export function above({ block }) {
  return runInOrder([...blocksAbove(block), block]);
}

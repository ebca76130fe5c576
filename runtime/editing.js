/** What a block does for the reader's hand: the editor, what follows from edits, and Copy. */

import { button } from './bar.js';
import { mark } from './mark.js';
import { remarks } from './remarks.js';
import { keep } from './persist.js';
import { colour } from './prepare.js';

/** @typedef {import('./pyfence.js').Inside} Inside */

/**
 * The keys that came before the editor stood, by the block whose editor is on its way.
 * @type {Map<Inside, string>}
 */
const mounting = new Map();

/**
 * @param {Inside} inside
 * @param {import('./editor.js').Point | null} point where the reader pointed; null for the beginning
 * @param {string} typed Enter opens the editor, and is typed where it is on its way already
 */
export async function open(inside, point, typed) {
  if (inside.editor) return;
  const before = mounting.get(inside);
  mounting.set(inside, before === undefined && typed === '\n' ? '' : (before ?? '') + typed);
  if (before !== undefined) return;
  try {
    const { mountEditor } = await import('./editor.js');
    inside.editor = await mountEditor(inside, { point, typed: () => mounting.get(inside) ?? '', changed: () => edited(inside) });
    inside.editor.mark(inside.marked);
  } catch (error) {
    inside.announce(`${remarks.noEditor}: ${error}`);
  }
  mounting.delete(inside);
}

/**
 * The code is another than before.
 * @param {Inside} inside
 */
export async function edited(inside) {
  noteEdits(inside);
  if (inside.block.hasAttribute('persist')) keep(inside);
  if (!inside.editor) await colour(inside);
}

/** @param {Inside} inside */
export async function noteEdits(inside) {
  const { block, bar, written } = inside;
  mark(inside, null);
  const isEdited = block.code !== written;
  bar.element.classList.toggle('pyfence-edited', isEdited);
  if (isEdited && !bar.element.querySelector('.pyfence-reset')) {
    // Where it comes, no other button moves.
    bar.status.after(button('reset', remarks.reset, () => {
      block.code = written;
      bar.run.focus();
    }));
  }
  if (block.hasAttribute('linenumbers')) (await import('./extras.js')).number(inside);
}

/** Milliseconds that the reader has to see that it's copied, before the block's state stands there again. */
const glance = 2_000;

/** @param {Inside} inside */
export async function copy({ block, announce, bar: { status } }) {
  const told = await navigator.clipboard.writeText(block.code).then(() => remarks.copied, () => remarks.notCopied);
  const before = status.textContent ?? '';
  announce(told);
  setTimeout(() => { if (status.textContent === told) announce(before); }, glance);
}

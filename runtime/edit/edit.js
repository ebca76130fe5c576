/** Editing a block: opening the editor, what follows from edits (Reset, stored edits, colours), and Copy. */

import { button } from '../loader/dom.js';
import { optionsOf } from '../loader/options.js';
import { markLine } from '../run/marked-line.js';
import { editStrings } from './strings.js';

/** @typedef {import('../pyfence.js').BlockContext} BlockContext */

/**
 * What the reader typed while the editor was loading, by block. It is typed into the editor once it is there.
 * @type {Map<BlockContext, string>}
 */
const typedBefore = new Map();

/** Milliseconds after which the reader hears that the editor doesn't come; it opens when it does. */
const silenceTimeoutMs = 30_000;

/**
 * Opens the editor, once.
 * @param {BlockContext} context
 * @param {import('./ace-editor.js').Point | null} point where the reader pointed; null for the beginning
 * @param {string} typed a first Enter only opens the editor; one that comes while it loads is a line end
 */
export async function openEditor(context, point, typed) {
  if (context.editor) return;
  const before = typedBefore.get(context);
  typedBefore.set(context, before === undefined && typed === '\n' ? '' : (before ?? '') + typed);
  if (before !== undefined) return;
  let isSilent = false;
  const silence = setTimeout(() => {
    isSilent = true;
    context.announce(`${editStrings.noEditor}: ${editStrings.silent}`);
  }, silenceTimeoutMs);
  try {
    const { mountEditor } = await import('./ace-editor.js');
    context.editor = await mountEditor(context, { point, typed: () => typedBefore.get(context) ?? '', changed: () => edited(context) });
    context.editor.mark(context.markedLine ?? null);
    if (isSilent) context.announce('');
  } catch (error) {
    context.announce(`${editStrings.noEditor}: ${error}`);
  }
  clearTimeout(silence);
  typedBefore.delete(context);
}

/**
 * To be called when the code has changed, by the reader or by a script.
 * @param {BlockContext} context
 */
export async function edited(context) {
  noteEdits(context);
  // At once: the next thing may be that the page is left. The code of a link is a stranger's, and isn't kept.
  if (!context.block.hasAttribute('data-from-link')) context.storeEdits?.();
  if (context.editor || context.code.childElementCount > 0) return;
  // Code without colours is no fault to tell the reader.
  await import('./highlight.js').then(({ highlight }) => highlight(context.code)).catch(() => {});
}

/**
 * Shows whether the code differs from the author's.
 * @param {BlockContext} context
 */
export async function noteEdits(context) {
  const { block, bar, written } = context;
  markLine(context, null);
  const isEdited = block.code !== written;
  bar.element.classList.toggle('pyfence-edited', isEdited);
  if (isEdited) offerReset(context);
  if (optionsOf(block).linenumbers) (await import('../on-demand/decorate.js')).numberLines(context);
}

/** @param {BlockContext} context */
export function offerReset({ block, bar, written }) {
  bar.offer('.pyfence-reset', () => button('reset', editStrings.reset, () => {
    block.code = written;
    bar.run.focus();
  }));
}

/** How long the status says Copied before it says the state of the block again: long enough to read two words. */
const copiedMs = 2_000;

/** @param {BlockContext} context */
export async function copy({ block, announce, bar: { status } }) {
  const message = await navigator.clipboard.writeText(block.code).then(() => editStrings.copied, () => editStrings.notCopied);
  const before = status.textContent ?? '';
  announce(message);
  setTimeout(() => { if (status.textContent === message) announce(before); }, copiedMs);
}

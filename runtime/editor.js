/** Puts an Ace editor in the place of a block's code, so that nothing moves. */

import { loadAce, loadTheme } from './ace.js';

/**
 * @typedef {{ row: number, column: number }} Place
 * @typedef {object} Wishes
 * @property {string} code
 * @property {{ min: number, max: number }} lines
 * @property {{ light: string, dark: string } | null} themes null for our own palette
 * @property {boolean} dark
 * @property {Place} place where the cursor goes
 * @property {() => string} typed what was typed meanwhile
 * @property {(code: string) => void} changed
 * @property {string} label
 *
 * @typedef {object} Editor
 * @property {string} code
 * @property {(dark: boolean) => void} followScheme
 */

/** Commands that would fetch parts of Ace which we don't bring, or take keys that are the browser's. */
const unwanted = [
  'find', 'findnext', 'findprevious', 'findAll', 'replace', 'gotoline', 'goToNextError', 'goToPreviousError',
  'showSettingsMenu', 'openCommandPalette', 'openCommandPallete', 'togglerecording', 'replaymacro', 'passKeysToBrowser',
];

/**
 * @param {HTMLPreElement} pre
 * @param {Wishes} wishes
 * @returns {Promise<Editor>}
 */
export async function mountEditor(pre, wishes) {
  const ace = await loadAce();
  const theme = await themeFor(wishes.themes, wishes.dark, pre);
  const holder = document.createElement('div');
  holder.className = 'pyfence-editor';
  pre.after(holder);
  const editor = ace.edit(holder, {
    value: wishes.code,
    mode: 'ace/mode/python',
    useWorker: false,
    minLines: wishes.lines.min,
    maxLines: wishes.lines.max,
    showGutter: false,
    showPrintMargin: false,
    highlightActiveLine: false,
    displayIndentGuides: false,
    enableKeyboardAccessibility: true,
    textInputAriaLabel: wishes.label,
    newLineMode: 'unix',
  });
  editor.renderer.setTheme(theme);
  const { paddingTop, paddingBottom } = getComputedStyle(pre);
  editor.renderer.setScrollMargin(parseFloat(paddingTop), parseFloat(paddingBottom), 0, 0);
  for (const command of unwanted) editor.commands.removeCommand(command);
  editor.session.getUndoManager().reset();
  editor.session.setScrollTop(pre.scrollTop - parseFloat(paddingTop));
  editor.session.setScrollLeft(pre.scrollLeft);
  editor.on('change', () => wishes.changed(editor.getValue()));
  pre.hidden = true;
  editor.renderer.updateFull(true);
  editor.focus();
  editor.moveCursorToPosition(wishes.place);
  editor.clearSelection();
  editor.insert(wishes.typed());
  return {
    get code() { return editor.getValue(); },
    set code(code) { editor.setValue(code, -1); },
    async followScheme(dark) { editor.renderer.setTheme(await themeFor(wishes.themes, dark, pre)); },
  };
}

/**
 * @param {Wishes['themes']} themes
 * @param {boolean} dark
 * @param {HTMLPreElement} pre
 */
async function themeFor(themes, dark, pre) {
  const padding = parseFloat(getComputedStyle(pre).paddingInlineStart);
  const theme = themes ? await loadTheme(dark ? themes.dark : themes.light) : { cssClass: 'ace-pyfence', isDark: dark };
  return { ...theme, cssText: '', padding };
}

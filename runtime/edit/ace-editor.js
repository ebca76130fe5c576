/** Mounts an Ace editor in the place of the static code, so that nothing on the page moves. */

import { part } from '../loader/dom.js';
import { optionsOf } from '../loader/options.js';
import { linesOf } from '../on-demand/height.js';
import { loadAce } from './ace-loader.js';
import { editStrings } from './strings.js';
import { loadStyles } from './styles.js';

/**
 * @typedef {{ x: number, y: number }} Point from the code's corner
 *
 * @typedef {object} Circumstances
 * @property {Point | null} point where the reader pointed; null for the beginning
 * @property {() => string} typed what the reader typed meanwhile
 * @property {() => void} changed
 *
 * @typedef {object} Editor
 * @property {string} code
 * @property {(line: number | null) => void} mark
 * @property {(line: number) => void} reveal scrolls to a line that is out of sight
 */

/** @type {Partial<import('ace-builds').Ace.EditorOptions>} */
const aceOptions = {
  useWorker: false,
  showGutter: false,
  showFoldWidgets: false,
  showPrintMargin: false,
  highlightActiveLine: false,
  displayIndentGuides: false,
  enableKeyboardAccessibility: true,
  newLineMode: 'unix',
};

/** Space at the left of the code where the page has none: the focus ring is drawn there. */
const focusRingPx = 4;

/** No browser's classic scrollbar is wider (17 on Windows); a larger difference in height has another reason. */
const scrollbarPx = 24;

/** Commands that would fetch parts of Ace that no page has, or take keys that are the browser's, such as Ctrl+F. */
const unwanted = [
  'find', 'findnext', 'findprevious', 'findAll', 'replace', 'gotoline', 'goToNextError', 'goToPreviousError',
  'showSettingsMenu', 'openCommandPalette', 'openCommandPallete', 'togglerecording', 'replaymacro', 'passKeysToBrowser',
];

/**
 * @param {import('../pyfence.js').BlockContext} context
 * @param {Circumstances} circumstances
 * @returns {Promise<Editor>}
 */
export async function mountEditor({ block, pre, code: staticCode, bar, written }, { point, typed, changed }) {
  const { height, linenumbers, completion } = optionsOf(block);
  const [least, most] = [written, block.code].map((code) => linesOf(height, code));
  // Before the editor's element: a theme may style the last element of a block.
  const { paddingTop, paddingBottom, paddingLeft } = getComputedStyle(pre);
  const [ace] = await Promise.all([loadAce(), loadStyles('edit/editor.css')]);
  // Ace announces the cursor's line in English words; the number alone is in no language.
  const { defaultEnglishMessages } = ace.require('ace/lib/default_english_messages');
  ace.config.setMessages({ ...defaultEnglishMessages, 'text-input.aria-label': '$0' });

  const holder = document.createElement('div');
  holder.className = 'pyfence-editor';
  holder.style.containIntrinsicInlineSize = `${Math.max(pre.getBoundingClientRect().width, pre.scrollWidth)}px`;
  pre.after(holder);
  const editor = ace.edit(holder, {
    ...aceOptions,
    value: block.code,
    mode: 'ace/mode/python',
    minLines: Math.min(least.min, most.min),
    maxLines: Math.max(least.max, most.max),
    textInputAriaLabel: editStrings.code,
  });
  if (linenumbers) {
    editor.session.gutterRenderer = gutterOf(pre);
    editor.renderer.setShowGutter(true);
  }
  for (const command of unwanted) editor.commands.removeCommand(command);
  takePlaceOf(pre, holder, editor, { paddingTop, paddingBottom, paddingLeft });
  translateLabels(holder);
  editor.focus();
  if (point) {
    const { left, top } = holder.getBoundingClientRect();
    editor.moveCursorToPosition(editor.renderer.screenToTextCoordinates(left + point.x, top + point.y));
  }
  bar.offer('.pyfence-hint', hint);
  // Ace draws only the lines in sight. Print shows the static code, which gets the text as it is now.
  addEventListener('beforeprint', () => { staticCode.textContent = editor.getValue(); });
  editor.on('change', changed);
  editor.insert(typed());
  if (completion) completeWhenTyped(ace, editor, block);
  let marker = 0;
  let marked = 0;
  return {
    get code() { return editor.getValue(); },
    set code(code) { editor.setValue(code, -1); },
    mark(line) {
      const { session } = editor;
      session.removeMarker(marker);
      session.removeGutterDecoration(marked, 'pyfence-marked');
      if (!line) return;
      marked = line - 1;
      marker = session.addMarker(new ace.Range(marked, 0, marked, 1), 'pyfence-mark', 'fullLine');
      session.addGutterDecoration(marked, 'pyfence-marked');
    },
    reveal(line) { editor.renderer.scrollCursorIntoView({ row: line - 1, column: 0 }, 0.5); },
  };
}

/**
 * Hides the static code behind the editor, with each line of text where it stood.
 * @param {HTMLElement} pre
 * @param {HTMLElement} holder the editor's element
 * @param {import('ace-builds').Ace.Editor} editor
 * @param {Pick<CSSStyleDeclaration, 'paddingTop' | 'paddingBottom' | 'paddingLeft'>} padding of the static code
 */
function takePlaceOf(pre, holder, editor, { paddingTop, paddingBottom, paddingLeft }) {
  // The colours are in editor.css: the palette of the static code.
  editor.renderer.setTheme({ cssClass: 'ace-pyfence', cssText: '', isDark: false, padding: parseFloat(paddingLeft) || focusRingPx });
  editor.renderer.setScrollMargin(parseFloat(paddingTop), parseFloat(paddingBottom), 0, 0);
  editor.session.setScrollTop(pre.scrollTop - parseFloat(paddingTop));
  editor.session.setScrollLeft(pre.scrollLeft);
  const staticHeight = pre.offsetHeight;
  pre.hidden = true;
  editor.renderer.updateFull(true);
  // A <pre> has its horizontal scrollbar inside its height, Ace below the text. $extraHeight is private, but the only
  // way to make up for it: Ace computes its height from the number of lines.
  const difference = staticHeight - holder.offsetHeight;
  if (Math.abs(difference) <= scrollbarPx) /** @type {any} */ (editor.renderer).$extraHeight = difference;
  editor.renderer.updateFull(true);
}

/**
 * The first letter that the reader types brings completion, and so does Ctrl+Space. Where it can't be had, there is none.
 * @param {import('./ace-loader.js').Ace} ace
 * @param {import('ace-builds').Ace.Editor} editor
 * @param {import('../pyfence.js').PyodideBlock} block
 */
function completeWhenTyped(ace, editor, block) {
  const { commands } = editor;
  commands.addCommand({ name: 'startAutocomplete', bindKey: 'Ctrl-Space', exec() {} });
  commands.on('afterExec', async function begin(/** @type {{ command: { name?: string } }} */ done) {
    if (!/^(insertstring|startAutocomplete)$/.test(`${done.command.name}`)) return;
    commands.off('afterExec', begin);
    const wants = done.command.name === 'startAutocomplete';
    await import('../complete/complete.js').then(({ complete }) => complete(ace, editor, block, wants)).catch(() => {});
  });
}

/**
 * Ace labels its parts in English; these are in the page's language. The gutter is hidden from assistive technology:
 * the lines' numbers are announced with the cursor.
 * @param {HTMLElement} holder
 */
function translateLabels(holder) {
  const [content, gutter, field] = ['.ace_scroller', '.ace_gutter', 'textarea'].map((part) => holder.querySelector(part));
  content?.removeAttribute('aria-roledescription');
  content?.setAttribute('aria-label', editStrings.code);
  content?.setAttribute('aria-description', editStrings.edit);
  for (const name of ['tabindex', 'role', 'aria-roledescription', 'aria-label']) gutter?.removeAttribute(name);
  gutter?.setAttribute('aria-hidden', 'true');
  field?.setAttribute('aria-description', editStrings.leave);
}

function hint() {
  const line = part('span', 'hint');
  line.textContent = editStrings.leave;
  return line;
}

/**
 * Numbers of lines as wide as those of the static code.
 * @param {HTMLElement} pre
 */
function gutterOf(pre) {
  const { width, paddingRight } = getComputedStyle(pre, '::before');
  return {
    // Ace adds the padding of its cells, and a pixel.
    getWidth: () => Math.round(parseFloat(width)) - parseInt(paddingRight, 10) - 1,
    getText: (/** @type {unknown} */ _, /** @type {number} */ row) => `${row + 1}`,
  };
}

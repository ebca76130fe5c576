/** Puts an Ace editor in the place of a block's code, so that nothing moves. */

import { loadAce } from './ace.js';
import { part } from './bar.js';
import { linesOf } from './look.js';
import { remarks } from './remarks.js';

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
 * @property {(line: number) => void} reveal scrolls to a line that isn't seen
 */

/** @type {Partial<import('ace-builds').Ace.EditorOptions>} */
const look = {
  useWorker: false,
  showGutter: false,
  showPrintMargin: false,
  highlightActiveLine: false,
  displayIndentGuides: false,
  enableKeyboardAccessibility: true,
  newLineMode: 'unix',
};

/** Commands that would fetch parts of Ace which we don't bring, or take keys that are the browser's. */
const unwanted = [
  'find', 'findnext', 'findprevious', 'findAll', 'replace', 'gotoline', 'goToNextError', 'goToPreviousError',
  'showSettingsMenu', 'openCommandPalette', 'openCommandPallete', 'togglerecording', 'replaymacro', 'passKeysToBrowser',
];

/**
 * @param {import('./pyfence.js').Inside} inside
 * @param {Circumstances} circumstances
 * @returns {Promise<Editor>}
 */
export async function mountEditor({ block, pre, code: staticCode, bar, written }, { point, typed, changed }) {
  const lines = linesOf(block.getAttribute('height'), written);
  const { paddingTop, paddingBottom, paddingLeft } = getComputedStyle(pre);
  const [ace] = await Promise.all([loadAce(), styles()]);

  const holder = document.createElement('div');
  holder.className = 'pyfence-editor';
  pre.after(holder);
  const editor = ace.edit(holder, {
    ...look,
    value: block.code,
    mode: 'ace/mode/python',
    minLines: lines.min,
    maxLines: lines.max,
    textInputAriaLabel: remarks.code,
  });
  if (block.hasAttribute('linenumbers')) {
    editor.session.gutterRenderer = gutterOf(pre);
    editor.renderer.setShowGutter(true);
  }
  for (const command of unwanted) editor.commands.removeCommand(command);
  // Its colours are those of the static code: the stylesheet has them.
  editor.renderer.setTheme({ cssClass: 'ace-pyfence', cssText: '', isDark: false, padding: parseFloat(paddingLeft) });
  editor.renderer.setScrollMargin(parseFloat(paddingTop), parseFloat(paddingBottom), 0, 0);
  editor.session.setScrollTop(pre.scrollTop - parseFloat(paddingTop));
  editor.session.setScrollLeft(pre.scrollLeft);
  const height = pre.offsetHeight;
  pre.hidden = true;
  editor.renderer.updateFull(true);
  // The code's scrollbar may stand inside its height, Ace's stands below: whatever differs, nothing moves.
  /** @type {any} */ (editor.renderer).$extraHeight = height - holder.offsetHeight;
  editor.renderer.updateFull(true);
  editor.focus();
  if (point) {
    const { left, top } = holder.getBoundingClientRect();
    editor.moveCursorToPosition(editor.renderer.screenToTextCoordinates(left + point.x, top + point.y));
  }
  bar.status.after(hint());
  // Ace draws the lines that are seen: on paper the plain code stands, as it is now.
  addEventListener('beforeprint', () => { staticCode.textContent = editor.getValue(); });
  editor.on('change', changed);
  editor.insert(typed());
  let marker = 0;
  return {
    get code() { return editor.getValue(); },
    set code(code) { editor.setValue(code, -1); },
    mark(line) {
      editor.session.removeMarker(marker);
      if (line) marker = editor.session.addMarker(new ace.Range(line - 1, 0, line - 1, 1), 'pyfence-mark', 'fullLine');
    },
    reveal(line) { editor.renderer.scrollCursorIntoView({ row: line - 1, column: 0 }, 0.5); },
  };
}

function hint() {
  const hint = part('span', 'hint');
  hint.textContent = remarks.leave;
  return hint;
}

/** @type {Promise<unknown> | undefined} */
let styling;

function styles() {
  styling ??= new Promise((resolve, reject) => {
    const link = document.createElement('link');
    Object.assign(link, { rel: 'stylesheet', href: new URL('editor.css', import.meta.url).href, onload: resolve });
    link.onerror = () => {
      link.remove();
      styling = undefined;
      reject(new Error(`${link.href} could not be loaded`));
    };
    document.head.append(link);
  });
  return styling;
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

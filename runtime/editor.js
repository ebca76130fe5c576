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
  showFoldWidgets: false,
  showPrintMargin: false,
  highlightActiveLine: false,
  displayIndentGuides: false,
  enableKeyboardAccessibility: true,
  newLineMode: 'unix',
};

/** Pixels between the numbers of lines and the code, which are the editor's own: the ring of the focus stands in them. */
const ring = 4;

/** Pixels that a scrollbar may take. */
const scrollbar = 24;

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
  const [least, most] = [written, block.code].map((code) => linesOf(block.getAttribute('height'), code));
  const { paddingTop, paddingBottom, paddingLeft } = getComputedStyle(pre);
  const [ace] = await Promise.all([loadAce(), styles()]);
  // What Ace says of the cursor, in no language: only the line's number.
  const { defaultEnglishMessages } = ace.require('ace/lib/default_english_messages');
  ace.config.setMessages({ ...defaultEnglishMessages, 'text-input.aria-label': '$0' });

  const holder = document.createElement('div');
  holder.className = 'pyfence-editor';
  holder.style.containIntrinsicInlineSize = `${Math.max(pre.getBoundingClientRect().width, pre.scrollWidth)}px`;
  pre.after(holder);
  const editor = ace.edit(holder, {
    ...look,
    value: block.code,
    mode: 'ace/mode/python',
    minLines: Math.min(least.min, most.min),
    maxLines: Math.max(least.max, most.max),
    textInputAriaLabel: remarks.code,
  });
  if (block.hasAttribute('linenumbers')) {
    editor.session.gutterRenderer = gutterOf(pre);
    editor.renderer.setShowGutter(true);
  }
  for (const command of unwanted) editor.commands.removeCommand(command);
  // Its colours are those of the static code: the stylesheet has them.
  editor.renderer.setTheme({ cssClass: 'ace-pyfence', cssText: '', isDark: false, padding: parseFloat(paddingLeft) || ring });
  editor.renderer.setScrollMargin(parseFloat(paddingTop), parseFloat(paddingBottom), 0, 0);
  editor.session.setScrollTop(pre.scrollTop - parseFloat(paddingTop));
  editor.session.setScrollLeft(pre.scrollLeft);
  const height = pre.offsetHeight;
  pre.hidden = true;
  editor.renderer.updateFull(true);
  // The code's scrollbar may stand inside its height, Ace's stands below: whatever differs, nothing moves.
  const difference = height - holder.offsetHeight;
  if (Math.abs(difference) <= scrollbar) /** @type {any} */ (editor.renderer).$extraHeight = difference;
  editor.renderer.updateFull(true);
  speakOurWords(holder);
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
 * Ace names its parts in English. Its numbers are there for the eye: no place to go.
 * @param {HTMLElement} holder
 */
function speakOurWords(holder) {
  const [content, gutter, field] = ['.ace_scroller', '.ace_gutter', 'textarea'].map((part) => holder.querySelector(part));
  content?.removeAttribute('aria-roledescription');
  content?.setAttribute('aria-label', remarks.code);
  content?.setAttribute('aria-description', remarks.edit);
  for (const name of ['tabindex', 'role', 'aria-roledescription', 'aria-label']) gutter?.removeAttribute(name);
  gutter?.setAttribute('aria-hidden', 'true');
  field?.setAttribute('aria-description', remarks.leave);
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

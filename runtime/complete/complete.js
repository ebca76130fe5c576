/**
 * Completion in the editor: Ace shows what Python knows of the session. Python is asked while it runs nothing; else,
 * and before there is one, the words of the code and of the language are offered.
 */

import { loadScripts } from '../edit/ace-loader.js';
import { loadStyles } from '../edit/styles.js';
import { python } from '../run/python-client.js';
import { completionStrings } from './strings.js';

/**
 * @typedef {import('ace-builds').Ace.Editor} Editor
 * @typedef {import('ace-builds').Ace.Completion} Item
 * @typedef {import('../pyfence.js').PyodideBlock} PyodideBlock
 */

/** From the last key to the question: who types on isn't interrupted. */
const pauseMs = 120;

/** From the question on: what Python hasn't told by then is told without it, and anew when it has. */
const patienceMs = 500;

/** Names that are typed so far are asked for from this length on; attributes at once. */
const leastLetters = 2;

/** Characters before the cursor that tell what is asked for. */
const mostLetters = 400;

/** Code as it stands before the cursor when names of modules are asked for. */
const importing = /^\s*(?:>>>\s*)?(?:from|import)\s/;

/**
 * @param {import('../edit/ace-loader.js').Ace} ace
 * @param {Editor} editor
 * @param {PyodideBlock} block
 * @param {boolean} isAsked whether the reader asked for it already
 */
export async function complete(ace, editor, block, isAsked) {
  await Promise.all([loadScripts(ace, ['ext-language_tools.js']), loadStyles('complete/complete.css')]);
  const { Autocomplete } = ace.require('ace/autocomplete');
  const completer = Autocomplete.for(editor);
  completer.editor = editor;
  const popup = popupOf(completer, block);
  editor.completers = [completerOf(editor, block, completer, popup)];

  /** @param {boolean} isAsked what nobody asked for has nothing selected: Enter is a line end, Tab takes the first */
  const open = (isAsked) => {
    completer.autoShown = !isAsked;
    completer.autoSelect = isAsked;
    completer.showPopup(editor);
  };
  editor.commands.addCommand({ name: 'startAutocomplete', bindKey: 'Ctrl-Space', exec: () => open(true) });
  completer.keyboardHandler.bindKey('Tab', () => completer.insertMatch(popup.getData(Math.max(popup.getRow(), 0))));
  /** @type {ReturnType<typeof setTimeout>} */
  let timer;
  const openSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => { if (!completer.activated && isWorthAsking(editor)) open(false); }, pauseMs);
  };
  editor.commands.on('afterExec', ({ command, args }) => {
    if (command.name === 'insertstring' && /[\p{L}\p{N}_.]$/u.test(`${args}`)) openSoon();
    else clearTimeout(timer);
  });
  if (isAsked) open(true);
  else openSoon();
}

/**
 * The list of suggestions, which stands above all that the page has.
 * @param {any} completer
 * @param {PyodideBlock} block
 */
function popupOf(completer, block) {
  completer.parentNode = block;
  const popup = completer.getPopup();
  const { container, renderer } = popup;
  container.popover = 'manual';
  container.remove();
  popup.on('hide', () => container.remove());
  renderer.textarea.tabIndex = -1;
  const list = renderer.$textLayer.element;
  list.removeAttribute('aria-roledescription');
  list.ariaLabel = completionStrings.suggestions;
  // Ace describes each row in English.
  renderer.on('afterRender', () => { for (const row of list.children) row.ariaRoleDescription = completionStrings.suggestion; });
  return popup;
}

/**
 * @param {Editor} editor
 * @param {PyodideBlock} block
 * @param {any} completer
 * @param {any} popup
 */
function completerOf(editor, block, completer, popup) {
  let line = '';
  /** For which a late answer was shown: there is no second one. */
  let shownLate = '';
  return {
    id: 'pyfence',
    identifierRegexps: [/[\p{L}\p{N}_]/u],

    /** @type {import('ace-builds').Ace.Completer['getCompletions']} */
    async getCompletions(_, session, { row, column }, prefix, callback) {
      const written = () => session.getLine(row).slice(Math.max(0, column - mostLetters), column);
      const asked = line = written();
      const isAwaited = () => written() === asked && shownLate !== asked && editor.isFocused() && !(completer.activated && popup.getRow() > 0);
      const found = await ask({ session: block.session, line }, () => {
        if (!isAwaited()) return;
        shownLate = asked;
        completer.showPopup(editor);
      }).catch(() => null);
      /** @type {[string, string][]} */
      const known = JSON.parse(found ?? '[]');
      const isName = !line.slice(0, line.length - prefix.length).trimEnd().endsWith('.') && !importing.test(line);
      const words = isName ? wordsOf(editor, row, prefix) : [];
      // Ace's mode has the names of the language.
      const language = isName && found === null ? /** @type {any} */ (session.getMode()).getCompletions() : [];
      const unknown = [...words, ...language.map((/** @type {{ name: string }} */ { name }) => name)];
      const items = new Map([...unknown.map((name) => /** @type {[string, string]} */ ([name, ''])), ...known]);
      if (!popup.container.isConnected) block.append(popup.container);
      popup.container.showPopover();
      callback(null, [...items].map(([name, kind]) => ({ value: `${name}`, meta: `${kind}`, completerId: 'pyfence' })));
    },

    /** @param {Item & { docText?: string }} item */
    getDocTooltip(item) {
      if (item.docText !== undefined) return;
      item.docText = '';
      ask({ session: block.session, line, name: item.value }).then((text) => {
        item.docText = `${text ?? ''}`;
        if (popup.isOpen) completer.updateDocTooltip();
      }, () => {});
    },
  };
}

/**
 * Asks Python, which may be starting, or at work for code that goes on after its run.
 * @param {Omit<import('../run/protocol.js').Complete, 'type' | 'reply'>} question
 * @param {() => void} [late] hears of an answer for which nobody waits any more
 * @returns {Promise<string | null>} null where nobody answers
 */
async function ask(question, late = () => {}) {
  const port = python.idlePort;
  if (!port) return null;
  const { port1, port2 } = new MessageChannel();
  port.postMessage({ type: 'complete', ...question, reply: port2 }, [port2]);
  return new Promise((resolve) => {
    const patience = setTimeout(() => {
      port1.onmessage = late;
      resolve(null);
    }, patienceMs);
    port1.onmessage = ({ data }) => {
      clearTimeout(patience);
      resolve(data);
    };
  });
}

/** Whether a name is being written, and not text, a comment or a number. @param {Editor} editor */
function isWorthAsking(editor) {
  const { row, column } = editor.getCursorPosition();
  const line = editor.session.getLine(row).slice(0, column);
  if (/string|comment|numeric/.test(editor.session.getTokenAt(row, column)?.type ?? '')) return false;
  const [, dot, name] = /(\.?)([\p{L}_][\p{L}\p{N}_]*)?$/u.exec(line) ?? [];
  return dot ? !/(^|[^\p{L}\p{N}_)\]}'"])\d*\.$/u.test(line) : (name ?? '').length >= leastLetters;
}

/**
 * The names that the code has, without the one that is being written.
 * @param {Editor} editor
 * @param {number} row
 * @param {string} written
 */
function wordsOf({ session }, row, written) {
  const tokens = Array.from({ length: session.getLength() }, (_, line) => session.getTokens(line)).flat();
  const words = tokens.filter(({ type }) => /identifier|entity|parameter/.test(type)).map(({ value }) => value.trim());
  const own = words.indexOf(written);
  return words.filter((word, index) => index !== own && /^[\p{L}_][\p{L}\p{N}_]*$/u.test(word));
}

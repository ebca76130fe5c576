/**
 * `<pyodide-block>`: code that the reader can run and edit. Its attributes are its options and its state;
 * what it needs beyond its buttons is loaded when the reader turns to it.
 */

import { button, makeBar, makeOutput, part } from './bar.js';
import { linesOf, requirementsOf, themesOf } from './options.js';
import { isDarkBehind, watchScheme } from './scheme.js';
import { strings } from './strings.js';

/**
 * @typedef {import('./protocol.js').Outcome} Outcome
 * @typedef {import('./protocol.js').Stage} Stage
 * @typedef {import('./protocol.js').Stream} Stream
 * @typedef {import('./editor.js').Editor} Editor
 * @typedef {import('./editor.js').Place} Place
 * @typedef {'idle' | 'loading' | 'running' | 'done' | 'error'} State
 */

/** Milliseconds; a stage that is over sooner isn't told. */
const noticeable = 200;

export class PyodideBlock extends HTMLElement {
  #internals = this.attachInternals();
  #bar = makeBar((command) => this.#act(command));
  #region = makeOutput();
  #connection = new AbortController();
  /** The code as the author wrote it. */
  #written = '';
  /** @type {Promise<Editor> | null} */
  #mounting = null;
  /** @type {Editor | null} */
  #editor = null;
  /** What the reader typed before the editor stood. */
  #typed = '';
  /** @type {import('./output.js').OutputView | null} */
  #output = null;
  /** @type {(() => void) | null} ends the run that is under way */
  #halt = null;
  #announcement = 0;

  connectedCallback() {
    if (!this.#codeElement) {
      document.addEventListener('DOMContentLoaded', () => this.#codeElement && this.connectedCallback(), { once: true });
      return;
    }
    if (this.#bar.element.parentNode !== this) this.#build();
    this.#listen();
  }

  disconnectedCallback() {
    this.#connection.abort();
    // A block that only moves is connected again by then.
    queueMicrotask(() => { if (!this.isConnected) this.stop(); });
  }

  /** The code as it stands, with the reader's edits. */
  get code() {
    return this.#editor?.code ?? this.#codeElement?.textContent ?? '';
  }

  set code(code) {
    if (this.#editor) this.#editor.code = code;
    else if (this.#codeElement) {
      this.#codeElement.textContent = code;
      this.#colour();
    }
    this.#bar.element.classList.toggle('pyfence-edited', code !== this.#written);
  }

  get session() {
    return this.getAttribute('session') ?? 'default';
  }

  /** @returns {State} */
  get state() {
    return /** @type {State} */ (this.getAttribute('state') ?? 'idle');
  }

  /** Runs the code; resolves when the run is over. While one is under way there is no second. */
  async run() {
    if (this.#halt) return;
    const { code, session } = this;
    if (!this.#fire('pyodide-run', { code, session }, true)) return;
    let halted = false;
    this.#halt = () => { halted = true; };
    this.#show('loading', strings.loading);
    this.#region.replaceChildren();
    try {
      const [{ python }, { OutputView }] = await Promise.all([import('./session.js'), import('./output.js')]);
      this.#output ??= new OutputView(this.#region);
      const blocks = [...document.querySelectorAll(this.localName)];
      const request = {
        code,
        session,
        filename: `<block ${blocks.indexOf(this) + 1}>`,
        install: requirementsOf(this.getAttribute('install')),
      };
      if (halted) this.#finish({ state: 'stopped', lost: false });
      else await new Promise((resolve) => {
        const id = python.run(request, this.getAttribute('version'), {
          progress: (stage, detail) => this.#progress(stage, detail),
          output: (stream, text) => this.#write(stream, text),
          finish: (outcome) => resolve(this.#finish(outcome)),
        });
        this.#halt = () => python.stop(id);
      });
    } catch (error) {
      this.#finish({ state: 'download', text: reasonOf(error), booted: false });
    }
  }

  stop() {
    this.#halt?.();
  }

  get #codeElement() {
    return this.querySelector(':scope > pre > code');
  }

  get #pre() {
    return /** @type {HTMLPreElement} */ (this.#codeElement?.parentElement);
  }

  #build() {
    // A copy of a live block, as client-side routers keep, brings parts that nobody listens to.
    for (const part of this.querySelectorAll(':scope > :not(pre)')) part.remove();
    this.#written = this.code;
    const pre = this.#pre;
    pre.hidden = false;
    pre.tabIndex = 0;
    pre.setAttribute('role', 'group');
    pre.setAttribute('aria-label', strings.code);
    pre.setAttribute('aria-description', strings.edit);
    if (this.hasAttribute('height')) {
      const { min, max } = linesOf(this.getAttribute('height'), this.#written);
      pre.style.setProperty('--pyfence-min', `${min}`);
      pre.style.setProperty('--pyfence-max', `${max}`);
    }
    this.append(this.#bar.element, this.#region);
    this.#show('idle', '');
  }

  #listen() {
    this.#connection = new AbortController();
    const { signal } = this.#connection;
    const turn = () => this.#prepare();
    this.addEventListener('pointerenter', turn, { signal, once: true });
    this.addEventListener('focusin', turn, { signal, once: true });
    // Before the editor sees the key.
    this.addEventListener('keydown', (event) => this.#onKey(event), { signal, capture: true });
    this.#pre.addEventListener('click', (event) => this.#onClick(event), { signal });
    const follow = () => this.#followScheme();
    follow();
    signal.addEventListener('abort', watchScheme(follow));
    addEventListener('beforeprint', () => {
      if (this.#editor && this.#codeElement) this.#codeElement.textContent = this.code;
    }, { signal });
  }

  /** The reader's hand is near: what a click will need may come. */
  async #prepare() {
    await import('./prepare.js').then(({ prepare }) => prepare());
    this.#colour();
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const { key, ctrlKey, metaKey, altKey } = event;
    if (key === 'Enter' && (ctrlKey || metaKey)) this.run();
    else if (event.target === this.#pre && !ctrlKey && !metaKey && !altKey && (key === 'Enter' || key.length === 1)) {
      if (key !== 'Enter') this.#typed += key;
      this.#edit({ row: 0, column: 0 });
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {MouseEvent} event */
  #onClick({ clientX, clientY }) {
    if (document.getSelection()?.isCollapsed === false) return;
    this.#edit(placeAt(this.#pre, clientX, clientY));
  }

  /** @param {Place} place where the cursor goes */
  async #edit(place) {
    if (this.#mounting) return;
    this.#mounting = this.#mountEditor(place);
    try {
      this.#editor = await this.#mounting;
    } catch (error) {
      this.#mounting = null;
      this.#announce(`${strings.noEditor}: ${reasonOf(error)}`);
    }
    this.#typed = '';
  }

  /** @param {Place} place */
  async #mountEditor(place) {
    const { mountEditor } = await import('./editor.js');
    return mountEditor(this.#pre, {
      code: this.code,
      lines: linesOf(this.getAttribute('height'), this.#written),
      themes: themesOf(this.getAttribute('theme')),
      dark: this.#internals.states.has('dark'),
      place,
      typed: () => this.#typed,
      label: strings.code,
      changed: (code) => this.#bar.element.classList.toggle('pyfence-edited', code !== this.#written),
    });
  }

  /** @param {import('./bar.js').Command} command */
  #act(command) {
    if (command === 'run') this.run();
    else if (command === 'stop') this.stop();
    else if (command === 'copy') this.#copy();
    else if (command === 'reset') this.code = this.#written;
    else this.#clear();
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(this.code);
      this.#announce(strings.copied);
    } catch (error) {
      this.#announce(`${strings.notCopied}: ${reasonOf(error)}`);
    }
  }

  #clear() {
    this.#region.replaceChildren();
    if (!this.#halt) this.#show('idle', '');
  }

  /**
   * @param {Stage} stage
   * @param {string} detail
   */
  #progress(stage, detail) {
    this.#show(stage === 'running' ? 'running' : 'loading', strings[stage].replace('{detail}', detail), noticeable);
  }

  /**
   * @param {Stream} stream
   * @param {string} text
   */
  #write(stream, text) {
    this.#output?.write(stream, text);
    this.#fire('pyodide-output', { stream, text });
  }

  /** @param {Outcome} outcome */
  #finish(outcome) {
    this.#halt = null;
    if (outcome.state === 'done') {
      if (outcome.value) this.#output?.showValue(outcome.value);
      this.#show('done', strings.done);
    } else if (outcome.state === 'stopped') {
      this.#show('idle', outcome.lost ? strings.stoppedAndLost : strings.stopped);
    } else {
      if (outcome.state === 'download') this.#offerRetry(outcome.text);
      else this.#output?.showError(outcome.text);
      this.#show('error', strings[outcome.state]);
    }
    this.#fire('pyodide-done', outcome);
  }

  /** @param {string} reason */
  #offerRetry(reason) {
    const message = part('div', 'error');
    message.append(`${strings.download}\n${reason}\n`, button('retry', strings.retry, () => this.run()));
    this.#region.replaceChildren(message);
  }

  /**
   * @param {State} state
   * @param {string} text
   * @param {number} [delay]
   */
  #show(state, text, delay) {
    const busy = state === 'loading' || state === 'running';
    const { run, stop } = this.#bar.buttons;
    run.setAttribute('aria-disabled', `${busy}`);
    if (!busy && document.activeElement === stop) run.focus();
    this.setAttribute('state', state);
    this.setAttribute('aria-busy', `${busy}`);
    this.#announce(text, delay);
  }

  /**
   * @param {string} text
   * @param {number} [delay]
   */
  #announce(text, delay = 0) {
    clearTimeout(this.#announcement);
    this.#announcement = setTimeout(() => { this.#bar.status.textContent = text; }, delay);
  }

  /**
   * @param {string} type
   * @param {object} detail
   * @param {boolean} [cancelable]
   * @returns {boolean} false when a listener cancelled it
   */
  #fire(type, detail, cancelable = false) {
    return this.dispatchEvent(new CustomEvent(type, { detail, cancelable, bubbles: true, composed: true }));
  }

  /** Code that nothing coloured at build time. */
  async #colour() {
    const code = this.#codeElement;
    if (!code || code.childElementCount > 0) return;
    const { colour } = await import('./colour.js');
    await colour(code);
  }

  #followScheme() {
    const dark = isDarkBehind(this.parentElement);
    this.#internals.states.delete(dark ? 'light' : 'dark');
    this.#internals.states.add(dark ? 'dark' : 'light');
    this.#editor?.followScheme(dark);
  }
}

/** @param {unknown} error */
const reasonOf = (error) => (error instanceof Error ? error.message : String(error));

/**
 * The row and column of the code under a point.
 * @param {Element} pre
 * @param {number} x
 * @param {number} y
 * @returns {Place}
 */
function placeAt(pre, x, y) {
  const caret = document.caretPositionFromPoint?.(x, y);
  if (!caret || !pre.contains(caret.offsetNode)) return { row: 0, column: 0 };
  const before = document.createRange();
  before.setStart(pre, 0);
  before.setEnd(caret.offsetNode, caret.offset);
  const lines = before.toString().split('\n');
  return { row: lines.length - 1, column: lines[lines.length - 1].length };
}

/**
 * `<pyodide-block>`: code that the reader can run and edit. Its attributes are its options and its state;
 * what it needs beyond its buttons is loaded when the reader turns to it.
 */

import { makeBar, makeOutput } from './bar.js';
import { strings } from './strings.js';

/**
 * @typedef {import('./editor.js').Editor} Editor
 * @typedef {'idle' | 'loading' | 'running' | 'done' | 'error'} State
 */

let blocks = 0;

/** @type {Promise<typeof import('./run.js')> | undefined} */
let loading;

/** What runs blocks. One promise for all of them: runs go on in the order in which they were asked for. */
function runner() {
  loading ??= import('./run.js').catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

export class PyodideBlock extends HTMLElement {
  #internals = this.attachInternals();
  #bar = makeBar((command) => this.#act(command));
  #region = makeOutput(++blocks);
  #connection = new AbortController();
  /** @type {AbortController | null} ends the run that is under way */
  #run = null;
  /** The code as the author wrote it. */
  #written = '';
  /** @type {Promise<Editor> | null} */
  #mounting = null;
  /** @type {Editor | null} */
  #editor = null;
  /** What the reader typed before the editor stood. */
  #typed = '';
  /** @type {number | null} the line that failed */
  #marked = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #announcement;

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
    this.#noteEdits();
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
    if (this.#run) return;
    const { code, session } = this;
    if (!this.#fire('pyodide-run', { code, session }, true)) return;
    this.#run = new AbortController();
    const { signal } = this.#run;
    this.#show('loading', strings.loading);
    try {
      const { run } = await runner();
      await run(this, {
        region: this.#region,
        signal,
        show: (state, text, delay) => this.#show(state, text, delay),
        fire: (type, detail) => this.#fire(type, detail),
        mark: (line) => this.#mark(line),
      });
    } catch (error) {
      this.#show('error', `${strings.download}: ${error}`);
    } finally {
      this.#run = null;
    }
  }

  stop() {
    this.#run?.abort();
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
    if (this.hasAttribute('height')) this.#setHeight();
    this.append(this.#bar.element, this.#region);
    this.#show('idle', '');
  }

  async #setHeight() {
    const { linesOf } = await import('./options.js');
    const { min, max } = linesOf(this.getAttribute('height'), this.#written);
    this.#pre.style.setProperty('--pyfence-min', `${min}`);
    this.#pre.style.setProperty('--pyfence-max', `${max}`);
  }

  #listen() {
    this.#connection = new AbortController();
    const { signal } = this.#connection;
    // A help that fails is no harm: the run or the edit itself tells.
    const prepare = () => { this.#prepare().catch(() => {}); };
    this.addEventListener('pointerenter', prepare, { signal, once: true });
    this.addEventListener('focusin', prepare, { signal, once: true });
    // Capturing: before the editor sees the key.
    this.addEventListener('keydown', (event) => this.#onKey(event), { signal, capture: true });
    this.#pre.addEventListener('click', ({ clientX, clientY }) => {
      const { left, top } = this.#pre.getBoundingClientRect();
      if (document.getSelection()?.isCollapsed ?? true) this.#edit({ x: clientX - left, y: clientY - top });
    }, { signal });
    addEventListener('beforeprint', () => {
      if (this.#editor && this.#codeElement) this.#codeElement.textContent = this.code;
    }, { signal });
    this.#followScheme(signal);
  }

  /** The reader's hand is near: what a click will need may come. */
  async #prepare() {
    const { prepare } = await import('./prepare.js');
    await prepare();
    await this.#colour();
    const { above } = await import('./above.js');
    this.#bar.buttons.above.hidden = above(this).length === 0;
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const { key, ctrlKey, metaKey, altKey, target } = event;
    if (key === 'Enter' && (ctrlKey || metaKey)) this.run();
    else if (target === this.#pre && !ctrlKey && !metaKey && !altKey && (key === 'Enter' || key.length === 1)) {
      if (key !== 'Enter') this.#typed += key;
      this.#edit(null);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {import('./editor.js').Point | null} point where the reader pointed; null for the beginning */
  async #edit(point) {
    if (this.#mounting) return;
    this.#mounting = import('./editor.js').then(({ mountEditor }) => mountEditor(this, this.#pre, {
      point,
      written: this.#written,
      dark: this.#internals.states.has('dark'),
      typed: () => this.#typed,
      changed: () => this.#noteEdits(),
    }));
    try {
      this.#editor = await this.#mounting;
      this.#editor.mark(this.#marked);
    } catch (error) {
      this.#mounting = null;
      this.#announce(`${strings.noEditor}: ${error}`);
    }
    this.#typed = '';
  }

  /** @param {import('./bar.js').Command} command */
  #act(command) {
    if (command === 'run') this.run();
    else if (command === 'stop') this.stop();
    else if (command === 'above') import('./above.js').then(({ above, runInOrder }) => runInOrder([...above(this), this]));
    else if (command === 'copy') this.#copy();
    else if (command === 'reset') this.code = this.#written;
    else this.#clear();
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(this.code);
      this.#announce(strings.copied);
    } catch (error) {
      this.#announce(`${strings.notCopied}: ${error}`);
    }
  }

  #clear() {
    this.#region.replaceChildren();
    if (!this.#run) this.#show('idle', '');
  }

  /** @param {number | null} line */
  #mark(line) {
    this.#marked = line;
    this.#editor?.mark(line);
    if (line) this.#pre.style.setProperty('--pyfence-marked', `${line}`);
    else this.#pre.style.removeProperty('--pyfence-marked');
  }

  #noteEdits() {
    this.#mark(null);
    this.#bar.element.classList.toggle('pyfence-edited', this.code !== this.#written);
  }

  /**
   * @param {State} state
   * @param {string} text
   * @param {number} [delay] milliseconds before it is said
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

  /** @param {AbortSignal} signal */
  async #followScheme(signal) {
    const { watchScheme } = await import('./scheme.js');
    watchScheme(this, signal, (dark) => {
      this.#internals.states.delete(dark ? 'light' : 'dark');
      this.#internals.states.add(dark ? 'dark' : 'light');
      this.#editor?.followScheme(dark);
    });
  }
}

/**
 * The loader: makes `<pyodide-block>` code that the reader can run and edit. Its attributes are its options and
 * its state; what it needs beyond its buttons is loaded when the reader turns to it.
 */

import { makeBar } from './loader/bar.js';
import { watchScheme } from './loader/color-scheme.js';
import { part } from './loader/dom.js';
import { once } from './loader/once.js';
import { optionsOf } from './loader/options.js';
import { strings } from './loader/strings.js';

/**
 * @typedef {'idle' | 'loading' | 'running' | 'done' | 'error'} State
 *
 * @typedef {object} BlockContext what the modules that serve a block share; the page sees the element alone
 * @property {PyodideBlock} block
 * @property {import('./loader/bar.js').Bar} bar
 * @property {HTMLElement} region for the output
 * @property {HTMLPreElement} pre
 * @property {Element} code the static code
 * @property {string} written the code as the author wrote it
 * @property {string} text the code as it stands without an editor: a theme's script may make a table of lines of what shows it
 * @property {import('./edit/ace-editor.js').Editor | null} editor
 * @property {number | null} [markedLine] the line that failed
 * @property {import('./output/output-view.js').OutputView} [view] draws into the region since the last run
 * @property {() => void} [storeEdits] where the block has `persist` or is an exercise
 * @property {(state: State, text: string, delay?: number) => void} show
 * @property {(text: string, delay?: number) => void} announce
 * @property {(type: string, detail: object) => boolean} fire tells the page; false when it objects
 */

// Who asks for a module goes on in the order of asking: blocks run in the order in which they were started.
const runner = once(() => import('./run/run.js'));
const editing = once(() => import('./edit/edit.js'));

/** Milliseconds that the pointer or the focus stays on a block of which the reader wants something. */
const stayMs = 150;

/** Milliseconds after Stop in which a run ends by itself, unless what it waits for never comes. */
const patienceMs = 5_000;

export class PyodideBlock extends HTMLElement {
  #internals = this.attachInternals();
  /** @type {AbortController | undefined} */
  #connection;
  /** @type {AbortController | undefined} stops the run */
  #run;
  /** @type {Promise<void> | null} */
  #running = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #announcement;
  /** @type {BlockContext | undefined} */
  #built;

  connectedCallback() {
    // A task for each block: a page of hundreds answers its reader meanwhile.
    setTimeout(() => {
      if (!this.isConnected) return;
      const context = this.#context;
      if (context?.pre.parentElement === this) this.#listen(context);
      else import('./on-demand/await-code.js').then(({ awaitCode }) => awaitCode(this));
    });
  }

  disconnectedCallback() {
    this.#connection?.abort();
    // A block that only moves is connected again by then.
    queueMicrotask(() => { if (!this.isConnected) this.stop(); });
  }

  /** Made when first asked for; undefined until the code is there. */
  get #context() {
    return this.#built ??= this.#build();
  }

  /**
   * The code as it stands, with the reader's edits.
   * @returns {string}
   */
  get code() {
    const context = this.#context;
    return context?.editor?.code ?? context?.text ?? '';
  }

  set code(text) {
    const context = this.#context;
    if (!context) return;
    if (context.editor) context.editor.code = text;
    else context.code.textContent = context.text = text;
    editing().then(({ edited }) => edited(context));
  }

  get session() {
    return this.getAttribute('session') ?? 'default';
  }

  /** @returns {State} */
  get state() {
    return /** @type {State} */ (this.getAttribute('state') ?? 'idle');
  }

  /**
   * Runs the code; resolves when the run is over. While one is under way there is no second.
   * @param {Promise<boolean>} [before] comes true when it may begin
   */
  async run(before) {
    const context = this.#context;
    if (context) await (this.#running ??= this.#start(context, before));
  }

  /**
   * @param {BlockContext} context
   * @param {Promise<boolean>} [before]
   */
  async #start(context, before) {
    const { signal } = this.#run = new AbortController();
    // Whoever hears of the run finds it under way.
    await null;
    /** @type {import('./run/protocol.js').Outcome | undefined} */
    let outcome;
    if (context.fire('pyodide-run', { code: this.code, session: this.session })) {
      context.show('loading', strings.loading);
      const stop = (/** @type {number} */ ms) => new Promise((_, end) => signal.addEventListener('abort', () => setTimeout(end, ms)));
      try {
        // Our own files may stall, before the code runs and behind it.
        const { run } = await Promise.race([runner(), stop(0)]);
        outcome = await Promise.race([run(context, signal, before), stop(patienceMs)]);
      } catch (error) {
        const text = signal.aborted ? '' : `${error}`;
        outcome = text ? { state: 'unavailable', text } : { state: 'stopped', lost: false };
        context.show(text ? 'error' : 'idle', text);
      }
    }
    this.#running = null;
    if (outcome) context.fire('pyodide-done', outcome);
  }

  stop() {
    this.#run?.abort();
  }

  #build() {
    // While the page is parsed, code that is there may be half of it.
    const code = document.readyState !== 'loading' && this.querySelector(':scope > pre > code');
    if (!code) return;
    const pre = /** @type {HTMLPreElement} */ (code.parentElement);
    const recorded = /** @type {HTMLElement | null} */ (this.querySelector(':scope > [data-recorded]'));
    // A copy of a live block, as client-side routers keep, brings parts that nobody listens to.
    while (pre.nextSibling) pre.nextSibling.remove();
    const written = code.textContent ?? '';
    /** @type {BlockContext} */
    const context = {
      block: this, pre, code, written, text: written,
      bar: makeBar({
        run: () => this.run(),
        stop: () => this.stop(),
        copy: () => editing().then(({ copy }) => copy(context)),
      }),
      region: recorded ?? part('div', 'output'),
      editor: null,
      show: (...told) => this.#show(context, ...told),
      announce: (...told) => this.#announce(context, ...told),
      fire: (type, detail) => this.dispatchEvent(new CustomEvent(type, { detail, cancelable: true, bubbles: true, composed: true })),
    };
    pre.hidden = false;
    pre.tabIndex = 0;
    pre.role = 'group';
    pre.ariaLabel = strings.code;
    if (!optionsOf(this).readonly) pre.ariaDescription = strings.edit;
    this.append(context.bar.element, context.region);
    this.translate = false;
    // Scripts of themes that come later put something around every `pre`: it is taken away as before.
    new MutationObserver(() => this.connectedCallback()).observe(this, { childList: true });
    context.show('idle', '');
    if (recorded || this.matches('[title],[height],[theme],[linenumbers],[autorun],[persist],[show],[exercise],[timelimit]')) {
      import('./on-demand/decorate.js').then(({ decorate }) => decorate(context));
    }
    return context;
  }

  /** @param {BlockContext} context */
  #listen(context) {
    this.#connection?.abort();
    const { signal } = this.#connection = new AbortController();
    const prepare = () => {
      // A help that fails is no harm: the run or the edit itself tells.
      runner().catch(() => {});
      setTimeout(() => {
        listen();
        if (this.matches(':hover, :focus-within') && !/loading|running/.test(this.state)) {
          runner().then(({ warmUp }) => warmUp(context)).catch(() => {});
        }
      }, stayMs);
    };
    // A block that scrolls under a pointer at rest is entered, but the pointer doesn't move.
    const listen = () => ['pointermove', 'focusin'].forEach((type) => this.addEventListener(type, prepare, { signal, once: true }));
    listen();
    // Capturing: before the editor sees the key.
    this.addEventListener('keydown', (event) => this.#onKey(context, event), { signal, capture: true });
    context.pre.addEventListener('click', ({ clientX, clientY }) => {
      const { x, y } = context.pre.getBoundingClientRect();
      if (document.getSelection()?.isCollapsed !== false) this.#edit(context, { x: clientX - x, y: clientY - y }, '');
    }, { signal });
    watchScheme(this, signal, (dark) => {
      this.#internals.states.clear();
      this.#internals.states.add(dark ? 'dark' : 'light');
    });
  }

  /**
   * @param {BlockContext} context
   * @param {KeyboardEvent} event
   */
  #onKey(context, event) {
    const { key, ctrlKey, metaKey, altKey, repeat, target } = event;
    if (key === 'Enter' && (ctrlKey || metaKey)) repeat || this.run();
    else if (target === context.pre && !(ctrlKey || metaKey || altKey) && (key === 'Enter' || /^\S$/u.test(key))) {
      if (!this.#edit(context, null, key === 'Enter' ? '\n' : key)) return;
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /**
   * @param {BlockContext} context
   * @param {import('./edit/ace-editor.js').Point | null} point where the reader pointed; null for the beginning
   * @param {string} typed what the reader typed
   * @returns {boolean} whether this code can be edited
   */
  #edit(context, point, typed) {
    if (optionsOf(this).readonly) return false;
    editing().then(({ openEditor }) => openEditor(context, point, typed)).catch((error) => context.announce(`${error}`));
    return true;
  }

  /**
   * @param {BlockContext} context
   * @param {State} state
   * @param {string} text
   * @param {number} [delay] milliseconds before it is said
   */
  #show(context, state, text, delay) {
    const busy = /loading|running/.test(state);
    const { run, stop } = context.bar;
    run.ariaDisabled = `${busy}`;
    if (!busy && document.activeElement === stop) run.focus();
    this.setAttribute('state', state);
    // Not the block: its status is to be spoken meanwhile.
    context.region.ariaBusy = `${busy}`;
    this.#announce(context, text, delay);
  }

  /**
   * @param {BlockContext} context
   * @param {string} text
   * @param {number} [delay]
   */
  #announce(context, text, delay) {
    clearTimeout(this.#announcement);
    this.#announcement = setTimeout(() => { context.bar.status.textContent = text; }, delay);
  }
}

// A second copy of the loader on the page finds it done.
customElements.get('pyodide-block') ?? customElements.define('pyodide-block', PyodideBlock);

// Where the author says so: markup alone, which on many pages readers write too, makes no blocks.
if (document.querySelector('script[data-fences]')) import('./on-demand/stock-fences.js').then(({ watch }) => watch());

if (/^#pyfence=/.test(location.hash)) import('./share/open-link.js').then(({ openLink }) => openLink());

// Whoever ran code on another page of the site some two minutes ago is likely to run more on this one.
try {
  if (Date.now() - sessionStorage['pyfence-ran'] < 120_000) runner().then(({ expectRun }) => expectRun()).catch(() => {});
} catch {
  // A frame without the page's origin has no storage.
}

/**
 * The loader: makes `<pyodide-block>` code that the reader can run and edit. Its attributes are its options and
 * its state; what it needs beyond its buttons is loaded when the reader turns to it.
 */

import { makeBar, part } from './bar.js';
import { watchScheme } from './scheme.js';
import { strings } from './strings.js';

/**
 * @typedef {'idle' | 'loading' | 'running' | 'done' | 'error'} State
 *
 * @typedef {object} Inside what the modules that serve a block share; the page sees the element alone
 * @property {PyodideBlock} block
 * @property {import('./bar.js').Bar} bar
 * @property {HTMLElement} region for the output
 * @property {HTMLPreElement} pre
 * @property {Element} code the static code
 * @property {string} written the code as the author wrote it
 * @property {import('./editor.js').Editor | null} editor
 * @property {number | null} marked the line that failed
 * @property {import('./output.js').OutputView} [view] draws into the region since the last run
 * @property {(state: State, text: string, delay?: number) => void} show
 * @property {(text: string, delay?: number) => void} announce
 * @property {(type: string, detail: object) => boolean} fire tells the page; false when it objects
 */

/**
 * One promise of a module for all who ask: they go on in the order in which they asked. A failed one is tried again.
 * @template T
 * @param {() => Promise<T>} load
 */
function once(load) {
  /** @type {Promise<T> | undefined} */
  let loading;
  return () => loading ??= load().catch((error) => {
    loading = undefined;
    throw error;
  });
}

const runner = once(() => import('./run.js'));
const editing = once(() => import('./editing.js'));
const extras = once(() => import('./extras.js'));

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
  /** @type {Inside | undefined} from when the code is there */
  #inside;

  connectedCallback() {
    const code = this.querySelector(':scope > pre > code');
    if (code) this.#listen(this.#inside ??= this.#build(code));
    else import('./late.js').then(({ whenWhole }) => whenWhole(this));
  }

  disconnectedCallback() {
    this.#connection?.abort();
    // A block that only moves is connected again by then.
    queueMicrotask(() => { if (!this.isConnected) this.stop(); });
  }

  /**
   * The code as it stands, with the reader's edits.
   * @returns {string}
   */
  get code() {
    return this.#inside?.editor?.code ?? this.#inside?.code.textContent ?? '';
  }

  set code(text) {
    const inside = this.#inside;
    if (!inside) return;
    if (inside.editor) inside.editor.code = text;
    else inside.code.textContent = text;
    editing().then(({ edited }) => edited(inside));
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
    if (this.#inside) await (this.#running ??= this.#start(this.#inside, before));
  }

  /**
   * @param {Inside} inside
   * @param {Promise<boolean>} [before]
   */
  async #start(inside, before) {
    const { signal } = this.#run = new AbortController();
    // Whoever hears of the run finds it under way.
    await null;
    /** @type {import('./protocol.js').Outcome | undefined} */
    let outcome;
    if (inside.fire('pyodide-run', { code: this.code, session: this.session })) {
      inside.show('loading', strings.loading);
      try {
        // Our own file may stall too.
        const { run } = await Promise.race([runner(), new Promise((_, stop) => { signal.onabort = stop; })]);
        outcome = await run(inside, signal, before);
      } catch (error) {
        const text = signal.aborted ? '' : `${error}`;
        outcome = text ? { state: 'download', text } : { state: 'stopped', lost: false };
        inside.show(text ? 'error' : 'idle', text);
      }
    }
    this.#running = null;
    if (outcome) inside.fire('pyodide-done', outcome);
  }

  stop() {
    this.#run?.abort();
  }

  /**
   * @param {Element} code
   * @returns {Inside}
   */
  #build(code) {
    const pre = /** @type {HTMLPreElement} */ (code.parentElement);
    // A copy of a live block, as client-side routers keep, brings parts that nobody listens to.
    while (pre.nextSibling) pre.nextSibling.remove();
    /** @type {Inside} */
    const inside = {
      block: this, pre, code, written: code.textContent ?? '',
      bar: makeBar({
        run: () => this.run(),
        stop: () => this.stop(),
        copy: () => editing().then(({ copy }) => copy(inside)),
      }),
      region: part('div', 'output'),
      editor: null, marked: null,
      show: (...told) => this.#show(inside, ...told),
      announce: (...told) => this.#announce(inside, ...told),
      fire: (type, detail) => this.dispatchEvent(new CustomEvent(type, { detail, cancelable: true, bubbles: true, composed: true })),
    };
    pre.hidden = false;
    pre.tabIndex = 0;
    pre.setAttribute('role', 'group');
    pre.setAttribute('aria-label', strings.code);
    if (!this.hasAttribute('readonly')) pre.setAttribute('aria-description', strings.edit);
    this.append(inside.bar.element, inside.region);
    this.translate = false;
    inside.show('idle', '');
    const theme = this.getAttribute('theme');
    if (theme) import('./theme.js').then(({ wear }) => wear(theme));
    if (this.matches('[title], [height], [linenumbers], [persist], [autorun]')) {
      extras().then(({ dress }) => dress(inside));
    }
    return inside;
  }

  /** @param {Inside} inside */
  #listen(inside) {
    this.#connection?.abort();
    const { signal } = this.#connection = new AbortController();
    // A help that fails is no harm: the run or the edit itself tells.
    const prepare = () => { import('./prepare.js').then((module) => module.prepare(inside)).catch(() => {}); };
    this.addEventListener('pointerenter', prepare, { signal, once: true });
    this.addEventListener('focusin', prepare, { signal, once: true });
    // Capturing: before the editor sees the key.
    this.addEventListener('keydown', (event) => this.#onKey(inside, event), { signal, capture: true });
    inside.pre.addEventListener('click', ({ clientX, clientY }) => {
      const { x, y } = inside.pre.getBoundingClientRect();
      if (document.getSelection()?.isCollapsed !== false) this.#edit(inside, { x: clientX - x, y: clientY - y }, '');
    }, { signal });
    watchScheme(this, signal, (dark) => {
      this.#internals.states.clear();
      this.#internals.states.add(dark ? 'dark' : 'light');
    });
  }

  /**
   * @param {Inside} inside
   * @param {KeyboardEvent} event
   */
  #onKey(inside, event) {
    const { key, ctrlKey, metaKey, altKey, repeat, target } = event;
    if (key === 'Enter' && (ctrlKey || metaKey)) repeat || this.run();
    else if (target === inside.pre && !(ctrlKey || metaKey || altKey) && (key === 'Enter' || /^\S$/u.test(key))) {
      if (!this.#edit(inside, null, key === 'Enter' ? '\n' : key)) return;
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /**
   * @param {Inside} inside
   * @param {import('./editor.js').Point | null} point where the reader pointed; null for the beginning
   * @param {string} typed what the reader typed
   * @returns {boolean} whether this code can be edited
   */
  #edit(inside, point, typed) {
    if (this.hasAttribute('readonly')) return false;
    editing().then(({ open }) => open(inside, point, typed)).catch((error) => inside.announce(`${error}`));
    return true;
  }

  /**
   * @param {Inside} inside
   * @param {State} state
   * @param {string} text
   * @param {number} [delay] milliseconds before it is said
   */
  #show(inside, state, text, delay) {
    const busy = state === 'loading' || state === 'running';
    const { run, stop } = inside.bar;
    run.setAttribute('aria-disabled', `${busy}`);
    if (!busy && document.activeElement === stop) run.focus();
    this.setAttribute('state', state);
    // Not the block: its status is to be spoken meanwhile.
    inside.region.setAttribute('aria-busy', `${busy}`);
    this.#announce(inside, text, delay);
  }

  /**
   * @param {Inside} inside
   * @param {string} text
   * @param {number} [delay]
   */
  #announce(inside, text, delay = 0) {
    clearTimeout(this.#announcement);
    this.#announcement = setTimeout(() => { inside.bar.status.textContent = text; }, delay);
  }
}

// A second copy of the loader on the page finds it done.
if (!customElements.get('pyodide-block')) customElements.define('pyodide-block', PyodideBlock);

/** Stock fences, also those that a client-side router brings. */
function upgradeFences() {
  if (document.querySelector(':is([data-pyodide], code.language-pyodide):not(pyodide-block *)')) import('./upgrade.js').then(({ upgrade }) => upgrade());
}

upgradeFences();
new MutationObserver(upgradeFences).observe(document, { childList: true, subtree: true });

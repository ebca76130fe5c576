/**
 * The output of a run, in order. Plain text is drawn here as long as there is little of it; from the first escape
 * sequence, rich value or long text on `output-renderer.js` draws. Program text is never HTML.
 */

import { part } from '../loader/dom.js';

/** Characters that are drawn without the terminal, which most runs then needn't load. */
const plainTextLimit = 5_000;

/** The escapes that clear a terminal's screen. */
const clearScreen = /\x1b(?:c|\[[23]J|\[H\x1b\[0?J)/;

/**
 * @typedef {object} Item
 * @property {string} kind `stdout`, `stderr` or `value`
 * @property {string} text
 * @property {import('../run/protocol.js').Value | null} [rich] what the value offers besides text
 * @property {boolean} [isLast] the value of the run itself
 * @property {string | null} [place] the name that code has for where the value stands
 * @property {boolean} [isUpdate] whether it takes the place of what has that name
 */

export class OutputView {
  region;
  #isText;
  #left = plainTextLimit;
  /** @type {Item[]} */
  #waiting = [];
  #frame = 0;
  #clearsNext = false;
  /** @type {import('./output-renderer.js').OutputRenderer | undefined} */
  #renderer;
  /** @type {Promise<void> | undefined} */
  #loading;

  /**
   * @param {HTMLElement} region
   * @param {boolean} isText whether values show as text, whatever else they offer
   */
  constructor(region, isText) {
    this.region = region;
    this.#isText = isText;
  }

  /**
   * @param {import('../run/protocol.js').Value} value
   * @param {{ isLast?: boolean, place?: string | null, isUpdate?: boolean }} [how]
   */
  showValue(value, how) {
    const { 'text/plain': text = '', ...others } = value;
    const rich = !this.#isText && Object.keys(others).length > 0 ? value : null;
    this.take({ kind: 'value', text, rich, ...how });
  }

  /** @param {Item} item */
  take(item) {
    const screens = item.text.split(clearScreen);
    if (this.#clearsNext || screens.length > 1) this.clear();
    item.text = screens.at(-1) ?? '';
    this.#waiting.push(item);
    // A piece of its own costs the page more than its text.
    this.#left -= item.text.length + 20;
    if (item.rich || item.place || this.#left < 0 || /[\x1b\r\b]/.test(item.text)) {
      // Where it can't be had, text is better than nothing.
      this.#loading ??= import('./output-renderer.js').then(({ OutputRenderer }) => { this.#renderer = new OutputRenderer(this.region); }, () => {});
    }
    this.#frame ||= requestAnimationFrame(() => this.settled());
  }

  /** Resolves when everything that came is on the page. The reader who is at its end stays there. */
  async settled() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    await this.#loading;
    /** @type {any} its children are there, and are HTML */
    const region = this.region;
    const isAtEnd = region.scrollHeight - region.scrollTop - region.clientHeight < 2;
    const items = this.#waiting.splice(0);
    for (const item of items) (this.#renderer ?? this).put(item);
    await this.#renderer?.drawn;
    if (!isAtEnd) return;
    // A result that is higher than the region is read from its beginning.
    region.scrollTop = items.at(-1)?.isLast ? region.lastElementChild.offsetTop - region.firstElementChild.offsetTop : region.scrollHeight;
  }

  /** @param {Item} item of plain text */
  put({ kind, text }) {
    let piece = this.region.lastElementChild;
    if (!piece?.matches(`.pyfence-${kind}`) || kind === 'value') {
      piece = part('div', kind);
      this.region.append(piece);
    }
    piece.append(text);
  }

  /**
   * Takes off what's on the page; what the reader is asked stays.
   * @param {boolean} [waits] until there is something new
   */
  clear(waits = false) {
    this.#clearsNext = waits;
    if (waits) return;
    this.#waiting = [];
    this.#left = plainTextLimit;
    for (const piece of [...this.region.children]) if (!piece.matches('.pyfence-question')) piece.remove();
    this.#renderer?.clear();
  }
}

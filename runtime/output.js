/**
 * What a run shows under its block, in order. A little plain text is drawn here; where there is more, or more to it,
 * `screen.js` draws. Program text is never markup.
 */

import { part } from './bar.js';

/**
 * @typedef {object} Item
 * @property {string} kind `stdout`, `stderr` or `value`
 * @property {string} text
 * @property {import('./protocol.js').Value | null} [rich] what the value offers besides text
 * @property {boolean} [isLast] the value of the run itself
 */

/** Characters of plain text. */
const little = 5_000;

export class OutputView {
  #region;
  #isText;
  #left = little;
  /** @type {Item[]} */
  #waiting = [];
  #frame = 0;
  /** @type {import('./screen.js').Screen | undefined} */
  #screen;
  /** @type {Promise<void> | undefined} */
  #loading;

  /**
   * @param {HTMLElement} region
   * @param {boolean} isText whether values show as text, whatever else they offer
   */
  constructor(region, isText) {
    this.#region = region;
    this.#isText = isText;
  }

  /**
   * @param {import('./protocol.js').Value} value
   * @param {boolean} [isLast]
   */
  showValue(value, isLast) {
    const { 'text/plain': text = '', ...others } = value;
    const rich = !this.#isText && Object.keys(others).length > 0 ? value : null;
    this.take({ kind: 'value', text, rich, isLast });
  }

  /** @param {Item} item */
  take(item) {
    this.#waiting.push(item);
    // A piece of its own costs the page more than its text.
    this.#left -= item.text.length + 20;
    if (item.rich || this.#left < 0 || /[\x1b\r\b]/.test(item.text)) {
      // Where it can't be had, text is better than nothing.
      this.#loading ??= import('./screen.js').then(({ Screen }) => { this.#screen = new Screen(this.#region); }, () => {});
    }
    this.#frame ||= requestAnimationFrame(() => this.settled());
  }

  /** Resolves when everything that came is on the page. The reader who is at its end stays there. */
  async settled() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    await this.#loading;
    const region = this.#region;
    const isAtEnd = region.scrollHeight - region.scrollTop - region.clientHeight < 2;
    const items = this.#waiting.splice(0);
    await Promise.all(items.map((item) => (this.#screen ?? this).put(item)));
    if (!isAtEnd) return;
    const { firstElementChild: first, lastElementChild: last } = /** @type {{ [end: string]: HTMLElement }} */ (/** @type {unknown} */ (region));
    // A result that is higher than the region is read from its beginning.
    region.scrollTop = items.at(-1)?.isLast ? last.offsetTop - first.offsetTop : region.scrollHeight;
  }

  /** @param {Item} item of plain text */
  put({ kind, text }) {
    let piece = this.#region.lastElementChild;
    if (!piece?.matches(`.pyfence-${kind}`) || kind === 'value') {
      piece = part('div', kind);
      this.#region.append(piece);
    }
    piece.append(text);
  }

  /** Takes off what's on the page; what the reader is asked stays. */
  clear() {
    this.#waiting = [];
    this.#left = little;
    for (const piece of [...this.#region.children]) if (!piece.matches('.pyfence-question')) piece.remove();
    this.#screen?.clear();
  }
}

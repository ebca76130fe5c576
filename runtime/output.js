/**
 * What a run shows under its block: text as it streams, and values. Program text is never markup.
 * Only so much text is put on the page that the page stays quick; the rest is kept for the reader who asks.
 */

import { part } from './bar.js';

/**
 * @typedef {import('./protocol.js').Stream} Stream
 * @typedef {import('./protocol.js').Value} Value
 * @typedef {import('./terminal.js').Terminal} Terminal
 */

/** Characters and lines on the page before the reader asks for more. */
const room = { characters: 100_000, lines: 2_000 };

/** Characters that the reader may have put on the page; more can only be saved. */
export const bearable = 2_000_000;

export class OutputView {
  #region;
  #isText;
  /** @type {{ kind: string, text: string }[]} */
  #waiting = [];
  #frame = 0;
  #left = { ...room };
  /** @type {{ kind: string, text: string }[]} what found no room */
  #held = [];
  #more = part('div', 'help');
  /** @type {typeof import('./terminal.js').Terminal | null} draws colours and redrawn lines */
  #Terminal = null;
  /** @type {Promise<void> | null} */
  #loading = null;
  /** @type {{ piece: HTMLElement, terminal: Terminal } | null} */
  #screen = null;

  /**
   * @param {HTMLElement} region
   * @param {boolean} isText whether values show as text, whatever else they offer
   */
  constructor(region, isText) {
    this.#region = region;
    this.#isText = isText;
  }

  /**
   * @param {Stream} stream
   * @param {string} text
   */
  write(stream, text) {
    this.#take(stream, text);
    this.#frame ||= requestAnimationFrame(() => this.#draw());
  }

  /**
   * @param {Value} value
   * @returns {Promise<void>} when it is on the page
   */
  async showValue(value) {
    if (this.#isText || Object.keys(value).length === 1) {
      this.#take('value', value['text/plain'] ?? '');
      return this.settled();
    }
    this.#draw();
    const piece = part('div', 'value');
    this.#region.append(piece);
    await import('./rich.js').then(({ putValue }) => putValue(piece, value))
      .catch(() => piece.append(value['text/plain'] ?? ''));
  }

  /** Resolves when everything written is on the page. */
  async settled() {
    await this.#loading;
    this.#draw();
  }

  /**
   * @param {string} kind
   * @param {string} text
   */
  #take(kind, text) {
    const fitting = this.#held.length > 0 ? '' : this.#fitting(text);
    if (fitting !== '' || text === '') this.#waiting.push({ kind, text: fitting });
    if (fitting.length < text.length) this.#held.push({ kind, text: text.slice(fitting.length) });
    if (/[\x1b\r]/.test(fitting) && !this.#Terminal) {
      this.#loading ??= import('./terminal.js').then(({ Terminal }) => {
        this.#Terminal = Terminal;
        this.#draw();
      });
    }
  }

  /** As much of a text as there is room for. @param {string} text */
  #fitting(text) {
    let end = Math.min(text.length, this.#left.characters);
    for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) {
      this.#left.lines -= 1;
      if (this.#left.lines === 0) end = at + 1;
    }
    this.#left.characters -= end;
    return text.slice(0, end);
  }

  #draw() {
    if (this.#loading && !this.#Terminal) return;
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    for (const { kind, text } of this.#waiting.splice(0)) this.#put(kind, text);
    if (this.#held.length > 0) this.#offerMore();
  }

  /**
   * @param {string} kind
   * @param {string} text
   */
  #put(kind, text) {
    let piece = /** @type {HTMLElement | null} */ (this.#region.lastElementChild);
    if (!piece?.classList.contains(`pyfence-${kind}`) || kind === 'value') {
      piece = part('div', kind);
      this.#region.append(piece);
    }
    if (!this.#Terminal) piece.append(text);
    else {
      if (this.#screen?.piece !== piece) this.#screen = { piece, terminal: new this.#Terminal(piece) };
      this.#screen.terminal.write(text);
    }
  }

  async #offerMore() {
    this.#region.append(this.#more);
    const { offerRest } = await import('./held.js');
    offerRest(this.#more, this.#region, this.#held, () => {
      this.#more.remove();
      for (const { kind, text } of this.#held.splice(0)) this.#put(kind, text);
      this.#left = { characters: bearable, lines: Infinity };
    });
  }
}

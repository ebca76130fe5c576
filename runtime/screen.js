/**
 * Draws output that is more than a little plain text, in order. Only so much is put on the page that the page stays
 * quick; the rest is held for the reader who asks.
 */

import { part } from './bar.js';
import { bearable, Offer, save } from './held.js';
import { lineCost, Terminal } from './terminal.js';

/** @typedef {import('./output.js').Item & { isRest?: boolean }} Item `isRest`: its beginning is on the page */

/** What the page bears before the reader asks for more, in characters; and what may stand behind the offer. */
const room = 120_000;
const roomBehind = 20_000;

/** A value that isn't text costs as much. */
const richCost = 2_400;

/** What is drawn in one frame when the reader asks for all. */
const share = 30_000;

/** Characters that the terminal gets at once. */
const chunk = 15_000;

export class Screen {
  #region;
  /** @type {Stretch[]} */
  #stretches;

  /** @param {HTMLElement} region with plain text in it, perhaps */
  constructor(region) {
    this.#region = region;
    const spent = [...region.children].map(({ textContent }) => textContent ?? '')
      .reduce((sum, text) => sum + text.length + lineCost * text.split('\n').length, 0);
    this.#stretches = [this.#stretch(room - spent)];
  }

  /**
   * @param {Item} item
   * @returns {Promise<void> | undefined} when it's there, if that takes a while
   */
  put(item) {
    let stretch = /** @type {Stretch} */ (this.#stretches.at(-1));
    // The result of a run isn't behind an offer; and what came after an answer isn't put before it.
    if (stretch.isHolding && (item.isLast || stretch.offer.line.nextSibling)) {
      stretch = this.#stretch(roomBehind);
      this.#stretches.push(stretch);
    }
    return stretch.put(item);
  }

  clear() {
    this.#stretches = [this.#stretch(room)];
  }

  /** @param {number} left */
  #stretch(left) {
    return new Stretch(this.#region, left, () => save(this.#region, new Map(this.#stretches.map(({ offer, held }) => [offer.line, held]))));
  }
}

/** Output up to an offer to see the rest, and that rest. */
class Stretch {
  #region;
  #terminal = new Terminal();
  /** What the terminal's text may cost. */
  #room;
  offer;
  /** @type {Item[]} */
  held = [];
  #isShowing = false;

  /**
   * @param {HTMLElement} region
   * @param {number} left
   * @param {() => void} saveAll
   */
  constructor(region, left, saveAll) {
    this.#region = region;
    this.#room = left;
    this.offer = new Offer(() => { this.#showAll(); }, saveAll);
  }

  get isHolding() {
    return this.held.length > 0 || this.#isShowing;
  }

  get #left() {
    return this.#room - this.#terminal.cost;
  }

  set #left(left) {
    this.#room = left + this.#terminal.cost;
  }

  /**
   * @param {Item} item
   * @returns {Promise<void> | undefined} when it's there, if that takes a while
   */
  put(item) {
    if (item.isLast) this.#left = Math.max(this.#left, roomBehind);
    if (!this.isHolding && this.#left > 0) {
      if (item.rich) return this.#putRich(item.rich, item.text);
      item = this.#write(item);
    }
    if (item.text || item.rich) this.#hold(item);
  }

  /** @param {Item} item */
  #hold(item) {
    if (!this.isHolding) this.#region.append(this.offer.line);
    const last = this.held.at(-1);
    if (last?.kind === item.kind && item.kind !== 'value') last.text += item.text;
    else this.held.push(item);
    this.offer.count(item.text.length);
  }

  /** Puts what is held on the page, a share in each frame. */
  async #showAll() {
    if (this.#isShowing) return;
    this.#isShowing = true;
    while (this.held.length > 0 && this.offer.line.isConnected) {
      this.#left = share;
      while (this.held.length > 0 && this.#left > 0) {
        const item = /** @type {Item} */ (this.held.shift());
        if (item.rich) this.#putRich(item.rich, item.text);
        const rest = item.rich ? { ...item, text: '' } : this.#write(item);
        if (rest.text) this.held.unshift(rest);
        this.offer.count(rest.text.length - item.text.length);
      }
      await new Promise(requestAnimationFrame);
    }
    this.#isShowing = false;
    this.#left = bearable;
    if (this.offer.line.contains(document.activeElement)) this.#region.focus({ preventScroll: true });
    this.offer.line.remove();
  }

  /**
   * @param {import('./protocol.js').Value} value
   * @param {string} text
   */
  async #putRich(value, text) {
    const piece = this.#piece('value', true);
    this.#room -= richCost;
    try {
      const { putValue } = await import('./rich.js');
      await putValue(piece, value);
    } catch {
      piece.append(text);
    }
  }

  /**
   * @param {Item} item of text
   * @returns {Item} as much of it as there's no room for
   */
  #write(item) {
    const { kind } = item;
    const isValue = kind === 'value';
    // What colours the text around a value doesn't colour the value.
    const terminal = isValue ? new Terminal() : this.#terminal;
    let { text } = item;
    let isNew = isValue && !item.isRest;
    while (text && this.#left > 0) {
      const before = terminal.cost;
      terminal.enter(this.#piece(kind, isNew || terminal.isDone));
      isNew = false;
      const some = text.slice(0, text.lastIndexOf('\n', chunk) + 1 || chunk);
      text = terminal.write(some, this.#left) + text.slice(some.length);
      if (isValue) this.#room -= terminal.cost - before;
    }
    return { ...item, text, isRest: true };
  }

  /**
   * The last piece where text of its kind can go on there, or a new one.
   * @param {string} kind
   * @param {boolean} isNew
   */
  #piece(kind, isNew) {
    const { line } = this.offer;
    const open = () => {
      const last = line.isConnected ? line.previousElementSibling : this.#region.lastElementChild;
      return !isNew && last?.matches(`.pyfence-${kind}`) ? /** @type {HTMLElement} */ (last) : null;
    };
    const last = open();
    if (last) return last;
    // A piece that held a progress bar alone goes with it: text goes on in the one before.
    this.#terminal.leave();
    const before = open();
    if (before) return before;
    const piece = part('div', kind);
    if (line.isConnected) line.before(piece);
    else this.#region.append(piece);
    return piece;
  }
}

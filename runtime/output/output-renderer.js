/**
 * Draws output with escape sequences, rich values or a lot of text, in order. Only so much is put on the page that
 * the page stays quick (`limits.js`); an offer to show or save the rest stands where it would go on.
 */

import { part } from '../loader/dom.js';
import { chunkLength, frameLimit, limitBehindOffer, lineCost, pageLimit, richValueCost, showAllLimit } from './limits.js';
import { OverflowOffer, saveOutput } from './overflow-offer.js';
import { Terminal } from './terminal.js';

/** @type {Map<string, HTMLElement>} values that code may change, also from another block, by the names that it has for them */
const places = new Map();

/** @typedef {import('./output-view.js').Item & { isRest?: boolean }} Item `isRest`: its beginning is on the page */

export class OutputRenderer {
  #region;
  /** @type {Section[]} */
  #sections;
  /** When all that was put is there: a value may take a while, and more be put meanwhile. */
  drawn = Promise.resolve();

  /** @param {HTMLElement} region with plain text in it, perhaps */
  constructor(region) {
    this.#region = region;
    const spent = [...region.children].map(({ textContent }) => textContent ?? '')
      .reduce((sum, text) => sum + text.length + lineCost * text.split('\n').length, 0);
    this.#sections = [this.#section(pageLimit - spent)];
  }

  /** @param {Item} item */
  put(item) {
    const putting = item.isUpdate ? update(item) : this.#append(item);
    this.drawn = this.drawn.then(() => putting);
  }

  /**
   * @param {Item} item
   * @returns {Promise<void> | undefined} when it's there, if that takes a while
   */
  #append(item) {
    let section = /** @type {Section} */ (this.#sections.at(-1));
    // The result of a run isn't behind an offer; and what came after an answer isn't put before it.
    if (section.isOverflowing && (item.isLast || section.offer.line.nextSibling)) {
      section = this.#section(limitBehindOffer);
      this.#sections.push(section);
    }
    const putting = section.put(item);
    // A value behind the offer has no place on the page.
    const last = this.#region.lastElementChild;
    if (item.place && last?.matches('.pyfence-value')) places.set(item.place, /** @type {HTMLElement} */ (last));
    return putting;
  }

  clear() {
    this.#sections = [this.#section(pageLimit)];
  }

  /** @param {number} left */
  #section(left) {
    return new Section(this.#region, left, () => saveOutput(this.#region, new Map(this.#sections.map(({ offer, overflow }) => [offer.line, overflow]))));
  }
}

/** A part of the output: what is on the page, and, from where its limit is reached, the rest behind an offer. */
class Section {
  #region;
  #terminal = new Terminal();
  /** The terminal's cost at which the section is full. */
  #limit;
  offer;
  /** @type {Item[]} */
  overflow = [];
  #isShowing = false;

  /**
   * @param {HTMLElement} region
   * @param {number} left
   * @param {() => void} saveAll
   */
  constructor(region, left, saveAll) {
    this.#region = region;
    this.#limit = left;
    this.offer = new OverflowOffer(() => { this.#showAll(); }, saveAll);
  }

  get isOverflowing() {
    return this.overflow.length > 0 || this.#isShowing;
  }

  /** What may still be put on the page. */
  get #left() {
    return this.#limit - this.#terminal.cost;
  }

  /** @param {number} cost what may be put on the page from now on */
  #allow(cost) {
    this.#limit = this.#terminal.cost + cost;
  }

  /**
   * @param {Item} item
   * @returns {Promise<void> | undefined} when it's there, if that takes a while
   */
  put(item) {
    if (item.isLast) this.#allow(Math.max(this.#left, limitBehindOffer));
    if (!this.isOverflowing && this.#left > 0) {
      if (item.rich) return this.#putRich(item.rich, item.text);
      item = this.#write(item);
    }
    if (item.text || item.rich) this.#overflowWith(item);
  }

  /** @param {Item} item */
  #overflowWith(item) {
    if (!this.isOverflowing) this.#region.append(this.offer.line);
    const last = this.overflow.at(-1);
    if (last?.kind === item.kind && item.kind !== 'value') last.text += item.text;
    else this.overflow.push(item);
    this.offer.count(item.text.length);
  }

  /** Puts the rest on the page, a part in each animation frame. */
  async #showAll() {
    if (this.#isShowing) return;
    this.#isShowing = true;
    while (this.overflow.length > 0 && this.offer.line.isConnected) {
      this.#allow(frameLimit);
      while (this.overflow.length > 0 && this.#left > 0) {
        const item = /** @type {Item} */ (this.overflow.shift());
        if (item.rich) this.#putRich(item.rich, item.text);
        const rest = item.rich ? { ...item, text: '' } : this.#write(item);
        if (rest.text) this.overflow.unshift(rest);
        this.offer.count(rest.text.length - item.text.length);
      }
      await new Promise(requestAnimationFrame);
    }
    this.#isShowing = false;
    this.#allow(showAllLimit);
    if (this.offer.line.contains(document.activeElement)) this.#region.focus({ preventScroll: true });
    this.offer.line.remove();
  }

  /**
   * @param {import('../run/protocol.js').Value} value
   * @param {string} text
   */
  async #putRich(value, text) {
    const piece = this.#piece('value', true);
    this.#limit -= richValueCost;
    await fill(piece, value, text);
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
      const some = text.slice(0, text.lastIndexOf('\n', chunkLength) + 1 || chunkLength);
      text = terminal.write(some, this.#left) + text.slice(some.length);
      if (isValue) this.#limit -= terminal.cost - before;
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

/**
 * @param {HTMLElement} piece
 * @param {import('../run/protocol.js').Value} value
 * @param {string} text where the value can't be shown
 */
async function fill(piece, value, text) {
  try {
    const { putValue } = await import('./mime-bundle.js');
    await putValue(piece, value);
  } catch {
    piece.append(text);
  }
}

/**
 * Puts another value in its place, if it is on the page.
 * @param {Item} item
 */
async function update({ place, rich, text }) {
  const old = places.get(place ?? '');
  if (!place || !old?.isConnected) return;
  // A piece of its own: what still comes for the old one doesn't come here.
  const piece = part('div', 'value');
  old.replaceWith(piece);
  places.set(place, piece);
  if (rich) await fill(piece, rich, text);
  else piece.append(text);
}

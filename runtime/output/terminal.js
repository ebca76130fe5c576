/**
 * Draws text as a terminal does where it matters: ANSI colours, and a cursor that goes back over what is written.
 * What comes then replaces the rest of the line.
 */

import { cursorLines, elementLimit, lineCost, lineOverrun, styledTextCost } from './limits.js';

/**
 * The eight ANSI colours, bright ones alike: those of the block's palette, which are legible on a light and on a
 * dark page and which a site may set. Black and white are the text's colour and a quieter one, never the background's.
 */
const [text, red, green, yellow, blue, magenta, cyan, quiet] = ['text', 'danger', 'string', 'meta', 'accent', 'keyword', 'built-in', 'quiet']
  .map((role) => `var(--pyfence-${role})`);
const palette = [`light-dark(${text}, ${quiet})`, red, green, yellow, blue, magenta, cyan, `light-dark(${quiet}, ${text})`];

/** Text, or one of what is no text: an escape, whole, or a control character. */
const tokens = /([^\x00-\x08\x0a-\x1f]+)|\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)|[ -/]*[0-~])|[^]/g;

/** An escape whose end hasn't come yet. */
const unfinished = /\x1b(?:\[[0-?]*[ -/]*|[\]PX^_][^\x07\x1b]{0,4000}\x1b?|[ -/]*)$/;

/**
 * @typedef {{ [property: string]: string }} Style
 *
 * @typedef {object} Line
 * @property {{ text: string, style: Style }[]} runs
 * @property {number} length
 * @property {ChildNode[]} nodes what shows it
 * @property {boolean} isDrawn whether they show it as it is
 */

/** @type {Style} */
const plain = {};

export class Terminal {
  /** What it has put on the page costs. */
  cost = 0;
  /** The cost at which its piece has enough. */
  #limit = 0;
  /** @type {Element | null} */
  #piece = null;
  /** @type {Line[]} the last ones of the piece */
  #lines = [];
  #row = 0;
  #column = 0;
  #style = plain;
  /** The beginning of an escape. */
  #partial = '';

  /** Whether its piece has enough, and ends with a line. */
  get isDone() {
    return this.cost > this.#limit && this.#row === this.#lines.length - 1 && this.#line.length === 0;
  }

  get #line() {
    return this.#lines[this.#row];
  }

  /** @param {Element} piece where to write from now on, behind what is there */
  enter(piece) {
    if (piece === this.#piece) return;
    this.leave();
    this.#piece = piece;
    this.#limit = this.cost + elementLimit - (piece.textContent?.length ?? 0);
    this.#addLine();
    piece.normalize();
    const { lastChild } = piece;
    if (!(lastChild instanceof Text)) return;
    const text = lastChild.splitText(lastChild.data.lastIndexOf('\n') + 1);
    Object.assign(this.#line, { runs: [{ text: text.data, style: plain }], length: text.length, nodes: [text], isDrawn: true });
    this.#column = text.length;
    this.cost += text.length;
  }

  /** Leaves the piece; lines that were wiped out at its end are no lines of it, and one with nothing else in it goes. */
  leave() {
    const piece = this.#piece;
    if (!piece) return;
    const wiped = this.#lines.slice(this.#row);
    if (this.#column === 0 && wiped.every(({ runs }) => runs.every(({ text }) => text.trim() === ''))) {
      for (const line of wiped) {
        this.#truncate(line, 0);
        for (const node of line.nodes) node.remove();
        this.cost -= lineCost;
      }
    }
    if (!piece.firstChild) piece.remove();
    piece.normalize();
    this.#piece = null;
    this.#lines = [];
  }

  /**
   * @param {string} text
   * @param {number} room what it may cost
   * @returns {string} what there was no room for
   */
  write(text, room) {
    const limit = this.cost + room;
    const whole = this.#partial + text;
    this.#partial = whole.match(unfinished)?.[0] ?? '';
    let rest = whole.slice(0, whole.length - this.#partial.length);
    for (const [token, printed] of rest.matchAll(tokens)) {
      const left = limit - this.cost + (this.#line.length > 0 ? lineOverrun : 0);
      if (left <= 0) break;
      if (!printed) this.#control(token);
      else if (printed.length <= left) this.#print(printed);
      else {
        // Two halves of one character stay together.
        const end = /[\ud800-\udbff]/.test(printed[left - 1]) ? left + 1 : left;
        this.#print(printed.slice(0, end));
        rest = rest.slice(end);
        break;
      }
      rest = rest.slice(token.length);
    }
    this.#draw();
    if (rest === '') return '';
    rest += this.#partial;
    this.#partial = '';
    return rest;
  }

  /** @param {string} text */
  #print(text) {
    const line = this.#line;
    this.#truncate(line, this.#column);
    const last = line.runs.at(-1);
    if (last?.style === this.#style) last.text += text;
    else {
      line.runs.push({ text, style: this.#style });
      this.cost += costOf(this.#style);
    }
    line.length += text.length;
    line.isDrawn = false;
    this.cost += text.length;
    this.#column = line.length;
  }

  /**
   * @param {Line} line
   * @param {number} length
   */
  #truncate(line, length) {
    while (line.length > length) {
      const last = /** @type {Line['runs'][0]} */ (line.runs.at(-1));
      const surplus = Math.min(line.length - length, last.text.length);
      last.text = last.text.slice(0, -surplus);
      line.length -= surplus;
      line.isDrawn = false;
      this.cost -= surplus;
      if (last.text !== '') return;
      line.runs.pop();
      this.cost -= costOf(last.style);
    }
  }

  #addLine() {
    this.#row = this.#lines.push({ runs: [], length: 0, nodes: [], isDrawn: true }) - 1;
    this.#column = 0;
    this.cost += lineCost;
  }

  #endLine() {
    this.#row += 1;
    this.#column = 0;
    if (this.#row < this.#lines.length) return;
    this.#lines[this.#row - 1].isDrawn = false;
    this.#addLine();
  }

  /** Puts what changed on the page. */
  #draw() {
    for (const [place, line] of this.#lines.entries()) {
      if (line.isDrawn) continue;
      const [first, ...others] = line.nodes;
      line.nodes = line.runs.map(nodeOf);
      if (place < this.#lines.length - 1) line.nodes.push(new Text('\n'));
      if (first) first.replaceWith(...line.nodes);
      else this.#piece?.append(...line.nodes);
      for (const node of others) node.remove();
      line.isDrawn = true;
    }
    const passed = Math.max(0, this.#lines.length - cursorLines);
    this.#lines.splice(0, passed);
    this.#row = Math.max(0, this.#row - passed);
  }

  /** @param {string} token a control character or an escape */
  #control(token) {
    if (token === '\r') this.#column = 0;
    else if (token === '\n') this.#endLine();
    else if (token === '\b') this.#column = Math.max(0, this.#column - 1);
    const [, parameters = '', final] = token.match(/^\x1b\[([\d;:]*)([A-Za-z])$/) ?? [];
    const number = Number.parseInt(parameters) || 0;
    if (final === 'A') this.#row = Math.max(0, this.#row - (number || 1));
    else if (final === 'B') this.#row = Math.min(this.#lines.length - 1, this.#row + (number || 1));
    else if (final === 'D') this.#column = Math.max(0, this.#column - (number || 1));
    else if (final === 'G') this.#column = Math.max(0, number - 1);
    else if (final === 'K') {
      if (number > 0) this.#column = 0;
      this.#truncate(this.#line, this.#column);
    } else if (final === 'm') this.#select(parameters);
  }

  /** @param {string} parameters of Select Graphic Rendition */
  #select(parameters) {
    this.#style = { ...this.#style };
    const codes = parameters.split(';');
    for (let code = codes.shift(); code !== undefined; code = codes.shift()) {
      // After a colon comes what belongs to the code.
      const [first = 0, ...own] = code.split(':').filter(Boolean).map(Number);
      this.#applyCode(first, own.length > 0 ? own : codes);
    }
    if (Object.keys(this.#style).length === 0) this.#style = plain;
  }

  /**
   * @param {number} code
   * @param {(string | number)[]} rest the codes after it, of which some belong to it
   */
  #applyCode(code, rest) {
    const style = this.#style;
    if (code === 0) this.#style = {};
    else if (code === 1) style.fontWeight = 'bold';
    else if (code === 2) style.opacity = '0.7';
    else if (code === 3) style.fontStyle = 'italic';
    else if (code === 4) style.textDecoration = 'underline';
    else if (code === 7) style.backgroundColor = tint(style.color ?? 'currentcolor');
    else if (code === 9) style.textDecoration = 'line-through';
    else if (code === 22) this.#forget('fontWeight', 'opacity');
    else if (code === 23) this.#forget('fontStyle');
    else if (code === 24 || code === 29) this.#forget('textDecoration');
    else if (code === 38) style.color = legible(extended(rest));
    else if (code === 48) style.backgroundColor = tint(extended(rest));
    else if (code === 39) this.#forget('color');
    else if (code === 27 || code === 49) this.#forget('backgroundColor');
    else if (code >= 30 && code <= 37) style.color = palette[code - 30];
    else if (code >= 90 && code <= 97) style.color = palette[code - 90];
    else if (code >= 40 && code <= 47) style.backgroundColor = tint(palette[code - 40]);
    else if (code >= 100 && code <= 107) style.backgroundColor = tint(palette[code - 100]);
  }

  /** @param {string[]} properties */
  #forget(...properties) {
    for (const property of properties) delete this.#style[property];
  }
}

/** @param {Style} style */
const costOf = (style) => (style === plain ? 0 : styledTextCost);

/** @param {{ text: string, style: Style }} run */
function nodeOf({ text, style }) {
  if (style === plain) return new Text(text);
  const span = document.createElement('span');
  Object.assign(span.style, style);
  span.append(text);
  return span;
}

/** A background that text is still legible on. @param {string} colour */
const tint = (colour) => `color-mix(in srgb, ${colour} 25%, transparent)`;

/** A colour that may be any, dark enough for a light page and light enough for a dark one. @param {string} colour */
const legible = (colour) => (colour.startsWith('rgb')
  ? `light-dark(oklch(from ${colour} min(l, 0.5) c h), oklch(from ${colour} max(l, 0.75) c h))` : colour);

/** @param {(string | number)[]} rest `5;N`, `2;R;G;B` or, after colons, `2;SPACE;R;G;B`, taken off */
function extended(rest) {
  const kind = Number(rest.shift());
  return kind === 5 ? beyond(Number(rest.shift())) : `rgb(${rest.splice(0, 3)})`;
}

/** Of 256 colours: the sixteen, a cube of 6 x 6 x 6, and greys. @param {number} index */
function beyond(index) {
  if (index < 16) return palette[index % 8];
  if (index > 231) return `rgb(${Array(3).fill((index - 232) * 10 + 8)})`;
  const steps = [0, 95, 135, 175, 215, 255];
  const place = index - 16;
  return `rgb(${[36, 6, 1].map((size) => steps[Math.floor(place / size) % 6])})`;
}

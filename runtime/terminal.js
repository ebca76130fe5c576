/** Draws text as a terminal does where it matters: ANSI colours, and carriage returns that redraw a line. */

/** The sixteen colours, legible on a light and on a dark page. */
const palette = [
  ['#24272e', '#a9aeb9'], ['#b3261e', '#f2a09a'], ['#1b6e3c', '#98c98a'], ['#8a5a00', '#dcb768'],
  ['#1f5fbf', '#86b1f5'], ['#8a2aa5', '#c99bf0'], ['#0b6974', '#71c5cc'], ['#62666f', '#dfe2e8'],
].map(([light, dark]) => `light-dark(${light}, ${dark})`);

/** Colours that the sixteen leave out: a cube of 6 x 6 x 6 and greys. @param {number} index */
function beyond(index) {
  if (index < 16) return palette[index % 8];
  if (index > 231) return `rgb(${Array(3).fill((index - 232) * 10 + 8)})`;
  const steps = [0, 95, 135, 175, 215, 255];
  const place = index - 16;
  return `rgb(${steps[Math.floor(place / 36)]} ${steps[Math.floor(place / 6) % 6]} ${steps[place % 6]})`;
}

export class Terminal {
  #piece;
  /** @type {{ [property: string]: string }} the style of what comes next */
  #style = {};
  /** How many nodes of the piece are lines that are done. */
  #done = 0;
  /** The cursor is back at the line's beginning: what comes next replaces the line. */
  #returned = false;
  /** The beginning of an escape whose end hasn't come yet. */
  #partial = '';

  /** @param {HTMLElement} piece */
  constructor(piece) {
    this.#piece = piece;
    this.#done = piece.childNodes.length;
  }

  /** @param {string} text */
  write(text) {
    const whole = this.#partial + text;
    this.#partial = whole.match(/\x1b(\[[\d;?]*|\][^\x07\x1b]*)?$/)?.[0] ?? '';
    const complete = whole.slice(0, whole.length - this.#partial.length);
    for (const token of complete.split(/(\x1b\[[\d;?]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\r\n|\r|\n)/)) {
      if (token === '\r') this.#returned = true;
      else if (token === '\n' || token === '\r\n') this.#endLine();
      else if (token.startsWith('\x1b[')) this.#escape(token);
      else if (token.startsWith('\x1b]')) continue; // a title for a window that there isn't
      else if (token !== '') this.#print(token);
    }
  }

  /** @param {string} text */
  #print(text) {
    if (this.#returned) this.#clearLine();
    if (Object.keys(this.#style).length === 0) this.#piece.append(text);
    else {
      const span = document.createElement('span');
      Object.assign(span.style, this.#style);
      span.append(text);
      this.#piece.append(span);
    }
  }

  #endLine() {
    this.#returned = false;
    this.#piece.append('\n');
    this.#done = this.#piece.childNodes.length;
  }

  #clearLine() {
    this.#returned = false;
    while (this.#piece.childNodes.length > this.#done) this.#piece.lastChild?.remove();
  }

  /** @param {string} escape */
  #escape(escape) {
    if (escape.endsWith('K')) this.#clearLine();
    if (!escape.endsWith('m')) return;
    const codes = escape.slice(2, -1).split(';').map(Number);
    while (codes.length > 0) this.#select(codes.shift() ?? 0, codes);
  }

  /**
   * @param {number} code of Select Graphic Rendition
   * @param {number[]} rest the codes after it, of which some belong to it
   */
  #select(code, rest) {
    if (code === 0) this.#style = {};
    else if (code === 1) this.#style.fontWeight = 'bold';
    else if (code === 2) this.#style.opacity = '0.7';
    else if (code === 3) this.#style.fontStyle = 'italic';
    else if (code === 4) this.#style.textDecoration = 'underline';
    else if (code === 9) this.#style.textDecoration = 'line-through';
    else if (code === 22) this.#forget('fontWeight', 'opacity');
    else if (code === 23) this.#forget('fontStyle');
    else if (code === 24 || code === 29) this.#forget('textDecoration');
    else if (code === 38 || code === 48) this.#style[code === 38 ? 'color' : 'backgroundColor'] = extended(rest);
    else if (code === 39) this.#forget('color');
    else if (code === 49) this.#forget('backgroundColor');
    else if (code >= 30 && code <= 37) this.#style.color = palette[code - 30];
    else if (code >= 90 && code <= 97) this.#style.color = palette[code - 90];
    else if (code >= 40 && code <= 47) this.#style.backgroundColor = tint(code - 40);
    else if (code >= 100 && code <= 107) this.#style.backgroundColor = tint(code - 100);
  }

  /** @param {string[]} properties */
  #forget(...properties) {
    for (const property of properties) delete this.#style[property];
  }
}

/** A background that text is still legible on. @param {number} index */
const tint = (index) => `color-mix(in srgb, ${palette[index]} 25%, transparent)`;

/** @param {number[]} rest `5;N` or `2;R;G;B`, taken off */
function extended(rest) {
  const kind = rest.shift();
  return kind === 5 ? beyond(rest.shift() ?? 0) : `rgb(${rest.splice(0, 3)})`;
}

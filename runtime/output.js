/** What a run shows under its block: text as it streams, the last value, an error. Program text is never markup. */

/** @typedef {import('./protocol.js').Stream} Stream */
/** @typedef {import('./protocol.js').Value} Value */

export class OutputView {
  #region;
  /** @type {{ stream: Stream, text: string }[]} */
  #waiting = [];
  #frame = 0;

  /** @param {HTMLElement} region */
  constructor(region) {
    this.#region = region;
  }

  /**
   * @param {Stream} stream
   * @param {string} text
   */
  write(stream, text) {
    this.#waiting.push({ stream, text });
    this.#frame ||= requestAnimationFrame(() => this.#draw());
  }

  /** @param {Value} value */
  showValue(value) {
    this.#add('value', value['text/plain'] ?? '');
  }

  /** @param {string} text */
  showError(text) {
    this.#add('error', text);
  }

  #draw() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    for (const { stream, text } of this.#waiting.splice(0)) {
      const last = this.#region.lastElementChild;
      if (last?.classList.contains(`pyfence-${stream}`)) last.append(text);
      else this.#region.append(piece(stream, text));
    }
  }

  /**
   * @param {string} kind
   * @param {string} text
   */
  #add(kind, text) {
    this.#draw();
    this.#region.append(piece(kind, text));
  }
}

/**
 * @param {string} kind
 * @param {string} text
 */
function piece(kind, text) {
  const element = document.createElement('div');
  element.className = `pyfence-${kind}`;
  element.append(text);
  return element;
}

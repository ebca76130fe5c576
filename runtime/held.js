/** Output that found no room on the page: what the reader is offered instead. */

import { button, part } from './bar.js';
import { remarks } from './remarks.js';

/** Characters that the reader may have put on the page; more can only be saved. */
export const bearable = 2_000_000;

const { format } = new Intl.NumberFormat(document.documentElement.lang || 'en', { notation: 'compact' });

export class Offer {
  /** Stands where the output would go on. */
  line = part('div', 'help');
  #size = 0;
  /** Whether it is told in this frame. */
  #isTold = false;
  #button;

  /**
   * @param {() => void} showAll
   * @param {() => void} saveAll
   */
  constructor(showAll, saveAll) {
    this.#button = button('offer', '', () => (this.#size <= bearable ? showAll : saveAll)());
    this.line.append('', this.#button);
  }

  /** @param {number} more characters */
  count(more) {
    this.#size += more;
    if (this.#isTold) return;
    this.#isTold = true;
    this.#tell();
    requestAnimationFrame(() => {
      this.#isTold = false;
      this.#tell();
    });
  }

  #tell() {
    // The button stays: it may be pressed just now.
    this.line.firstChild?.replaceWith(remarks.held.replace('{size}', format(this.#size)));
    this.#button.textContent = this.#size <= bearable ? remarks.showAll : remarks.saveAll;
  }
}

/**
 * Saves what a region shows, with what is held where it belongs.
 * @param {HTMLElement} region
 * @param {Map<Element, { kind: string, text: string }[]>} held by the line that offers it
 */
export function save(region, held) {
  const parts = [...region.children].flatMap((piece) => held.get(piece)?.map(({ kind, text }) => (kind === 'value' ? ended(text) : text))
    ?? (piece.matches('.pyfence-stdout, .pyfence-stderr') ? piece.textContent ?? '' : ended(piece.textContent ?? '')));
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob(parts, { type: 'text/plain' }));
  link.download = 'output.txt';
  link.click();
  URL.revokeObjectURL(link.href);
}

/** @param {string} text */
const ended = (text) => text.replace(/\n?$/, '\n');

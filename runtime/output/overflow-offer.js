/** The line that stands where output goes beyond the limit: it offers to show the rest, or to save all. */

import { button, part } from '../loader/dom.js';
import { showAllLimit } from './limits.js';
import { outputStrings } from './strings.js';

const { format: formatNumber } = new Intl.NumberFormat(document.documentElement.lang || 'en', { notation: 'compact' });

export class OverflowOffer {
  /** Stands where the output would go on. */
  line = part('div', 'help');
  #size = 0;
  /** Whether the text was written in this animation frame: output that pours writes it once a frame. */
  #isWritten = false;
  #button;

  /**
   * @param {() => void} showAll
   * @param {() => void} saveAll
   */
  constructor(showAll, saveAll) {
    this.#button = button('offer', '', () => (this.#size <= showAllLimit ? showAll : saveAll)());
    this.line.append('', this.#button);
  }

  /** @param {number} more characters */
  count(more) {
    this.#size += more;
    if (this.#isWritten) return;
    this.#isWritten = true;
    this.#write();
    requestAnimationFrame(() => {
      this.#isWritten = false;
      this.#write();
    });
  }

  #write() {
    // The button stays: it may be pressed just now.
    this.line.firstChild?.replaceWith(outputStrings.moreCharacters.replace('{size}', formatNumber(this.#size)));
    this.#button.textContent = this.#size <= showAllLimit ? outputStrings.showAll : outputStrings.saveAll;
  }
}

/**
 * Saves what a region shows, with what is behind each offer in its place.
 * @param {HTMLElement} region
 * @param {Map<Element, { kind: string, text: string }[]>} overflow by the line that offers it
 */
export function saveOutput(region, overflow) {
  const parts = [...region.children].flatMap((piece) => overflow.get(piece)?.map(({ kind, text }) => (kind === 'value' ? ended(text) : text))
    ?? (piece.matches('.pyfence-stdout, .pyfence-stderr') ? piece.textContent ?? '' : ended(piece.textContent ?? '')));
  import('../share/save-file.js').then(({ saveFile }) => saveFile('output.txt', 'text/plain', parts));
}

/** @param {string} text */
const ended = (text) => text.replace(/\n?$/, '\n');

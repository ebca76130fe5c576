/** Output that found no room on the page: what the reader is offered instead. */

import { button } from './bar.js';
import { remarks } from './remarks.js';
import { bearable } from './output.js';

/**
 * @param {HTMLElement} line for the offer
 * @param {HTMLElement} region
 * @param {{ text: string }[]} held
 * @param {() => void} showAll
 */
export function offerRest(line, region, held, showAll) {
  const size = held.reduce((sum, { text }) => sum + text.length, 0);
  if (size === 0) return;
  const offer = size <= bearable
    ? button('offer', remarks.showAll, showAll)
    : button('offer', remarks.saveAll, () => save(region, held));
  line.replaceChildren(remarks.held.replace('{size}', formatted(size)), offer);
}

/**
 * @param {HTMLElement} region
 * @param {{ text: string }[]} held
 */
function save(region, held) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([region.textContent ?? '', ...held.map(({ text }) => text)], { type: 'text/plain' }));
  link.download = 'output.txt';
  link.click();
  URL.revokeObjectURL(link.href);
}

/** @param {number} size in characters */
const formatted = (size) => new Intl.NumberFormat(document.documentElement.lang || 'en', {
  notation: 'compact', style: 'unit', unit: 'byte', unitDisplay: 'narrow',
}).format(size);

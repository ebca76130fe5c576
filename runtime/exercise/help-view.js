/** Hints, one by one, and the solution: shown when the reader asks. What they show is what the page has as `<details>`. */

import { button, part } from '../loader/dom.js';
import { exerciseStrings } from './strings.js';

/**
 * @typedef {object} HelpView
 * @property {HTMLElement} hints
 * @property {HTMLElement} solution
 * @property {(shown: number) => void} showHints shows the first hints, as many
 * @property {(isOffered: boolean) => void} offerSolution
 */

/**
 * @param {import('../loader/bar.js').Bar} bar
 * @param {import('./parts.js').Parts} parts
 * @param {(shown: number) => void} asked hears how many hints the reader has seen
 * @returns {HelpView}
 */
export function makeHelp(bar, parts, asked) {
  const hints = part('ol', 'hints');
  // What comes is read out; the focus stays at the button.
  hints.ariaLive = 'polite';
  const solution = part('div', 'solution');
  solution.hidden = true;
  const next = button('ask', '', () => {
    showHints(hints.childElementCount + 1);
    asked(hints.childElementCount);
    if (next.hidden) hints.lastElementChild?.querySelector('div')?.focus();
  });
  const open = button('solve', exerciseStrings.solution, () => {
    solution.hidden = !solution.hidden;
    open.ariaExpanded = `${!solution.hidden}`;
  });
  open.ariaExpanded = 'false';
  bar.offer('.pyfence-ask', () => next);
  bar.offer('.pyfence-solve', () => open);

  /** @param {number} shown */
  function showHints(shown) {
    const all = parts.hints.length;
    hints.replaceChildren(...parts.hints.slice(0, shown).map(hintOf));
    next.hidden = shown >= all;
    next.textContent = all === 1 ? exerciseStrings.hint : exerciseStrings.nextHint.replace('{number}', `${shown + 1}`).replace('{all}', `${all}`);
  }

  /** @param {boolean} isOffered */
  function offerSolution(isOffered) {
    open.hidden = !isOffered || !parts.solution;
    if (open.hidden) solution.hidden = true;
    else if (parts.solution && !solution.hasChildNodes()) solution.append(...contentOf(parts.solution));
  }

  showHints(0);
  offerSolution(false);
  return { hints, solution, showHints, offerSolution };
}

/** @param {Element} hint */
function hintOf(hint) {
  const item = part('li', 'hint-item');
  const text = document.createElement('div');
  text.tabIndex = -1;
  text.append(...contentOf(hint));
  item.append(text);
  return item;
}

/** @param {Element} part */
const contentOf = (part) => [...part.querySelector('details')?.childNodes ?? part.childNodes]
  .filter((node) => node.nodeName !== 'SUMMARY')
  .map((node) => node.cloneNode(true));

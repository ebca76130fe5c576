/**
 * Opens a link that carries code: shows it in its block, with a notice. It never runs by itself, and the first run asks:
 * whoever made the link isn't who made the page. Nothing else of a block comes from a link, and nothing of it is kept.
 */

import { button, part } from '../loader/dom.js';
import { optionsOf } from '../loader/options.js';
import { blocksAbove, shownBlocks } from '../run/session-blocks.js';

/** @typedef {import('../pyfence.js').PyodideBlock} PyodideBlock */

/** The attribute of a block whose code came with a link, until the reader goes back to the code of the page. */
const mark = 'data-from-link';

/** @type {WeakSet<Element>} blocks whose code the reader agreed to run */
const agreed = new WeakSet();

/** @type {WeakMap<Element, string>} the code that a block had before */
const before = new WeakMap();

export async function openLink() {
  const [{ areLinksOn, digestOfCode, sharedIn }, { shareStrings }, { loadStyles }] = await Promise.all([
    import('./link.js'), import('./strings.js'), import('../edit/styles.js'),
  ]);
  if (!areLinksOn()) return;
  await Promise.all([loadStyles('share/share.css').catch(() => {}), blocksAreThere()]);
  const all = shownBlocks();
  const shared = await sharedIn(location.hash).catch(() => null);
  if (!shared) return tell(all[0], shareStrings.brokenLink, []);
  const open = all.filter((block) => !optionsOf(block).readonly);
  // Also when the page has changed since.
  const same = open.filter((block) => digestOfCode(block.code) === shared.written);
  const there = all[shared.place];
  const block = same.includes(there) ? there : same[0] ?? open.find((block) => block === there);
  if (!block) return tell(all[0], shareStrings.brokenLink, []);
  // A copy of the block, as client-side routers keep, has the mark, too.
  document.addEventListener('pyodide-run', (event) => ask(event, shareStrings), true);
  before.set(block, block.code);
  block.setAttribute(mark, '');
  block.toggleAttribute('data-open', true);
  block.code = shared.code;
  tell(block, shareStrings.fromLink, [wayBack(block, shareStrings)]);
  block.scrollIntoView({ block: 'nearest' });
}

/** Ordinary fences become blocks a little later. */
async function blocksAreThere() {
  if (document.readyState !== 'complete') await new Promise((loaded) => { addEventListener('load', loaded, { once: true }); });
  if (shownBlocks().length > 0) return;
  await new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (shownBlocks().length === 0) return;
      observer.disconnect();
      resolve(null);
    });
    observer.observe(document, { childList: true, subtree: true });
  });
}

/**
 * Asks before the code of a link runs, whoever starts it.
 * @param {Event} event
 * @param {typeof import('./strings.js').shareStrings} strings
 */
function ask(event, strings) {
  const started = /** @type {PyodideBlock} */ (event.composedPath()[0]);
  // A block that is a file runs where another imports it.
  const files = blocksAbove(started).filter((above) => optionsOf(above).file);
  const block = [started, ...files].find((one) => one.hasAttribute(mark) && !agreed.has(one));
  if (!block) return;
  event.preventDefault();
  const run = button('offer', strings.runIt, () => {
    agreed.add(block);
    tell(block, strings.fromLink, [wayBack(block, strings)]);
    started.run();
  });
  tell(block, strings.stranger.replace('{host}', location.host), [run, wayBack(block, strings)]);
  // The reader who pressed Run finds the answer under the hand; what runs by itself takes no focus.
  if (started.contains(document.activeElement)) run.focus();
}

/**
 * @param {PyodideBlock} block
 * @param {typeof import('./strings.js').shareStrings} strings
 */
function wayBack(block, strings) {
  return button('offer', strings.backToPage, () => {
    const code = before.get(block);
    // A copy doesn't know what was there before.
    if (code === undefined) return location.replace(location.pathname + location.search);
    block.code = code;
    block.removeAttribute(mark);
    block.querySelector('.pyfence-notice')?.remove();
    history.replaceState(history.state, '', location.pathname + location.search);
    /** @type {HTMLElement | null} */ (block.querySelector('.pyfence-run'))?.focus();
  });
}

/**
 * Says it above the code.
 * @param {PyodideBlock | undefined} block
 * @param {string} text
 * @param {HTMLElement[]} offers
 */
function tell(block, text, offers) {
  if (!block) return;
  const notice = block.querySelector('.pyfence-notice') ?? part('div', 'notice');
  notice.role = 'note';
  notice.replaceChildren(text, ...offers);
  block.querySelector(':scope > pre')?.before(notice);
}

/** The button Share: a link with the code, and files to take away. */

import { button, part } from '../loader/dom.js';
import { optionsOf } from '../loader/options.js';
import { shownBlocks } from '../run/session-blocks.js';

/** @typedef {import('../pyfence.js').BlockContext} BlockContext */

/** From the menu to the window's edge. */
const marginPx = 8;

/** @param {BlockContext} context */
export async function offerShare(context) {
  const [{ areLinksOn, digestOfCode, linkTo }, { shareStrings: say }, { loadStyles }] = await Promise.all([
    import('./link.js'), import('./strings.js'), import('../edit/styles.js'),
  ]);
  await loadStyles('share/share.css');
  const { block, bar, announce, written } = context;
  if (bar.element.querySelector('.pyfence-share')) return;
  const menu = part('div', 'menu');
  menu.popover = 'auto';

  /** @param {string} label @param {() => Promise<string>} act resolves to what is said then */
  const offer = (label, act) => menu.append(button('item', label, () => {
    menu.hidePopover();
    act().catch((error) => `${say.notSaved}: ${error.message}`).then((text) => announce(text));
  }));
  if (areLinksOn() && !optionsOf(block).readonly) {
    offer(say.copyLink, async () => {
      const address = await linkTo({ code: block.code, written: digestOfCode(written), place: shownBlocks().indexOf(block) });
      if (!address) return say.tooLong;
      await navigator.clipboard.writeText(address);
      return say.linkCopied;
    });
  }
  offer(say.saveScript, () => import('./take-away.js').then(({ saveScript }) => saveScript([block])));
  offer(say.savePageScript, () => import('./take-away.js').then(({ saveScript }) => saveScript(null)));
  offer(say.saveNotebook, () => import('./take-away.js').then(({ saveNotebook }) => saveNotebook()));

  const opener = button('share', say.share, () => {});
  opener.popoverTargetElement = menu;
  // In the page's own coordinates: it scrolls with its button.
  menu.addEventListener('beforetoggle', () => {
    const { left, right, bottom } = opener.getBoundingClientRect();
    const width = document.documentElement.clientWidth;
    menu.style.top = `${bottom + scrollY + 4}px`;
    const isRight = left > width / 2;
    menu.style.right = isRight ? `${width - right}px` : 'auto';
    menu.style.left = isRight ? 'auto' : `${left}px`;
    menu.style.maxWidth = `${(isRight ? right : width - left) - marginPx}px`;
  });
  bar.offer('.pyfence-share', () => opener);
  block.append(menu);
}

/** The options that begin at once (`src/block/options.rs`), and a recorded output: what they add to a block before anybody uses it. */

import { exerciseOptionsOf } from '../exercise/options.js';
import { optionsOf } from '../loader/options.js';
import { linesOf } from './height.js';

/**
 * @typedef {import('../pyfence.js').BlockContext} BlockContext
 * @typedef {import('../pyfence.js').PyodideBlock} PyodideBlock
 */

/** @param {BlockContext} context */
export async function decorate(context) {
  const { block, pre, bar, region, written } = context;
  const { theme, title, height, linenumbers, persist, autorun, show } = optionsOf(block);
  const { exercise, timelimit } = exerciseOptionsOf(block);
  if (theme) import('./editor-theme.js').then(({ applyTheme }) => applyTheme(theme));
  if (title) {
    // `title` is shown above the code. Without this it would be the tooltip of every part of the block as well.
    for (const part of [pre, bar.element, region]) part.title = '';
  }
  if (height) {
    const { min, max } = linesOf(height, written);
    pre.style.setProperty('--pyfence-min', `${min}`);
    pre.style.setProperty('--pyfence-max', `${max}`);
  }
  if (linenumbers) numberLines(context);
  if (show === 'folded') import('./fold.js').then(({ fold }) => fold(context));
  if (timelimit !== null) import('./time-limit.js').then(({ limitTime }) => limitTime(context));
  if ('recorded' in region.dataset) import('../recorded/recorded.js').then(({ compareWithRuns }) => compareWithRuns(context));
  if (exercise !== null) await import('../exercise/exercise.js').then(({ begin }) => begin(context));
  else if (persist) await restoreEdits(context);
  if (autorun) runInSight.observe(block);
}

/**
 * Numbers the lines of the static code; the stylesheet draws them, so that they are no part of it.
 * @param {BlockContext} context
 */
export async function numberLines({ block, code, pre }) {
  const numbers = code.querySelector('[hidden]')
    ? (await import('./hidden-lines.js')).shownLines(code)
    : block.code.split('\n').map((_, index) => index + 1);
  pre.dataset.lines = numbers.join('\n');
}

/** @param {BlockContext} context */
async function restoreEdits(context) {
  const { storeCode, storedCode } = await import('./stored-edits.js');
  const code = storedCode(context);
  context.storeEdits = () => storeCode(context);
  if (code === null || context.block.code !== context.written) return;
  // It is coloured when the reader turns to it: restored edits alone don't load a highlighter.
  context.code.textContent = context.text = code;
  const { noteEdits } = await import('../edit/edit.js');
  await noteEdits(context);
}

/** autorun: blocks that come into sight together run in the order of the page, as later ones build on earlier ones. */
const runInSight = new IntersectionObserver((entries) => {
  const seen = entries.filter(({ isIntersecting }) => isIntersecting).map(({ target }) => /** @type {PyodideBlock} */ (target));
  seen.sort((one, other) => (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
  for (const block of seen) {
    runInSight.unobserve(block);
    if (block.state === 'idle') block.run();
  }
});

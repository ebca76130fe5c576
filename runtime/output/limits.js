/**
 * How much output a page gets. Layout is what costs. The figures were found by trying: with them the page's clock
 * stands still for less than half a second while output pours, which `tests/browser/output.test.js` holds. Cost is
 * counted in characters of plain text. What is drawn before any of it counts stands in `output-view.js`.
 */

/** Characters of Markdown: more than a page of text takes the page's own time to be read. */
export const markdownLimit = 200_000;

/** What a run may put on the page before the reader asks for more. */
export const pageLimit = 120_000;

/** What may follow behind an offer to show more: the result or the error of the run, which the reader waits for. */
export const limitBehindOffer = 20_000;

/** What the reader may ask to be shown. More can only be saved: a page with it would be slow to scroll and to search. */
export const showAllLimit = 2_000_000;

/** What is drawn in one animation frame while the reader is shown all. */
export const frameLimit = 30_000;

/** Characters that are parsed for escapes at once, so that what has no room isn't parsed in vain. */
export const chunkLength = 15_000;

/** An image or a frame is an element with a layout of its own. */
export const richValueCost = 2_400;

/** A line has two nodes, and is laid out by itself. */
export const lineCost = 40;

/** Text in a colour is an element. */
export const styledTextCost = 10;

/** The text of one element: a browser lays out all of an element's text anew when a line comes to it. */
export const elementLimit = 30_000;

/** What a line that has begun may cost beyond the limit, so that few lines end in the middle. */
export const lineOverrun = 1_000;

/** Lines that the cursor can go back to: more than nested progress bars take. The lines above are never drawn again. */
export const cursorLines = 50;

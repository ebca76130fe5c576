/** The earlier blocks of a session: what a later one builds on. */

/** @typedef {import('./element.js').PyodideBlock} PyodideBlock */

/** The blocks that a reader sees, in the order of the page. */
export function shownBlocks() {
  return /** @type {PyodideBlock[]} */ ([...document.querySelectorAll('pyodide-block:not([hidden])')]);
}

/**
 * The blocks of the session that stand before this one.
 * @param {PyodideBlock} block
 */
export function above(block) {
  const all = shownBlocks();
  return all.slice(0, all.indexOf(block)).filter(({ session }) => session === block.session);
}

/**
 * Runs blocks one after the other; ends at the first that doesn't come through.
 * @param {PyodideBlock[]} blocks
 */
export async function runInOrder(blocks) {
  for (const block of blocks) {
    await block.run();
    if (block.state !== 'done') return;
  }
}

/**
 * The nearest earlier block that would define a name and hasn't run.
 * @param {PyodideBlock} block
 * @param {string} name
 */
export function definerOf(block, name) {
  const definition = new RegExp([
    `^[ \\t]*(async +)?(def|class) +${name}\\b`,
    `^[ \\t]*([\\w, *()]*[, *(])?${name}\\b[\\w, *()]*(:[^=\\n]+)?=(?!=)`,
    `\\bimport\\b[^\\n]*\\b${name}\\b`,
    `\\b(as|for) +([\\w, ]*[, ])?${name}\\b`,
    `\\b${name} *:=`,
  ].join('|'), 'mu');
  return above(block).findLast((earlier) => earlier.state !== 'done' && definition.test(earlier.code));
}

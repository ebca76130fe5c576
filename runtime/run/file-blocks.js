/** Blocks that are files (option `file`): saved where the code of their session runs, so that blocks below can import them. */

import { blocksAbove, hiddenBlocks } from './session-blocks.js';

/** @typedef {import('../pyfence.js').PyodideBlock} PyodideBlock */

/**
 * Adds the files that are there when this block runs: those of set-up code and of the blocks above, and itself.
 * @param {import('./protocol.js').RunRequest} request
 * @param {PyodideBlock} block
 */
export function addFiles(request, block) {
  const blocks = [...hiddenBlocks(block), ...blocksAbove(block), block].filter((other) => other.hasAttribute('file'));
  request.written = blocks.map((other) => ({ path: `${other.getAttribute('file')}`, text: other.code }));
  // What is no Python is only saved.
  if (blocks.at(-1) === block && !/\.py$/.test(`${block.getAttribute('file')}`)) request.block.python = '';
}

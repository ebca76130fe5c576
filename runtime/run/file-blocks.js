/** Blocks that are files (option `file`): saved where the code of their session runs, so that blocks below can import them. */

import { optionsOf } from '../loader/options.js';
import { blocksAbove, hiddenBlocks } from './session-blocks.js';

/** @typedef {import('../pyfence.js').PyodideBlock} PyodideBlock */

/**
 * Adds the files that are there when this block runs: those of set-up code and of the blocks above, and itself.
 * @param {import('./protocol.js').RunRequest} request
 * @param {PyodideBlock} block
 */
export function addFiles(request, block) {
  const blocks = [...hiddenBlocks(block), ...blocksAbove(block), block].filter((other) => optionsOf(other).file);
  request.written = blocks.map((other) => ({ path: `${optionsOf(other).file}`, text: other.code }));
  // What is no Python is only saved.
  if (blocks.at(-1) === block && !/\.py$/.test(`${optionsOf(block).file}`)) request.block.python = '';
}

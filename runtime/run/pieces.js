/** Blocks as Python takes them: their code and what that needs. */

import { optionsOf } from '../loader/options.js';

/** @typedef {import('../pyfence.js').PyodideBlock} PyodideBlock */

/**
 * @param {PyodideBlock & { checks?: import('./protocol.js').Wishes }} block an exercise that is checked has its checks
 * @param {string} filename
 * @returns {import('./protocol.js').Piece}
 */
export function pieceOf(block, filename) {
  const { install, files, autoload } = optionsOf(block);
  return { code: block.code, filename, install, files, autoload, checks: block.checks };
}

/** All that may run in this page. */
export const piecesOfPage = () => /** @type {PyodideBlock[]} */ ([...document.querySelectorAll('pyodide-block')]).map((block) => pieceOf(block, ''));

/** What the code of a page has a snapshot hold. */

import { wantedModules } from '../worker/imports.js';
import { splitList, withAddress } from '../worker/split-list.js';
import { today } from './address.js';

/**
 * What code asks for, as far as its text tells: also modules that no package has.
 * @param {Pick<import('../run/protocol.js').Piece, 'code' | 'autoload' | 'install'>[]} pieces
 * @param {string} base what the addresses of wheels are relative to
 * @returns {import('./address.js').Contents}
 */
export function wantedBy(pieces, base) {
  const requirements = pieces.flatMap(({ install }) => splitList(install ?? '')).map((requirement) => withAddress(requirement, base));
  return { modules: [...new Set(wantedModules(pieces))].sort(), requirements: [...new Set(requirements)].sort(), day: today() };
}

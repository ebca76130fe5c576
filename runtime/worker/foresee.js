/** Fetches the wheels that code will ask for, all at once, while Python still boots. */

import { begun, fetchByBrowser } from './boot-pyodide.js';
import { topOf, wantedModules } from './imports.js';
import { splitList } from './split-list.js';
import { fetchAhead } from './fetch-wheels.js';

/**
 * @typedef {import('../run/protocol.js').Piece} Piece
 * @typedef {import('./verified-fetch.js').Coming} Coming
 * @typedef {{ name: string, imports: string[], depends: string[], file_name: string, sha256: string }} LockedPackage
 * @typedef {{ [name: string]: LockedPackage }} LockedPackages those of Pyodide's lock, by normalized name
 */

/** @param {Piece[]} pieces */
export async function foresee(pieces) {
  const { requirements } = await begun.distribution;
  // The lock is the last of Pyodide's files.
  const [address, coming] = /** @type {[string, Promise<Coming>]} */ ([...await begun.files].at(-1));
  const packages = await lockedPackages(coming);
  const snapshot = await begun.snapshot;
  const restored = await snapshot?.packages ?? {};
  for (const { name, file_name: file, sha256 } of neededPackages(pieces, packages, requirements, snapshot?.requirements)) {
    // The one that `requirements.js` puts in its place waits for what comes ahead.
    if (!(name in restored)) fetchAhead(fetchByBrowser, new URL(file, address).href, integrityOf(sha256));
  }
}

/**
 * What Pyodide's lock has; it is verified, and with it the digests of wheels.
 * @param {Promise<Coming>} coming
 * @returns {Promise<LockedPackages>}
 */
export const lockedPackages = async (coming) => JSON.parse(new TextDecoder().decode(await (await coming).bytes)).packages;

/**
 * The packages of the lock that code will need, as far as its text tells.
 * @param {Pick<Piece, 'code' | 'install' | 'autoload'>[]} pieces
 * @param {LockedPackages} packages
 * @param {{ [requirement: string]: string }} [requirements] of `install=` that the site's lock has, and the names of their packages
 * @param {string[]} [held] requirements that are there
 * @returns {Set<LockedPackage>}
 */
export function neededPackages(pieces, packages, requirements = {}, held = []) {
  const byImport = new Map(Object.entries(packages).flatMap(([name, { imports }]) => imports.map((imported) => [imported, name])));
  /** @type {Set<LockedPackage>} */
  const needed = new Set();
  const add = (/** @type {string | undefined} */ name) => {
    const found = packages[name?.toLowerCase().replace(/[-_.]+/g, '-') ?? ''];
    if (!found || needed.has(found)) return;
    needed.add(found);
    found.depends.forEach(add);
  };
  const asked = pieces.flatMap(({ install }) => splitList(install ?? ''));
  for (const requirement of asked.filter((requirement) => !held.includes(requirement))) add(requirements[requirement] ?? 'micropip');
  for (const module of wantedModules(pieces)) add(byImport.get(topOf(module)));
  return needed;
}

/** @param {string} sha256 in hexadecimal */
function integrityOf(sha256) {
  const bytes = sha256.match(/../g)?.map((byte) => parseInt(byte, 16)) ?? [];
  return `sha256-${btoa(String.fromCharCode(...bytes))}`;
}

/**
 * The third-party files: where they are, and the integrity that each must have. One small file says it for
 * each package, so that whoever only runs doesn't fetch what only the editor needs.
 *
 * @typedef {{ version: string, base: string, files: { [name: string]: string }, bytes: number }} Package
 *   `bytes`: of all files together
 *
 * @typedef {Package & { requirements?: { [requirement: string]: string }, others?: string, offline?: boolean,
 *   later?: { [name: string]: string } }} Release of Pyodide; those of a site's lock have the names of the packages that
 *   `install` asks for, the base of releases that aren't in it, whether the site runs without a network, and the parts of
 *   the standard library that come after a boot
 *
 * @typedef {object} Distribution a release of Pyodide
 * @property {string} base the folder it is served from
 * @property {{ [name: string]: string }} files with the integrity of each, empty where it isn't known; `pyodide.mjs`,
 *   the core that it runs and its WebAssembly are the first three
 * @property {number} bytes of all files together
 * @property {{ [requirement: string]: string }} [requirements] what `install` may ask for and the site's lock has, with
 *   the names of the packages
 * @property {{ [name: string]: string }} [later] where the standard library is compiled: what a boot doesn't need of it,
 *   and its sources, with the integrity of each
 */

import { once } from '../loader/once.js';
import { addressOf, runtimeFile } from '../loader/runtime-file.js';

/** @type {{ [name: string]: () => Promise<Release> }} */
const readers = {};

/**
 * The manifest of a package.
 * @param {'pyodide' | 'ace' | 'highlight' | 'marked'} name
 */
export const packageOf = (name) => (readers[name] ??= once(async () => (await runtimeFile(`third-party/${name}.json`)).json()))();

/**
 * The folder a package is served from; an address without a host is relative to the runtime's folder.
 * @param {{ base: string, version?: string }} from
 * @param {string} [version]
 */
export function baseOf(from, version = from.version) {
  return new URL(from.base.replace('{version}', `${version}`), addressOf('')).href;
}

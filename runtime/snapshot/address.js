/** Where a snapshot is kept: its address says what it depends on and what is in it. */

import { addressOf } from '../loader/runtime-file.js';

/**
 * @typedef {object} Contents what is in a snapshot besides Python
 * @property {string[]} modules that are imported, out of packages
 * @property {string[]} requirements of `install=`, a wheel by its whole address
 * @property {number | null} day on which the package index was asked, in days since 1970; null where it need not be
 */

/** Days for which what the package index said is taken as it was; after the first of them a visit has a new snapshot made. */
const validDays = 7;

export const today = () => Math.floor(Date.now() / 86_400_000);

/**
 * In the runtime's folder, with what Python knows of the browser, its language and its time zone.
 * @param {string | null} version of Pyodide
 * @param {Contents} contents
 */
export function snapshotAddress(version, { modules, requirements, day }) {
  const known = [navigator.userAgent, navigator.language, timeZone(), ...(version ? [version] : [])];
  const parts = [known.join(), ...modules, ...requirements.map((requirement) => `+${requirement}`), ...(day === null ? [] : [`@${day}`])];
  return new URL(`?${parts.map(encodeURIComponent).join('&').replaceAll("'", '%27')}`, addressOf('snapshot/')).href;
}

/** Of `Intl` browsers read tables first, and a second visit waits for that. */
const timeZone = () => /** @type {any} */ (globalThis).Temporal?.Now.timeZoneId() ?? new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** @type {Contents} */
export const nothing = { modules: [], requirements: [], day: null };

/**
 * @param {string} address of a snapshot
 * @returns {Contents}
 */
export function contentsOf(address) {
  const parts = address.split('&').slice(1).map(decodeURIComponent);
  const marked = (/** @type {string} */ mark) => parts.filter((part) => part.startsWith(mark)).map((part) => part.slice(1));
  const [day] = marked('@').map(Number);
  return { modules: parts.filter((part) => /^\w/.test(part)), requirements: marked('+'), day: day ?? null };
}

/**
 * Whether all of one is in the other, whatever the days.
 * @param {Contents} one
 * @param {Contents} other
 */
export const isWithin = (one, other) => one.modules.every((module) => other.modules.includes(module))
  && one.requirements.every((requirement) => other.requirements.includes(requirement));

/** How much is in it. @param {Contents} contents */
export const sizeOf = ({ modules, requirements }) => modules.length + requirements.length;

/** Whether the package index would be asked nothing. @param {Contents} contents */
export const isCurrent = ({ day }) => day === null || day === today();

/** Whether it may be restored. @param {Contents} contents */
export const isValid = ({ day }) => day === null || today() - day <= validDays;

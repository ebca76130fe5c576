/** The option `install`: packages that the author asks for, in the versions that he asks for. */

import { begun, distributionOf, importPython } from './boot-pyodide.js';
import { splitList, withAddress } from './split-list.js';

/**
 * @typedef {import('./boot-pyodide.js').Pyodide} Pyodide
 * @typedef {(phase: import('../run/protocol.js').Phase, detail: string) => void} Progress
 * @typedef {{ install(requirements: string): Promise<string> }} Installer
 */

/** @type {Set<string>} requirements that this Python has */
const installed = new Set();

/**
 * What a block asks for, each requirement once.
 * @param {Pyodide} pyodide
 * @param {string} list of requirements, as the option has them
 * @param {string} base what the addresses of wheels are relative to
 * @param {Progress} progress
 */
export async function install(pyodide, list, base, progress) {
  const requirements = splitList(list);
  const { requirements: locked = {} } = await distributionOf(pyodide.version);
  // Not once for all: packages that came stay, and code may have removed one.
  const packages = requirements.filter((requirement) => requirement in locked).map((requirement) => locked[requirement]);
  if (packages.length > 0) await load(pyodide, progress, (callbacks) => pyodide.loadPackage(packages, callbacks));
  const restored = pyodide._api.config._loadSnapshot && await begun.snapshot;
  for (const requirement of restored?.requirements ?? []) installed.add(requirement);
  const wanted = requirements.filter((requirement) => !(requirement in locked)).map((requirement) => withAddress(requirement, base))
    .filter((requirement) => !installed.has(requirement));
  if (wanted.length === 0) return;
  await load(pyodide, progress, (callbacks) => pyodide.loadPackage('micropip', callbacks));
  progress('installing', wanted.join(', '));
  const installer = /** @type {Promise<Installer>} */ (importPython(pyodide, 'install'));
  /** @type {{ [requirement: string]: string }} */
  const failed = JSON.parse(await (await installer).install(JSON.stringify(wanted)));
  for (const requirement of wanted) if (!(requirement in failed)) installed.add(requirement);
  const reasons = Object.entries(failed).map(([requirement, why]) => `${requirement}: ${why}`);
  if (reasons.length > 0) throw new Error(reasons.join('\n'));
}

/**
 * Pyodide resolves whether or not the packages came, and only tells its callbacks. One that came stays as it is
 * there, but is asked for again with one that it needs and that didn't come.
 * @param {Pyodide} pyodide
 * @param {Progress} progress
 * @param {(callbacks: { messageCallback: (message: string) => void, errorCallback: (message: string) => void }) => Promise<unknown>} loading
 */
export async function load(pyodide, progress, loading) {
  let names = '';
  /** @type {string[]} */
  const errors = [];
  await loading({
    messageCallback: (message) => {
      if (!/^Loading /.test(message)) return;
      names = message.slice('Loading '.length);
      progress('installing', names);
    },
    errorCallback: (message) => errors.push(message),
  });
  if (errors.length === 0) return;
  for (const name of names.split(', ')) delete pyodide.loadedPackages[name];
  throw new Error(errors.join('\n'));
}

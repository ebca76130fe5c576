/** What code needs before it runs: packages that it imports or asks for, files, and what shows its values. */

import { bring, readText } from './interpreter.js';

/**
 * @typedef {import('./interpreter.js').Pyodide} Pyodide
 * @typedef {(stage: import('./protocol.js').Stage, detail: string) => void} Progress
 * @typedef {{ install(requirements: string): Promise<string> }} Installer
 */

/** @type {Set<string>} requirements of `install=` that this Python has */
const installed = new Set();

/** @type {Promise<Installer> | undefined} */
let installing;

/** @type {Promise<typeof import('./downloads.js')> | undefined} */
let downloads;

/** @type {Progress | null} hears of wheels; what comes while code runs is the code's own business */
let hearing = null;

const fetchOther = self.fetch;

/** Whoever fetches a wheel in this worker, Pyodide or micropip: what comes is told, and not fetched again. */
self.fetch = async (...asked) => {
  const [request] = asked;
  const address = request instanceof Request ? request.url : String(request);
  if (!address.endsWith('.whl')) return fetchOther(...asked);
  downloads ??= import('./downloads.js').catch((error) => {
    downloads = undefined;
    throw error;
  });
  const { fetchWheel } = await downloads;
  return fetchWheel(fetchOther, address, asked, (text) => hearing?.('coming', text));
};

let isEquipped = false;

/**
 * What every such code gets, once.
 * @param {Pyodide} pyodide
 * @param {(value: string) => void} show
 */
async function equip(pyodide, show) {
  if (isEquipped) return;
  (await bring(pyodide, 'values')).connect(pyodide.pyimport('pyfence_prelude'), show);
  // A bar of tqdm says in red that it can't have a thread.
  pyodide.pyimport('warnings').filterwarnings('ignore', 'tqdm:disabling monitor');
  isEquipped = true;
}

let areFiguresExpected = false;

/** @param {Pyodide} pyodide where matplotlib is, or may come with micropip */
async function expectFigures(pyodide) {
  const [pyplot, figures] = await Promise.all([bring(pyodide, 'pyplot'), readText('figures.py')]);
  pyodide.FS.writeFile('pyfence_figures.py', figures);
  pyplot.expect(pyodide.pyimport('pyfence_prelude').at_end);
  areFiguresExpected = true;
}

/**
 * @param {Pyodide} pyodide
 * @param {import('./protocol.js').Piece} piece
 * @param {string} base what the addresses of its files are relative to
 * @param {Progress} progress
 * @param {(value: string) => void} show a value, as JSON
 */
export async function supply(pyodide, piece, base, progress, show) {
  hearing = progress;
  try {
    await equip(pyodide, show);
    await supplyPiece(pyodide, piece, base, progress);
  } finally {
    if (hearing === progress) hearing = null;
    (await downloads)?.forget();
  }
}

/**
 * @param {Pyodide} pyodide
 * @param {import('./protocol.js').Piece} piece
 * @param {string} base
 * @param {Progress} progress
 */
async function supplyPiece(pyodide, piece, base, progress) {
  // First what the author asks for: the version may be another than that of Pyodide's distribution.
  if (piece.install) await install(pyodide, requirementsOf(piece.install), progress);
  if (piece.autoload) await loadImports(pyodide, piece.code, progress);
  if (!areFiguresExpected && (/matplotlib|micropip/.test(piece.code) || 'matplotlib' in pyodide.loadedPackages)) await expectFigures(pyodide);
  // Without a notebook around it, its display() would print.
  if (/IPython/.test(piece.code) && 'ipython' in pyodide.loadedPackages) pyodide.pyimport('IPython.display').display = pyodide.pyimport('builtins').display;
  if (!piece.files) return;
  const { mount } = await import('./files.js');
  await mount(pyodide, piece.files, base, (path) => progress('fetching', path));
}

/**
 * The requirements of `install`: a comma parts them, except inside `[...]` and before a further version bound.
 * @param {string} install
 * @returns {string[]}
 */
function requirementsOf(install) {
  /** @type {string[]} */
  const requirements = [];
  for (const part of install.split(/,(?![^[]*\])/)) {
    const item = part.trim();
    if (/^[<>=!~]/.test(item) && requirements.length > 0) requirements.push(`${requirements.pop()},${item}`);
    else if (item !== '') requirements.push(item);
  }
  return requirements;
}

/**
 * What `install=` asks for, each requirement once.
 * @param {Pyodide} pyodide
 * @param {string[]} requirements
 * @param {Progress} progress
 */
async function install(pyodide, requirements, progress) {
  const wanted = requirements.filter((requirement) => !installed.has(requirement));
  if (wanted.length === 0) return;
  await load(pyodide, progress, (callbacks) => pyodide.loadPackage('micropip', callbacks));
  progress('installing', wanted.join(', '));
  /** @type {{ [requirement: string]: string }} */
  const failed = JSON.parse(await (await installer(pyodide)).install(JSON.stringify(wanted)));
  for (const requirement of wanted) if (!(requirement in failed)) installed.add(requirement);
  const reasons = Object.entries(failed).map(([requirement, why]) => `${requirement}: ${why}`);
  if (reasons.length > 0) throw new Error(reasons.join('\n'));
}

/**
 * What the code imports and the Pyodide distribution has.
 * @param {Pyodide} pyodide
 * @param {string} code
 * @param {Progress} progress
 */
function loadImports(pyodide, code, progress) {
  return load(pyodide, progress, (callbacks) => pyodide.loadPackagesFromImports(code, callbacks));
}

/**
 * Pyodide resolves whether or not the packages came, and only tells its callbacks. One that came stays as it is
 * there, but is asked for again with one that it needs and that didn't come.
 * @param {Pyodide} pyodide
 * @param {Progress} progress
 * @param {(callbacks: { messageCallback: (message: string) => void, errorCallback: (message: string) => void }) => Promise<unknown>} loading
 */
async function load(pyodide, progress, loading) {
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

/** @param {Pyodide} pyodide */
function installer(pyodide) {
  installing ??= bring(pyodide, 'install');
  return installing.catch((error) => {
    installing = undefined;
    throw error;
  });
}

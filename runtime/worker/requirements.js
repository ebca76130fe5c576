/** Brings what a piece of code needs: packages that it imports or asks for, files, and what shows its values. */

import { once } from '../loader/once.js';
import { importPython, readPython } from './boot-pyodide.js';
import { install, load } from './install.js';
import { needsOf } from './needs.js';
import { absolute, hearOf } from './network.js';

export { refusal } from './network.js';

/**
 * @typedef {import('./boot-pyodide.js').Pyodide} Pyodide
 * @typedef {import('./install.js').Progress} Progress
 */

const loadFetchWheels = once(() => import('./fetch-wheels.js'));

let forgetWheels = () => {};

/** @type {Progress | null} hears of wheels; what comes while code runs is the code's own business */
let wheelListener = null;

const fetchOther = self.fetch;

/**
 * Wheels are fetched by Pyodide or by micropip, which both use the global `fetch`: their progress is reported, and a
 * wheel that came is not fetched again. The wrapper stays. This module is imported after the boot, so the one that
 * `boot-pyodide.js` puts in the same place for the boot is gone by then.
 */
self.fetch = async (...asked) => {
  const [request] = asked;
  const address = request instanceof Request ? request.url : absolute(request);
  if (!address.endsWith('.whl')) return fetchOther(...asked);
  const { fetchWheel, forget } = await loadFetchWheels();
  forgetWheels = forget;
  return fetchWheel(fetchOther, address, asked, (text) => wheelListener?.('wheelProgress', text));
};

/**
 * What Python has got of what it gets once.
 * @type {Set<Function>}
 */
const given = new Set();

/**
 * Gives Python something, if it hasn't it yet; after a failure the next code has it tried again.
 * @template {unknown[]} T
 * @param {(...what: T) => Promise<void>} give
 * @param {T} what
 */
async function giveOnce(give, ...what) {
  if (given.has(give)) return;
  await give(...what);
  given.add(give);
}

/**
 * What every such code gets.
 * @param {Pyodide} pyodide
 * @param {(value: string) => void} show
 */
async function equip(pyodide, show) {
  const [prelude, display, settings, frames] = await Promise.all(['prelude', 'display', 'session_settings', 'own_frames'].map((name) => importPython(pyodide, name)));
  display.connect(prelude, show);
  settings.connect(prelude);
  frames.hide();
  const { filterwarnings } = pyodide.pyimport('warnings');
  // A bar of tqdm says in red that it can't have a thread.
  filterwarnings('ignore', 'tqdm:disabling monitor');
  // Pyodide reads the code for its imports, and what Python has against it is told when it runs.
  filterwarnings('ignore', '', pyodide.pyimport('builtins').SyntaxWarning, '<unknown>');
  // What Pyodide says of packages that the code installs isn't the code's output.
  if (pyodide._api.packageManager) Object.assign(pyodide._api.packageManager, { stdout() {}, stderr() {} });
}

/** Where matplotlib is, or may come with micropip. @param {Pyodide} pyodide */
async function expectFigures(pyodide) {
  const [pyplot, figures] = await Promise.all([importPython(pyodide, 'pyplot_hook'), readPython('figures')]);
  pyplot.expect((await importPython(pyodide, 'prelude')).at_end, figures);
}

/** Where basthon-turtle is: its drawings show. @param {Pyodide} pyodide */
async function expectTurtles(pyodide) {
  const [prelude, drawing] = await Promise.all(['prelude', 'turtle_drawing'].map((name) => importPython(pyodide, name)));
  prelude.at_end.append(drawing.show);
}

/**
 * For code that opens addresses of the web with Python's own urllib, as pandas does.
 * @param {Pyodide} pyodide
 * @param {string} base
 * @param {Progress} progress
 */
async function connectNetwork(pyodide, base, progress) {
  await load(pyodide, progress, (callbacks) => pyodide.loadPackage('pyodide-http', callbacks));
  (await importPython(pyodide, 'network')).connect(base);
}

/** Where requests is. @param {Pyodide} pyodide @param {string} base */
async function connectRequests(pyodide, base) {
  (await importPython(pyodide, 'requests_network')).connect(base);
}

/**
 * @param {Pyodide} pyodide
 * @param {import('../run/protocol.js').Piece} piece
 * @param {string} base what the addresses of its files are relative to
 * @param {Progress} progress
 * @param {(value: string) => void} show a value, as JSON
 */
export function supply(pyodide, piece, base, progress, show) {
  return withWheelListener(progress, async () => {
    hearOf(base);
    await giveOnce(equip, pyodide, show);
    await supplyPiece(pyodide, piece, base, progress);
  });
}

/**
 * A package of the Pyodide distribution for code that runs.
 * @param {Pyodide} pyodide
 * @param {string} name
 * @param {Progress} progress
 * @param {(value: string) => void} show a value, as JSON
 */
export function supplyPackage(pyodide, name, progress, show) {
  return withWheelListener(progress, async () => {
    await giveOnce(equip, pyodide, show);
    await load(pyodide, progress, (callbacks) => pyodide.loadPackage(name, callbacks));
    if ('matplotlib' in pyodide.loadedPackages) await giveOnce(expectFigures, pyodide);
  });
}

/** @param {Progress} progress @param {() => Promise<void>} work */
async function withWheelListener(progress, work) {
  wheelListener = progress;
  // What failed last is asked for anew: micropip may have asked once more after its error.
  forgetWheels();
  try {
    await work();
  } finally {
    if (wheelListener === progress) wheelListener = null;
    forgetWheels();
  }
}

/**
 * @param {Pyodide} pyodide
 * @param {import('../run/protocol.js').Piece} piece
 * @param {string} base
 * @param {Progress} progress
 */
async function supplyPiece(pyodide, piece, base, progress) {
  // First what the author asks for: the version may be another than that of Pyodide's distribution.
  if (piece.install) await install(pyodide, piece.install, base, progress);
  if (piece.autoload) await loadImports(pyodide, piece.python ?? piece.code, progress);
  const needs = needsOf(piece.code);
  const has = (/** @type {string} */ name) => name in pyodide.loadedPackages;
  if (needs.figures || has('matplotlib')) await giveOnce(expectFigures, pyodide);
  if (has('basthon-turtle')) await giveOnce(expectTurtles, pyodide);
  if (needs.display && has('ipython')) {
    const { instead_of_ipython: ours } = await importPython(pyodide, 'display');
    // `display_markdown` and its like call what is in their own module.
    for (const place of ['display', 'core.display', 'core.display_functions']) pyodide.pyimport(`IPython.${place}`).__dict__.update(ours);
  }
  // Code that names an address need not open it; what does has Python's own error.
  if (needs.network && piece.autoload) await giveOnce(connectNetwork, pyodide, base, progress).catch(() => {});
  if (has('requests')) await giveOnce(connectRequests, pyodide, base);
  if (!piece.files) return;
  const { mount } = await import('./mount-files.js');
  await mount(pyodide, piece.files, base, (path) => progress('fetching', path));
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

// Pyodide's standard library and wheels of its distribution with what stories import compiled beside the sources: most of
// the time that a boot or an import takes goes into compiling. Made once, by Pyodide itself, with what `pyfence vendor` uses.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { installed, olderWheels, project, target, wheels } from './paths.js';

/**
 * @typedef {object} Release
 * @property {string} npm its package
 * @property {string} wheels where they are
 * @property {string[]} packages that are compiled as far as the modules need them; the browser's cache keeps no file of 10 MB
 * @property {string[]} modules that stories import
 */

/** @type {Release[]} */
const releases = [
  { npm: 'pyodide', wheels, packages: ['micropip', 'packaging'], modules: ['micropip'] },
  {
    npm: 'pyodide-0.27',
    wheels: olderWheels,
    packages: ['contourpy', 'cycler', 'fonttools', 'kiwisolver', 'matplotlib', 'numpy', 'packaging', 'pandas', 'pillow', 'pyparsing', 'python_dateutil', 'pytz', 'six'],
    modules: ['matplotlib.animation', 'matplotlib.pyplot', 'pandas', 'pandas.plotting._matplotlib'],
  },
];

const library = 'python_stdlib.zip';
const compiler = readFileSync(join(project, 'src/hosts/vendor/precompile.py'), 'utf8');
const ofBoot = ['3.12', '3.14'].flatMap((python) => readFileSync(join(project, `src/hosts/vendor/boot-modules-${python}.txt`), 'utf8').split('\n'));

const adding = `
import importlib

def add_to_library(path, modules):
    with zipfile.ZipFile(path, "a") as archive:
        for name in [name for name in archive.namelist() if name.endswith(".py")]:
            if _module(name) in modules or name.startswith(("_pyodide/", "pyodide/")):
                _add(archive, [(f"{name}c", _compiled(archive.read(name), f"{_library_path()}/{name}"))])

def add_to_wheels(paths, modules):
    place = f"/lib/python{sys.version_info[0]}.{sys.version_info[1]}/site-packages/"
    for path in paths:
        zipfile.ZipFile(path).extractall(place)
    importlib.invalidate_caches()
    for name in modules:
        importlib.import_module(name)
    imported = {getattr(module, "__file__", None) for module in [*sys.modules.values()]}
    for path in paths:
        with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
            for name in [name for name in archive.namelist() if name.endswith(".py") and place + name in imported]:
                _add(archive, [(importlib.util.cache_from_source(name, optimization=""), _compiled(archive.read(name), place + name))])
`;

/**
 * The files of a release that are compiled, by name.
 * @type {Map<string, Map<string, string>>} by the release's package
 */
const files = new Map();
/** Benches measure Pyodide as it is published. */
export const isAsPublished = process.env.PYFENCE_AS_PUBLISHED === 'yes';
if (!isAsPublished) for (const release of releases) files.set(release.npm, await compiled(release));

/** Where a file of a release is compiled, if it is. @param {string} npm the release's package @param {string} name */
export const compiledFile = (npm, name) => files.get(npm)?.get(name);

/** The standard library of a release. @param {string} npm the release's package */
export const compiledLibrary = (npm) => readFileSync(compiledFile(npm, library) ?? installed(`${npm}/${library}`));

/** @param {Release} release */
async function compiled(release) {
  const { npm, packages } = release;
  const sources = new Map([[library, installed(`${npm}/${library}`)]]);
  for (const name of readdirSync(release.wheels)) if (packages.includes(name.split('-')[0])) sources.set(name, join(release.wheels, name));
  const hash = createHash('sha256').update(compiler).update(`${ofBoot}`).update(adding).update(JSON.stringify(release.modules));
  for (const path of sources.values()) hash.update(readFileSync(path));
  const folder = join(target, 'browser/compiled', hash.digest('hex'));
  if (!existsSync(folder)) await make(release, sources, folder);
  return new Map([...sources.keys()].map((name) => [name, join(folder, name)]));
}

/** @param {Release} release @param {Map<string, string>} sources @param {string} folder */
async function make({ npm, modules }, sources, folder) {
  const { loadPyodide } = await import(pathToFileURL(installed(`${npm}/pyodide.mjs`)).href);
  const pyodide = await loadPyodide({ indexURL: installed(npm), env: { HOME: '/home/pyodide', MPLBACKEND: 'agg' }, stdout() {}, stderr() {} });
  const globals = pyodide.toPy({ __name__: 'precompile' });
  pyodide.runPython(compiler + adding, { globals });
  const work = '/work';
  pyodide.FS.mkdir(work);
  for (const [name, path] of sources) pyodide.FS.writeFile(`${work}/${name}`, readFileSync(path));
  globals.get('add_to_library')(`${work}/${library}`, pyodide.toPy(new Set(ofBoot)));
  const paths = [...sources.keys()].filter((name) => name !== library).map((name) => `${work}/${name}`);
  globals.get('add_to_wheels')(pyodide.toPy(paths), pyodide.toPy(modules));
  // Another test file may look for it at any time: it is there whole or not at all.
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  for (const name of sources.keys()) writeFileSync(join(unfinished, name), pyodide.FS.readFile(`${work}/${name}`));
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    // Another test file was as quick.
    rmSync(unfinished, { recursive: true });
    if (!existsSync(folder)) throw error;
  }
}

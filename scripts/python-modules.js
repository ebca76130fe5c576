// Writes what `pyfence check` knows of the modules of a release line of Pyodide, as real ones have them:
// src/check/releases/LINE.json. `make generate` runs it for those that the tests have; `node scripts/python-modules.js VERSION`
// fetches another, one in a process: their cores are classic scripts, which share their globals.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const { resolve } = createRequire(import.meta.url);

const probe = `
import builtins, importlib.util, json, sys
def is_there(name):
    try:
        return importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return False
names = sorted(name for name in sys.stdlib_module_names if not name.startswith("_") or name == "__future__")
json.dumps({
    "python": list(sys.version_info[:2]),
    "standard": [name for name in names if is_there(name)],
    "absent": [name for name in names if not is_there(name)],
    "builtins": dir(builtins),
    "distribution": [name for name in ("js", "pyodide", "pyodide_js", "_pyodide") if is_there(name)],
})
`;

const [asked] = process.argv.slice(2);
if (asked) {
  const folder = mkdtempSync(join(tmpdir(), 'pyodide-'));
  execFileSync('npm', ['pack', '--silent', `pyodide@${asked}`, '--pack-destination', folder]);
  execFileSync('tar', ['-xzf', join(folder, `pyodide-${asked}.tgz`), '-C', folder]);
  await writeLine(join(folder, 'package'));
  rmSync(folder, { recursive: true });
} else {
  for (const npm of ['pyodide', 'pyodide-0.27']) await writeLine(dirname(resolve(`${npm}/pyodide.mjs`)));
}

/** Writes what the release in a folder has. @param {string} folder */
async function writeLine(folder) {
  const { loadPyodide, version } = await import(join(folder, 'pyodide.mjs'));
  const python = await loadPyodide();
  const modules = JSON.parse(python.runPython(probe));
  const { packages, info } = JSON.parse(readFileSync(join(folder, 'pyodide-lock.json'), 'utf8'));
  const imports = Object.values(packages).flatMap(({ name, imports }) => imports.map((/** @type {string} */ module) => [module.split('.')[0], name]));
  const packagesByModule = Object.fromEntries(imports.sort(([a], [b]) => (a < b ? -1 : 1)));
  const line = version.split('.').slice(0, 2).join('.');
  const { absent, python: pythonVersion, ...known } = modules;
  // The tag had other names before PEP 783: https://peps.python.org/pep-0783/
  const [of2026, ...older] = [`pyemscripten_${info.abi_version}`, `pyodide_${info.abi_version}`, info.platform].map((tag) => `${tag}_wasm32`);
  const platforms = version.startsWith('0.') ? [of2026, ...older] : [of2026];
  const text = JSON.stringify({ python: pythonVersion, platforms, ...known, absent: absent.filter((/** @type {string} */ name) => !(name in packagesByModule)), packages: packagesByModule }, null, 1);
  writeFileSync(new URL(`../src/check/releases/${line}.json`, import.meta.url), `${text}\n`);
}

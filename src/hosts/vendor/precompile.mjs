// Runs precompile.py in Pyodide itself: node precompile.mjs FOLDER, which holds Pyodide's files and the jobs.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

process.on('uncaughtException', (error) => {
  // Without the line of minified code that Node would show.
  console.error(`${error}`);
  process.exit(1);
});

const folder = process.argv[2];
const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`).href);
// Sets in code have the same order each time.
const pyodide = await loadPyodide({ indexURL: folder, env: { PYTHONHASHSEED: '0', HOME: '/home/pyodide' } });
pyodide.mountNodeFS('/work', folder);
const globals = pyodide.toPy({ __name__: 'precompile' });
pyodide.runPython(readFileSync(`${folder}/precompile.py`, 'utf8'), { globals });
globals.get('run')('/work');

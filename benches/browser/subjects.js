// The pages that are measured: blocks of pyfence, and the barest pages that run the same code in stock Pyodide.
import { readFileSync } from 'node:fs';
import { project } from '../../tests/browser/support/paths.js';
import { render } from '../../tests/browser/support/pyfence.js';

const { version: shipped } = JSON.parse(readFileSync(new URL(import.meta.resolve('pyodide/package.json')), 'utf8'));

/**
 * @typedef {import('./visits.js').Subject} Subject
 * @typedef {{ code: string, install?: string, version?: string, kept?: string }} Program `kept`: what is in the address of the
 *   snapshot that a second visit restores, empty for the one without packages
 */

/**
 * @param {string} path
 * @param {Program} program in the first of ten blocks
 * @returns {{ subject: Subject, files: Record<string, string> }}
 */
export function pyfence(path, { code, install, version, kept = '' }) {
  const options = `${install ? ` install="${install}"` : ''}${version ? ` version="${version}"` : ''}`;
  const block = (/** @type {string} */ source) => `\`\`\`pyodide${options}\n${source}\n\`\`\`\n`;
  const html = render([code, ...Array(9).fill('print(1)')].map(block).join('\n'));
  return {
    subject: { path, button: 'pyodide-block button', output: 'pyodide-block .pyfence-output', kept },
    files: { [path]: html },
  };
}

/** What stock Pyodide does with a program, in a worker and in a page alike. @param {Program} program */
const stockRun = ({ code, install, version = shipped }) => `
import { loadPyodide } from 'https://cdn.jsdelivr.net/pyodide/v${version}/full/pyodide.mjs';
const code = ${JSON.stringify(code)};
const booting = boot();
async function boot() {
  const pyodide = await loadPyodide();
  ${install ? `await pyodide.loadPackage('micropip');
  await pyodide.pyimport('micropip').install(${JSON.stringify(install)});` : ''}
  await pyodide.loadPackagesFromImports(code);
  return pyodide;
}
export async function run(tell) {
  const pyodide = await booting;
  pyodide.setStdout({ batched: tell });
  const value = await pyodide.runPythonAsync(code);
  if (value !== undefined) tell(String(value));
}
`;

const stockPage = (/** @type {string} */ script) => `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Stock Pyodide</title>
<button>Run</button><pre id="output"></pre>
<script type="module">
const output = document.querySelector('#output');
const tell = (text) => output.append(text, '\\n');
${script}
</script>
`;

/**
 * @param {string} path
 * @param {Program} program
 * @returns {{ subject: Subject, files: Record<string, string> }}
 */
export function stockInWorker(path, program) {
  const script = `let worker;
document.querySelector('button').onclick = () => {
  output.replaceChildren();
  worker ??= new Worker('${path}worker.js', { type: 'module' });
  worker.onmessage = ({ data }) => tell(data);
  worker.postMessage('run');
};`;
  return {
    subject: { path, button: 'button', output: '#output' },
    files: {
      [path]: stockPage(script),
      [`${path}worker.js`]: `const running = import('./run.js'); onmessage = async () => (await running).run((text) => postMessage(text));`,
      [`${path}run.js`]: stockRun(program),
    },
  };
}

/**
 * As markdown-exec and its ports do before a click: they boot when the page loads, in the page.
 * @param {string} path
 * @param {number} count of blocks
 * @returns {Record<string, string>} files
 */
export const stockAtOnce = (path, count) => ({
  [path]: stockPage(`await import('${path}run.js');\noutput.append('ready');`).replace('<button>', `${`<pre><code>${example}</code></pre>\n`.repeat(count)}<button>`),
  [`${path}run.js`]: `${stockRun({ code: '' })}\nawait booting;`,
});

/** A block of some lines. */
export const example = 'import math\n\n# Pythagoras\ndef hypotenuse(a, b):\n    return math.sqrt(a ** 2 + b ** 2)\n\nprint("c =", hypotenuse(3, 4))';

/**
 * A page of blocks.
 * @param {string} path
 * @param {number} count
 * @returns {Record<string, string>} files
 */
export const manyBlocks = (path, count) => ({ [path]: render(`Text.\n\n\`\`\`pyodide\n${example}\n\`\`\`\n\n`.repeat(count)) });

/**
 * With a second button, that installs a package once Python is there.
 * @param {string} path
 * @param {Program} program
 * @param {string} code of the second button
 * @param {string} install
 * @returns {{ subject: Subject, files: Record<string, string> }}
 */
export function stockInstaller(path, program, code, install) {
  const { subject, files } = stockInWorker(path, program);
  const script = `const second = document.createElement('button');
second.textContent = 'Install';
document.querySelector('button').after(second);
second.onclick = () => worker.postMessage('install');`;
  return {
    subject: { ...subject, button: 'button' },
    files: {
      ...files,
      [path]: files[path].replace('</script>', `${script}\n</script>`),
      [`${path}worker.js`]: `const running = import('./run.js');
onmessage = async ({ data }) => (await running)[data]((text) => postMessage(text));`,
      [`${path}run.js`]: `${files[`${path}run.js`]}
export async function install(tell) {
  const pyodide = await booting;
  await pyodide.loadPackage('micropip');
  await pyodide.pyimport('micropip').install(${JSON.stringify(install)});
  pyodide.setStdout({ batched: tell });
  await pyodide.runPythonAsync(${JSON.stringify(code)});
}
`,
    },
  };
}

/**
 * As markdown-exec and its ports do, but for the start: they boot when the page loads.
 * @param {string} path
 * @param {Program} program
 * @returns {{ subject: Subject, files: Record<string, string> }}
 */
export function stockInPage(path, program) {
  const script = `document.querySelector('button').onclick = async () => {
  output.replaceChildren();
  const { run } = await import('${path}run.js');
  await run(tell);
};`;
  return {
    subject: { path, button: 'button', output: '#output' },
    files: { [path]: stockPage(script), [`${path}run.js`]: stockRun(program) },
  };
}

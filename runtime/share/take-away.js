/** Code of the page as files: a script that names what it depends on (PEP 723), a notebook. */

import { optionsOf } from '../loader/options.js';
import { shownBlocks } from '../run/session-blocks.js';
import { baseOf, packageOf } from '../third-party/manifests.js';
import { splitList } from '../worker/split-list.js';
import { isPipLine, requirementsIn } from './pip-lines.js';
import { saveFile } from './save-file.js';

/** @typedef {import('../pyfence.js').PyodideBlock} PyodideBlock */

/**
 * Saves the code of these blocks, or of all.
 * @param {PyodideBlock[] | null} blocks
 * @returns {Promise<string>} the file's name
 */
export async function saveScript(blocks) {
  const name = `${(blocks?.length === 1 && slug(blocks[0].title || blocks[0].id)) || slug(document.title) || 'code'}.py`;
  const parts = inOrder(blocks);
  const lines = [...header([...new Set([...await requirementsOf(parts), ...parts.flatMap(({ code }) => requirementsIn(code))])]), `# ${document.title.trim()}`, `# ${address()}`, ...filesOf(parts).map((file) => `# reads ${file}`)];
  for (const block of parts) lines.push('', ...(parts.length > 1 ? [`# %% ${titleOf(block, parts)}`] : []), plain(block.code).trimEnd());
  saveFile(name, 'text/x-python', [`${lines.join('\n')}\n`]);
  return name;
}

/**
 * Saves all code of the page.
 * @returns {Promise<string>} the file's name
 */
export async function saveNotebook() {
  const name = `${slug(document.title) || 'code'}.ipynb`;
  const parts = inOrder(null);
  const requirements = await requirementsOf(parts);
  const cells = [
    cell('markdown', `# ${document.title.trim()}\n\n<${address()}>`),
    ...(requirements.length > 0 ? [cell('code', `%pip install ${requirements.map((requirement) => (/[<>;\s]/.test(requirement) ? `"${requirement}"` : requirement)).join(' ')}`)] : []),
    ...parts.flatMap((block) => [...(block.title ? [cell('markdown', `**${block.title}**`)] : []), cell('code', block.code.trimEnd())]),
  ].map((made, index) => ({ ...made, id: `cell-${index + 1}` }));
  const metadata = { kernelspec: { name: 'python3', display_name: 'Python 3', language: 'python' }, language_info: { name: 'python' } };
  saveFile(name, 'application/x-ipynb+json', [`${JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`]);
  return name;
}

/**
 * Session by session, as each runs: its set-up code, then its blocks in the order of the page.
 * @param {PyodideBlock[] | null} only
 */
function inOrder(only) {
  const all = /** @type {PyodideBlock[]} */ ([...document.querySelectorAll('pyodide-block')]);
  const sessions = [...new Set(shownBlocks().map(({ session }) => session))];
  const sorted = sessions.flatMap((session) => [true, false].flatMap((hidden) => all.filter((block) => block.session === session && block.hidden === hidden)));
  return only ?? sorted;
}

/** @param {PyodideBlock} block @param {PyodideBlock[]} parts */
function titleOf(block, parts) {
  const several = new Set(parts.map(({ session }) => session)).size > 1;
  return [block.title || `${parts.indexOf(block) + 1}`, ...(several ? [`(${block.session})`] : [])].join(' ');
}

/** @param {PyodideBlock[]} blocks */
const filesOf = (blocks) => [...new Set(blocks.flatMap((block) => splitList(optionsOf(block).files ?? '').map((file) => new URL(file, document.baseURI).href)))];

const address = () => location.href.replace(/#.*/s, '');

/** As a script has it: without a margin, without prompts and what stands below them, without commands of notebooks. @param {string} code */
function plain(code) {
  const [, margin] = /^\n*([ \t]*)/.exec(code) ?? ['', ''];
  if (margin) return plain(code.replace(/^\n*/, '').replaceAll(new RegExp(`^${margin}`, 'gm'), ''));
  const prompt = /^\s*(?:>>>|\.\.\.|In ?\[\d*\]:)(?: |$)/;
  const lines = /^\s*(?:>>>|In ?\[)/.test(code) ? code.split('\n').filter((line) => prompt.test(line)).map((line) => line.replace(prompt, '')) : [code];
  return lines.join('\n').replace(/^(\s*)(.+)$/gm, (line, margin, text) => (/^[%!]/.test(text) || isPipLine(text) ? `${margin}# ${text}` : line));
}

/** @param {string[]} requirements */
const header = (requirements) => [
  '# /// script',
  '# dependencies = [',
  ...requirements.map((requirement) => `#     ${JSON.stringify(requirement)},`),
  '# ]',
  '# ///',
  '',
];

/**
 * What the blocks ask for, and what they import of Pyodide's distribution.
 * @param {PyodideBlock[]} blocks
 */
async function requirementsOf(blocks) {
  const asked = blocks.flatMap((block) => splitList(optionsOf(block).install ?? '').map((requirement) => requirement.trim()).filter(Boolean));
  const names = new Set(asked.map((requirement) => /^[\w.-]*/.exec(requirement)?.[0].toLowerCase().replaceAll('_', '-')));
  const imported = blocks.flatMap(({ code }) => [...plain(code).matchAll(/^\s*(?:from\s+(\w+)|import\s+([\w., ]+))/gm)])
    .flatMap(([, from, list]) => (from ? [from] : list.split(',').map((name) => name.trim().split(/[.\s]/)[0])));
  if (imported.length === 0) return [...new Set(asked)];
  const packages = await importable();
  const needed = imported.map((module) => packages.get(module)).filter((name) => name !== undefined && !names.has(name));
  return [...new Set([...asked, .../** @type {string[]} */ (needed)])];
}

/** Packages of Pyodide's distribution by the modules that they bring. @returns {Promise<Map<string, string>>} */
async function importable() {
  const pyodide = await packageOf('pyodide');
  const file = 'pyodide-lock.json';
  const response = await fetch(baseOf(pyodide) + file, { integrity: pyodide.files[file] });
  /** @type {{ packages: { [name: string]: { name: string, imports: string[], package_type: string } } }} */
  const { packages } = await response.json();
  const brought = Object.values(packages).filter(({ package_type }) => package_type === 'package');
  return new Map(brought.flatMap(({ name, imports }) => imports.map((module) => [module.split('.')[0], name.toLowerCase()])));
}

/** @param {'markdown' | 'code'} type @param {string} text */
const cell = (type, text) => ({
  cell_type: type, metadata: {}, source: text.split(/(?<=\n)/), ...(type === 'code' ? { execution_count: null, outputs: [] } : {}),
});

/** @param {string} text */
const slug = (text) => text.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '').replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '').slice(0, 60);

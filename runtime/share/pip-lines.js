/** Lines with which notebooks and consoles install packages, read as the runtime reads them (`python/notebook_syntax.py`). */

/** All before what is asked for, and that. */
const installLine = /^\s*[%!$]*\s*(?:(?:python3?|py|\{sys\.executable\})\s+-m\s+|uv\s+)?(?:pip3?|conda|mamba)\s+install\s+(.*)/;

/** What a shell reads behind the command: `>`, `2>&1`, `|`, `&&`. */
const ofShell = /^\d*[>|&;]/;

/** Files and folders, which are none of a page. */
const ofFiles = /^(?:-[re]|--(?:requirement|editable)\b|\.)/;

/** Options whose next word is theirs. */
const withWord = /^(?:-[cift]|--(?:(?:extra-)?index-url|find-links|constraint|target|channel))$/;

/** @param {string} line */
export const isPipLine = (line) => installLine.test(line);

/**
 * What the lines of this code install.
 * @param {string} code
 */
export const requirementsIn = (code) => code.split('\n').flatMap((line) => requirements(installLine.exec(line)?.[1] ?? ''));

/** @param {string} asked */
function requirements(asked) {
  const found = [];
  const words = (asked.split(/(?:^|\s)#/)[0].match(/"[^"]*"|'[^']*'|\S+/g) ?? []).values();
  for (const word of words) {
    if (ofShell.test(word)) break;
    if (ofFiles.test(word)) return [];
    if (withWord.test(word)) words.next();
    else if (!word.startsWith('-') && word !== 'pip') found.push(word.replaceAll(/["']/g, ''));
  }
  return found;
}

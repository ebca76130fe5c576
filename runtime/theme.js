/** Other colours for the code than ours: those of Ace's themes, for the static code and the editor alike. */

import { readJson } from './packages.js';

/** @typedef {{ [role: string]: string }} Palette */

/** @type {Set<string>} */
const worn = new Set();

/**
 * Gives all blocks with this `theme` its colours. Not on paper, which is white.
 * @param {string} theme one name, or those for light and for dark pages
 */
export async function wear(theme) {
  if (worn.has(theme)) return;
  worn.add(theme);
  /** @type {{ [name: string]: Palette | undefined }} */
  const palettes = await readJson('themes.json');
  const [light, dark = light] = theme.split(',').map((name) => palettes[name.trim()]);
  if (!light || !dark) return;
  const colours = Object.keys(light).map((role) => `--pyfence-${role}: light-dark(${light[role]}, ${dark[role]});`);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`@media screen {
    pyodide-block[theme="${CSS.escape(theme)}"] > :is(pre, .pyfence-editor) {
      ${colours.join('')}
      --pyfence-mark: color-mix(in srgb, var(--pyfence-danger) 25%, var(--pyfence-background));
    }
  }`);
  document.adoptedStyleSheets.push(sheet);
}

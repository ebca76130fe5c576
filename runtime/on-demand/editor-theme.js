/** The option `theme`: the colours of one of Ace's themes, for the static code and the editor alike. */

import { runtimeFile } from '../loader/runtime-file.js';

/** @typedef {{ [role: string]: string }} Palette */

/** @type {Set<string>} */
const applied = new Set();

/**
 * Gives all blocks with this `theme` its colours. Not on paper, which is white.
 * @param {string} theme one name, or those for light and for dark pages
 */
export async function applyTheme(theme) {
  if (applied.has(theme)) return;
  applied.add(theme);
  /** @type {{ [name: string]: Palette | undefined }} */
  const palettes = await (await runtimeFile('third-party/themes.json')).json();
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

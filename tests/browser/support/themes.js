// The colours of Ace's themes, as the browser sees them, and legible: runtime/third-party/themes.json has them for the code of a block.
import { readFileSync, readdirSync } from 'node:fs';
import { installed } from './paths.js';

/** What each colour of our palette is called in Ace's editor. */
const places = {
  text: '',
  keyword: 'ace_keyword',
  'built-in': 'ace_support ace_function',
  number: 'ace_constant ace_numeric',
  string: 'ace_string',
  comment: 'ace_comment',
  title: 'ace_entity ace_name ace_function',
  meta: 'ace_meta',
};

/** The installed themes: `name` as authors write it. */
function themes() {
  const folder = installed('ace-builds/src-noconflict');
  return readdirSync(folder).flatMap((file) => {
    const name = file.match(/^theme-(.+)\.js$/)?.[1];
    if (!name) return [];
    const cssClass = readFileSync(`${folder}/${file}`, 'utf8').match(/exports\.cssClass = "(.+?)"/)?.[1];
    return [{ name, cssClass, css: readFileSync(installed(`ace-builds/css/theme/${name}.css`), 'utf8') }];
  }).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What one reads on what, at the least: WCAG's AA. */
export const least = 4.5;

/** @param {string} colour as `#rrggbb` @returns {number[]} 0 to 255 */
const parts = (colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));

/** @param {string} from @param {string} to @param {number} share of the latter */
const mixed = (from, to, share) => `#${parts(from).map((part, at) => Math.round(part + (parts(to)[at] - part) * share).toString(16).padStart(2, '0')).join('')}`;

/** WCAG's relative luminance. @param {string} colour */
function luminance(colour) {
  const [red, green, blue] = parts(colour).map((part) => (part <= 10 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG's contrast. @param {string} one @param {string} other */
export function contrast(one, other) {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/**
 * The colour, as much nearer to black or to white as it takes to be read.
 * @param {string} colour
 * @param {string} background
 */
function legible(colour, background) {
  const end = contrast('#000000', background) > contrast('#ffffff', background) ? '#000000' : '#ffffff';
  let found = colour;
  for (let share = 1; contrast(found, background) < least; share += 1) found = mixed(colour, end, share / 100);
  return found;
}

/**
 * @param {import('playwright-core').Page} page whose styles don't matter
 * @returns {Promise<Record<string, Record<string, string>>>} each theme's colours, as `#rrggbb`; `quiet` is for the numbers of lines
 */
export async function palettesOfAce(page) {
  /** @type {Record<string, Record<string, string>>} */
  const palettes = {};
  for (const { name, cssClass, css } of themes()) {
    const { background, selection, ...seen } = await page.evaluate(({ cssClass, css, places }) => {
      document.adoptedStyleSheets = [new CSSStyleSheet()];
      document.adoptedStyleSheets[0].replaceSync(css);
      const editor = document.createElement('div');
      editor.className = `ace_editor ${cssClass}`;
      document.body.replaceChildren(editor);
      /** @param {Element} parent @param {string} classes */
      const put = (parent, classes) => {
        const element = document.createElement('div');
        element.className = classes;
        parent.append(element);
        return getComputedStyle(element);
      };
      const brush = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true });
      /** What one sees. @param {string[]} layers of paint */
      const hex = (...layers) => {
        if (!brush) return '';
        for (const layer of layers) {
          brush.fillStyle = layer;
          brush.fillRect(0, 0, 1, 1);
        }
        return `#${[...brush.getImageData(0, 0, 1, 1).data].slice(0, 3).map((part) => part.toString(16).padStart(2, '0')).join('')}`;
      };
      const background = getComputedStyle(editor).backgroundColor;
      const markers = document.createElement('div');
      markers.className = 'ace_layer ace_marker-layer';
      editor.append(markers);
      const colours = Object.entries(places).map(([role, classes]) => [role, hex('#fff', background, put(editor, classes).color)]);
      return /** @type {Record<string, string>} */ ({
        background: hex('#fff', background),
        ...Object.fromEntries(colours),
        selection: hex('#fff', background, put(markers, 'ace_selection').backgroundColor),
      });
    }, { cssClass, css, places });
    const colours = Object.entries({ ...seen, quiet: mixed(background, seen.text, 0.6) });
    palettes[name] = { background, ...Object.fromEntries(colours.map(([role, colour]) => [role, legible(colour, background)])), selection };
  }
  return palettes;
}

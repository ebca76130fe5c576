// Light and dark follow the page, whatever switch its theme has, at once and by themselves.
import assert from 'node:assert/strict';
import { blockOf, opensEditor } from './support/block.js';
import { becomes } from './support/measures.js';
import { render } from './support/pyfence.js';
import { pages } from './support/site.js';
import { story } from './support/story.js';

/** @typedef {import('playwright-core').Page} Page */

const markdown = '```pyodide\nprint("<b>") # c\n```\n';

/** Light or dark, by what stands behind the code. @param {Page} page */
const shown = async (page) => {
  const lightness = await page.locator('pyodide-block > :is(pre:not([hidden]), .pyfence-editor)').evaluate((code) => {
    const canvas = new OffscreenCanvas(1, 1).getContext('2d');
    if (!canvas) return NaN;
    canvas.fillStyle = getComputedStyle(code).backgroundColor;
    canvas.fillRect(0, 0, 1, 1);
    return canvas.getImageData(0, 0, 1, 1).data[0] / 255;
  });
  return lightness > 0.5 ? 'light' : 'dark';
};

/** The block follows within a few frames. @param {Page} page @param {string} scheme */
async function comesToShow(page, scheme) {
  assert.equal(await becomes(() => shown(page), (found) => found === scheme), scheme);
}

/** @typedef {{ name: string, css: string, dark: () => void, light: () => void }} Theme */

/** @type {Theme[]} how themes of Zola and mdBook switch */
const themes = [
  {
    name: 'html[data-theme] (tabi, anemone)', css: '[data-theme="dark"] body { background: #222 }',
    dark: () => document.documentElement.setAttribute('data-theme', 'dark'),
    light: () => document.documentElement.setAttribute('data-theme', 'light'),
  },
  {
    name: 'html.dark and html.light (apollo, after-dark, linkita)', css: '.dark body { background: rgb(20 20 20) }',
    dark: () => { document.documentElement.className = 'dark'; },
    light: () => { document.documentElement.className = 'light'; },
  },
  {
    name: 'body.dark (serene, adidoks)', css: 'body.dark { background: oklch(0.2 0.02 250) }',
    dark: () => document.body.classList.add('dark'),
    light: () => document.body.classList.remove('dark'),
  },
  {
    name: 'body[theme] (DeepThought)', css: 'body[theme="dark"] { background: #0a0a0a }',
    dark: () => document.body.setAttribute('theme', 'dark'),
    light: () => document.body.setAttribute('theme', 'light'),
  },
  {
    name: 'html.switch (abridge)', css: 'html.switch body { background: color(srgb 0.1 0.1 0.12) }',
    dark: () => document.documentElement.classList.add('switch'),
    light: () => document.documentElement.classList.remove('switch'),
  },
  {
    name: 'a background that fades', css: 'body { transition: background-color 0.3s } [data-theme="dark"] body { background: #111 }',
    dark: () => document.documentElement.setAttribute('data-theme', 'dark'),
    light: () => document.documentElement.setAttribute('data-theme', 'light'),
  },
  {
    name: 'html classes of mdBook', css: '.navy body { background: #161923 } .rust body { background: #e1e1db }',
    dark: () => { document.documentElement.className = 'navy sidebar-visible'; },
    light: () => { document.documentElement.className = 'rust sidebar-visible'; },
  },
];

for (const { name, css, dark, light } of themes) {
  story(`The block follows ${name}, against what the system prefers`, async ({ open }) => {
    const page = await open(pages({ '/': `${render(markdown)}<style>body { background: white } ${css}</style>` }, { python: {} }), '/', { colorScheme: 'light' });
    await blockOf(page).locator('.pyfence-run').waitFor();
    await comesToShow(page, 'light');
    await page.evaluate(dark);
    await comesToShow(page, 'dark');
    await opensEditor(blockOf(page));
    await comesToShow(page, 'dark');
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.evaluate(light);
    await comesToShow(page, 'light');
  });
}

story('A page that only asks the system follows it live; one that knows no dark stays light', async ({ open, screenshot }) => {
  const asking = '<style>@media (prefers-color-scheme: dark) { body { background: #151515; color: #ddd } }</style>';
  const page = await open(pages({ '/': render(markdown) + asking }), '/', { colorScheme: 'dark' });
  await blockOf(page).locator('.pyfence-run').waitFor();
  await comesToShow(page, 'dark');
  await screenshot(page, 'dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await comesToShow(page, 'light');

  const plain = await open(pages({ '/': render(markdown) }), '/', { colorScheme: 'dark' });
  await blockOf(plain).locator('.pyfence-run').waitFor();
  await comesToShow(plain, 'light');
});

story('A page that leaves the colours to the browser is followed by its text', async ({ open }) => {
  for (const [content, colorScheme, scheme] of /** @type {const} */ ([['light dark', 'dark', 'dark'], ['light dark', 'light', 'light'], ['light', 'dark', 'light'], ['dark', 'light', 'dark']])) {
    const page = await open(pages({ '/': render(markdown).replace('<title>', `<meta name="color-scheme" content="${content}"><title>`) }), '/', { colorScheme });
    await blockOf(page).locator('.pyfence-run').waitFor();
    assert.equal(await shown(page), scheme, `${content}, ${colorScheme}`);
  }
});

story('Without JavaScript the usual switches and the system are followed too', async ({ open }) => {
  const dark = await open(pages({ '/': render(markdown).replace('<html ', '<html data-theme="dark" ') }), '/', { javaScriptEnabled: false, colorScheme: 'light' });
  assert.equal(await shown(dark), 'dark');
  const light = await open(pages({ '/': render(markdown).replace('<html ', '<html class="light" ') }), '/', { javaScriptEnabled: false, colorScheme: 'dark' });
  assert.equal(await shown(light), 'light');
  const asking = await open(pages({ '/': render(markdown) }), '/', { javaScriptEnabled: false, colorScheme: 'dark' });
  assert.equal(await shown(asking), 'dark');
});

story('Forced colours, right-to-left pages and reduced motion are respected', async ({ open, screenshot }) => {
  const page = await open(pages({ '/': render(markdown).replace('<html lang="en">', '<html lang="ar" dir="rtl">') }), '/', { forcedColors: 'active', reducedMotion: 'reduce' });
  const block = blockOf(page);
  assert.equal(await block.locator('pre').evaluate((pre) => getComputedStyle(pre).direction), 'ltr');
  const [run, copy] = [await block.locator('.pyfence-run').boundingBox(), await block.locator('.pyfence-copy').boundingBox()];
  assert.ok(run && copy && run.x > copy.x, 'Run is where the bar begins, on the right');
  await block.locator('pre').evaluate((pre) => { pre.style.setProperty('--pyfence-marked', '1'); pre.dataset.marked = ''; });
  assert.equal(await block.locator('pre').evaluate((pre) => getComputedStyle(pre, '::after').outlineStyle), 'solid', 'the marked line shows');
  await block.evaluate((block) => block.setAttribute('state', 'running'));
  assert.equal(await block.locator('.pyfence-bar').evaluate((bar) => getComputedStyle(bar).animationName), 'none');
  await screenshot(page, 'right-to-left');
});

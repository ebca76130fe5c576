// What themes of Zola make of blocks: `THEMES=folder node --test scripts/try-themes.js` prints a table. The folder holds
// checkouts of themes, each with a site of its own as themes have them; nothing is fetched. A contrast is that of the
// faintest part of the code; behind "beside" is that of the same code in a plain fence of the same page.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { command } from '../tests/browser/support/pyfence.js';
import { ownFolder, project } from '../tests/browser/support/paths.js';
import { folder } from '../tests/browser/support/site.js';
import { story } from '../tests/browser/support/story.js';
import { hasShortcodes, version } from '../tests/browser/support/zola.js';

/** @typedef {import('playwright-core').Locator} Locator */

const themes = process.env.THEMES ?? '';
const zola = process.env.PYFENCE_ZOLA ?? join(project, 'target/tools/zola');
const address = 'https://site.test';

const code = 'import math\n\n# Pythagoras\ndef hypotenuse(a, b):\n    return math.sqrt(a ** 2 + b ** 2)\n\nprint(f"c = {hypotenuse(3, 4)}", True, len("x"))';
const called = hasShortcodes ? `{% pyodide() %}\n${code}\n{% end %}` : `{% <pyodide> %}{% raw %}\n${code}\n{% endraw %}{% </pyodide> %}`;

/** @type {Record<string, { body: string, build: (root: string) => void }>} */
const ways = {
  kit: { body: called, build: withKit },
  fence: { body: `\`\`\`pyodide\n${code}\n\`\`\``, build: (root) => run(command, 'build', '--engine', 'zola', '--force', '--root', root, '--output-dir', join(root, 'public'), '--base-url', address) },
};

/** @type {string[][]} */
const rows = [];

story(`themes of Zola ${version}`, async ({ open }) => {
  for (const name of readdirSync(themes)) {
    if (!existsSync(join(themes, name, 'theme.toml'))) continue;
    const row = [name, outcome(() => buildAlone(copyOf(name, 'alone')))];
    if (row[1] === 'yes') {
      for (const [way, { body, build }] of Object.entries(ways)) {
        const root = copyOf(name, way);
        addPage(root, body);
        const built = outcome(() => build(root));
        row.push(built, built === 'yes' ? await contrasts(open, root) : '');
      }
    }
    rows.push(row);
  }
  console.log(['| theme | Zola alone | kit and lines | contrast | `pyfence build` | contrast |', '|---|---|---|---|---|---|'].join('\n'));
  for (const row of rows) console.log(`| ${[...row, '', '', '', ''].slice(0, 6).join(' | ')} |`);
}, 3_600_000);

/**
 * The least contrast of code with what is behind it, in a block and in a plain fence, on light pages and dark ones.
 * @param {import('../tests/browser/support/story.js').Scene['open']} open
 * @param {string} root
 */
async function contrasts(open, root) {
  const least = [];
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    const page = await open(folder(join(root, 'public')), '/pyfence-try/', { colorScheme });
    const block = page.locator('pyodide-block').first();
    try {
      await block.locator('.pyfence-run').waitFor({ timeout: 20_000 });
      const fence = page.locator('pre:not(pyodide-block *)', { hasText: 'Pythagoras' }).first();
      least.push(`${await leastContrast(block)} beside ${await leastContrast(fence)}`);
    } catch {
      least.push('no block');
    }
    await page.context().close();
  }
  return least.join(', ');
}

/** @param {Locator} shown a block or a fence */
const leastContrast = (shown) => shown.evaluate((shown) => {
  /** @param {string} color */
  const channels = (color) => {
    const canvas = new OffscreenCanvas(1, 1).getContext('2d');
    if (!canvas) return [0, 0, 0, 0];
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  /** @param {number[]} color */
  const luminance = (color) => {
    const [red, green, blue] = color.map((channel) => (channel / 255 <= 0.04045 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  /** @param {Element} element */
  const behind = (element) => {
    for (let at = /** @type {Element | null} */ (element); at; at = at.parentElement) {
      const color = channels(getComputedStyle(at).backgroundColor);
      if (color[3] === 255) return color;
    }
    return [255, 255, 255, 255];
  };
  const parts = [...shown.querySelectorAll('code, code *')].filter((part) => [...part.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim()));
  const contrasts = parts.map((part) => {
    const [dark, light] = [luminance(channels(getComputedStyle(part).color)), luminance(behind(part))].sort((one, other) => one - other);
    return { part, contrast: (light + 0.05) / (dark + 0.05) };
  }).sort((one, other) => one.contrast - other.contrast);
  const [{ part, contrast }] = contrasts;
  return `${contrast.toFixed(1)}${contrast < 4.5 ? ` (${part.localName} ${part.textContent?.trim().slice(0, 12).split('\n')[0]})` : ''}`;
});

/** @param {string} name @param {string} way */
function copyOf(name, way) {
  const root = ownFolder(`theme-${name}-${way}`);
  cpSync(join(themes, name), root, { recursive: true, filter: (path) => !path.endsWith('/.git') });
  configure(root);
  return root;
}

/**
 * Many themes have a configuration and pages with settings that Zola has no longer, or another name than
 * Zola 0.22.0 reads, or none: the lines that it refuses go.
 * @param {string} root
 */
function configure(root) {
  const file = join(root, 'config.toml');
  for (const other of ['zola.toml', 'config.example.toml']) {
    if (existsSync(join(root, other)) && !existsSync(file)) renameSync(join(root, other), file);
  }
  if (!existsSync(file)) {
    const [, extra = ''] = readFileSync(join(root, 'theme.toml'), 'utf8').match(/^(\[extra\][^]*?)(?=^\[(?!extra))/m) ?? [];
    writeFileSync(file, `base_url = "${address}"\ntitle = "A try"\ntaxonomies = [{ name = "tags" }, { name = "categories" }]\n\n${extra}`);
  }
  if (!existsSync(join(root, 'content/_index.md'))) {
    mkdirSync(join(root, 'content'), { recursive: true });
    writeFileSync(join(root, 'content/_index.md'), '+++\n+++\n');
  }
  // A section that templates ask for has to be there, as the theme's documents say it.
  const [, asked] = readFileSync(file, 'utf8').match(/^\w*section_path\s*=\s*"\/?([^"]+)"/m) ?? [];
  if (asked && !existsSync(join(root, 'content', asked))) {
    const documents = readdirSync(root).filter((name) => name.endsWith('.md')).map((name) => readFileSync(join(root, name), 'utf8'));
    const [said = '+++\n+++'] = documents.join('\n').match(/^\+\+\+\n(?:(?!\+\+\+)[^])*^page_template\b[^]*?^\+\+\+$/m) ?? [];
    mkdirSync(join(root, 'content', asked));
    writeFileSync(join(root, 'content', asked, '_index.md'), `${said}\n`);
  }
  // The theme is the site itself.
  const [above, ...tables] = readFileSync(file, 'utf8').split(/^(?=\[)/m);
  if (!existsSync(join(root, 'themes'))) writeFileSync(file, [above.replace(/^theme\s*=.*$/m, ''), ...tables].join(''));
  for (let tries = 0; tries < 30; tries++) {
    const said = complaint(() => buildAlone(root));
    const [, line] = said.match(/TOML parse error[^]*?^\d+ \| (.*)$/m) ?? [];
    if (line === undefined) return;
    const [, source = file] = said.match(/front matter of \w+ `([^`]+)`/) ?? [];
    const lines = readFileSync(source, 'utf8').split('\n');
    if (!lines.includes(line)) return;
    writeFileSync(source, lines.toSpliced(lines.indexOf(line), 1).join('\n'));
  }
}

/** @param {string} root @param {string} body */
function addPage(root, body) {
  const page = join(root, 'content/pyfence-try/index.md');
  mkdirSync(dirname(page), { recursive: true });
  writeFileSync(page, `+++\ntitle = "A try"\ndate = 2026-01-01\nweight = 1\n${templateOf(root)}+++\n\n${body}\n\n\`\`\`python\n${code}\n\`\`\`\n`);
}

/**
 * Where a theme has no template for every page, Zola's own shows nothing of it: its sections name one for theirs.
 * @param {string} root
 */
function templateOf(root) {
  const templates = join(root, 'templates');
  if (existsSync(join(templates, 'page.html'))) return '';
  const found = readdirSync(templates).find((file) => file.endsWith('.html') && readFileSync(join(templates, file), 'utf8').includes('page.content'));
  return found ? `template = "${found}"\n` : '';
}

/** @param {string} root */
const buildAlone = (root) => run(zola, '--root', root, 'build', '--force', '--output-dir', join(root, 'public'), '--base-url', address);

/**
 * Adds the kit, and the lines that it prints and those of docs/zola.md to every template that ends a head.
 * @param {string} root
 */
function withKit(root) {
  const said = run(command, 'add', '--root', root, '--zola', version ?? '');
  const printed = said.split('\n').filter((line) => /^ {4}\S/.test(line)).map((line) => line.trim());
  const documented = readFileSync(join(project, 'docs/zola.md'), 'utf8').match(/\{% if page is defined[^%]* "data-pyodide"[^]*?\{% endif %\}/);
  const lines = [...printed, documented?.[0] ?? ''].join('\n');
  const templates = join(root, 'templates');
  for (const file of readdirSync(templates, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.html')) continue;
    const text = readFileSync(join(templates, file), 'utf8');
    if (text.includes('</head>')) writeFileSync(join(templates, file), text.replace('</head>', () => `${lines}\n</head>`));
  }
  buildAlone(root);
}

/** @param {() => void} build */
function outcome(build) {
  const said = complaint(build);
  const lines = said.split('\n').filter((line) => /error|reason/i.test(line));
  return said ? `no: ${(lines.at(-1) ?? '').replaceAll('|', ' ').replaceAll(project, '').slice(0, 100)}` : 'yes';
}

/** What a build that fails says. @param {() => void} build */
function complaint(build) {
  try {
    build();
    return '';
  } catch (error) {
    const { stderr } = /** @type {{ stderr?: string }} */ (error);
    return `${stderr ?? error}` || 'an error without a word';
  }
}

/** @param {string} command @param {string[]} args */
function run(command, ...args) {
  return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 60_000, env: { ...process.env, PYFENCE_ZOLA: zola } });
}

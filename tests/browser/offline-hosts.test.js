// Whoever builds a site with a lock and `offline`: after one visit its blocks run without a network.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { blockOf, runs } from './support/block.js';
import { isInstalled as hasMdbook, buildIn } from './support/mdbook.js';
import { project, target } from './support/paths.js';
import { staticHost } from './support/static-host.js';
import { story } from './support/story.js';
import { pyfence, siteOf, vendored } from './support/vendored.js';
import { buildAlone, drive, hasShortcodes, version } from './support/zola.js';

const code = 'import tabulate\nprint(tabulate.tabulate([["moo"]], tablefmt="plain"))';
const fence = `\`\`\`pyodide install="tabulate"\n${code}\n\`\`\`\n`;
const call = hasShortcodes
  ? `{% pyodide(install="tabulate") %}\n${code}\n{% end %}\n`
  : `{% <pyodide install="tabulate"> %}\n${code}\n{% </pyodide> %}\n`;

// What is copied is the same for all.
const { root: locked } = vendored(siteOf({ '_index.md': fence }));

/** @param {string} root @param {string} published the folder that is published as it is */
function lock(root, published) {
  cpSync(join(locked, 'pyfence.lock'), join(root, 'pyfence.lock'));
  cpSync(join(locked, 'static'), join(root, published), { recursive: true });
}

/** A site of Zola with this page. @param {string} page */
function zolaSite(page) {
  const root = siteOf({ '_index.md': page });
  cpSync(join(project, 'tests/zola/ways/site/templates'), join(root, 'templates'), { recursive: true });
  writeFileSync(join(root, 'config.toml'), 'base_url = "https://site.test/docs"\n[extra.pyfence]\noffline = true\n');
  lock(root, 'static');
  return root;
}

/** What builds a site in each way, for a path of its host. @type {{ [way: string]: { isThere: boolean, base?: string, build: () => string } }} */
const ways = {
  'pyfence with Zola': {
    isThere: version !== undefined,
    build() {
      const root = zolaSite(fence);
      drive(root, 'zola');
      return join(root, 'public');
    },
  },
  'the copied kit': {
    isThere: version !== undefined,
    build() {
      const root = zolaSite(call);
      pyfence('add', '--root', root, '--zola', version ?? '');
      buildAlone(root);
      return join(root, 'public');
    },
  },
  mdBook: {
    isThere: hasMdbook,
    build() {
      const root = siteOf({});
      mkdirSync(join(root, 'src'));
      writeFileSync(join(root, 'book.toml'), '[book]\ntitle = "A book"\n[preprocessor.pyfence]\noffline = true\n');
      writeFileSync(join(root, 'src/SUMMARY.md'), '- [One](index.md)\n');
      writeFileSync(join(root, 'src/index.md'), fence);
      lock(root, 'src');
      return buildIn(root, '/docs/');
    },
  },
  'a generator with the library': {
    isThere: true,
    base: '/',
    build() {
      const root = siteOf({ 'index.md': fence });
      const built = join(root, 'public');
      lock(root, 'public');
      execFileSync(join(process.env.CARGO_TARGET_DIR ?? target, 'debug/examples/generator'), [join(root, 'content'), built, join(root, 'pyfence.lock')]);
      return built;
    },
  },
};

for (const [way, { isThere, base = '/docs/', build }] of Object.entries(ways)) {
  if (!isThere) test(`offline by ${way}`, { skip: 'NOT THERE: `make zola` and `make mdbook` install what builds it' }, () => {});
  else story(`Built by ${way}: load, run, network off, reload, run`, async ({ open, world }) => {
    const page = await open(staticHost(build(), base), base);
    const ready = page.evaluate(() => new Promise((resolve) => { document.addEventListener('pyodide-offline', () => resolve(true), { once: true }); }));
    assert.equal(await runs(blockOf(page)), 'moo');
    await ready;
    world.fault('site.test', 'refuse');
    await page.reload();
    assert.equal(await runs(blockOf(page)), 'moo');
    assert.deepEqual([...new Set(world.requests.map(({ host }) => host))], ['site.test']);
  });
}

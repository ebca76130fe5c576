// `make demo`: the example course with all that its blocks load from itself, no other server to be had, and under the policy
// that `pyfence csp` prints for it: as a header with one story, as an element with the other.
import assert from 'node:assert/strict';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { blockOf, runs } from './support/block.js';
import { target, wheels } from './support/paths.js';
import { csp } from './support/pyfence.js';
import { folder } from './support/site.js';
import { staticHost } from './support/static-host.js';
import { story } from './support/story.js';
import { pyfence, vendor } from './support/vendored.js';

const root = join(target, 'demo');
const built = join(root, 'public');
rmSync(root, { recursive: true, force: true });
cpSync('site-example', root, { recursive: true, dereference: true });
const { status, stderr } = vendor(root, '--from', 'node_modules', '--wheels', wheels);
if (status !== 0) throw new Error(stderr);
/** @param {string} output */
const buildTo = (output) => pyfence('build', '--engine', 'embedded', '--root', root, '--output-dir', output, '--base-url', 'https://site.test', '--force');
buildTo(built);
const config = join(root, 'config.toml');
writeFileSync(config, `${readFileSync(config, 'utf8')}offline = true\n`);
const builtForOffline = join(root, 'public-offline');
buildTo(builtForOffline);

const [header, element] = ['header', 'meta'].map((format) => csp(root, format));

/** The course as it was built, with an element more in the head of its pages. */
const withElement = () => {
  const site = folder(built);
  /** @param {string} path */
  const answer = async (path) => {
    const found = await site.answer(path);
    if (found && String(found.headers['content-type']).startsWith('text/html')) found.body = Buffer.from(found.body.toString().replace(/<head>/i, `$&${element}`));
    return found;
  };
  return { ...site, answer };
};

/** Pages of the course, with how many of their blocks end by themselves and well. */
const course = ['/start/values/', '/building/functions/', '/building/collections/', '/worlds/maze/'];

story('The course runs with every other server out of reach', async ({ open, world }) => {
  // What is left is what no folder has: said, with the page and the line that ask for it.
  assert.match(stderr, /outside requests are left\n(  .+:\d+: .+\n)+/);
  assert.doesNotMatch(header + element, /unsafe-inline|'unsafe-eval'/);
  const site = folder(built, { headers: { 'content-security-policy': header.replace(/^[^:]*: /, '') } });
  for (const path of course) {
    const page = await open(site, path);
    const ends = await page.evaluate(async () => {
      const blocks = /** @type {(HTMLElement & { run(): Promise<void>, state: string })[]} */ ([...document.querySelectorAll('pyodide-block')]);
      for (const block of blocks) if (!block.hasAttribute('hidden')) await block.run();
      return blocks.map((block) => block.state);
    });
    assert.ok(ends.length > 1 && ends.includes('done'), `${path}: ${ends}`);
  }
  const hosts = new Set(world.requests.map(({ host }) => host));
  assert.deepEqual([...hosts], ['site.test']);
});

story('What the course installs comes from itself', async ({ open, world }) => {
  const page = await open(withElement(), '/editor/options/');
  const install = page.locator('pyodide-block[install="griffe,dependenpy"]');
  await runs(install);
  assert.match(await runs(page.locator('pyodide-block[session="zoo"]').first()), /\|/);
  assert.ok(await blockOf(page).count() > 0);
  assert.deepEqual([...new Set(world.requests.map(({ host }) => host))], ['site.test']);
});

story('After one visit the course runs with the network off', async ({ open, world }) => {
  world.fault('cdn.jsdelivr.net', 'refuse');
  const site = staticHost(builtForOffline, '/');
  site.headers = { 'content-security-policy': header.replace(/^[^:]*: /, '') };
  const page = await open(site, '/start/values/');
  const ready = page.evaluate(() => new Promise((resolve) => { document.addEventListener('pyodide-offline', () => resolve(true), { once: true }); }));
  const shown = await runs(blockOf(page));
  await ready;
  world.fault('site.test', 'refuse');
  await page.reload();
  assert.equal(await runs(blockOf(page)), shown);
});

// Readers of a story have been on the site before, unless it is about loading: they bring the snapshot of Python that
// a first visit leaves (runtime/snapshot/), so that the story begins a few seconds sooner. Where no snapshot was made
// for what the sources are now, Python boots: `make snapshot` makes one.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compiledLibrary } from './compiled.js';
import { installedVersion } from './npm.js';
import { project, target } from './paths.js';

/**
 * @typedef {object} Snapshot
 * @property {string} query what its address ends in: the browser that it is for
 * @property {string} digest as the page keeps it
 * @property {string} browser whose snapshot it is, as it says its version
 */

const folder = join(target, 'browser/snapshot');

/** What a snapshot depends on. */
const sources = ['worker/boot-pyodide.js', 'python/prelude.py', 'python/fresh.py', 'third-party/pyodide.json', 'snapshot/make.js', 'snapshot/restore.js', 'snapshot/address.js', 'snapshot/chunks.js', 'snapshot/kept-files.js', 'snapshot/libraries.js', 'snapshot/start-up.js'];

const hash = createHash('sha256').update(installedVersion('pyodide') ?? '').update(compiledLibrary('pyodide'));
for (const source of sources) hash.update(readFileSync(join(project, 'runtime', source)));
const place = join(folder, hash.digest('hex'));

/** @type {Snapshot | undefined} */
export const kept = existsSync(`${place}.json`) ? JSON.parse(readFileSync(`${place}.json`, 'utf8')) : undefined;

/** Where a site has it. */
export const snapshotPath = '/.snapshot';

/** @returns {import('./answer.js').Answer} */
export const snapshotAnswer = () => ({
  body: readFileSync(`${place}.bytes`), headers: { 'content-type': 'application/octet-stream', 'cache-control': 'no-store' },
});

/** @param {Snapshot} snapshot @param {Buffer} bytes */
export function keep(snapshot, bytes) {
  mkdirSync(folder, { recursive: true });
  for (const old of readdirSync(folder)) rmSync(join(folder, old));
  writeFileSync(`${place}.bytes`, bytes);
  writeFileSync(`${place}.json`, JSON.stringify(snapshot));
}

/** What the worker runs first: where it looks for a snapshot, there is one, as if the store had it. */
export const inWorker = `caches.open = async (name) => {
  delete caches.open;
  const cache = await caches.open(name);
  const address = new URL('../snapshot/' + ${JSON.stringify(kept?.query)}, import.meta.url).href;
  return { match: async (asked) => asked === address ? fetch('${snapshotPath}') : cache.match(asked) };
};`;

/**
 * Puts the snapshot where a first visit leaves it, for pages that keep snapshots themselves.
 * @param {import('playwright-core').Page} page
 */
export const leaveSnapshot = (page) => page.evaluate(async ({ query, digest, path }) => {
  const loader = /** @type {HTMLScriptElement} */ (document.querySelector('script[src*="/pyfence/"]')).src;
  const address = new URL(`snapshot/${query}`, loader).href;
  await (await caches.open('pyfence-snapshots')).put(address, await fetch(path));
  localStorage['pyfence-snapshots'] = JSON.stringify({ [address]: digest });
}, { .../** @type {Snapshot} */ (kept), path: snapshotPath });

/**
 * Has the browser's pages know of the snapshot.
 * @param {import('playwright-core').BrowserContext} context
 * @param {import('./site.js').Site} site
 * @param {string} path of a page, which says where the runtime is
 */
export async function comeAgain(context, site, path) {
  const html = (await site.answer(path))?.body.toString();
  const loader = html?.match(/(?:src|href)="?([^" >]*\/)pyfence\.(?:js|css)/)?.[1];
  if (!kept || !loader) return;
  const address = new URL(`snapshot/${kept.query}`, new URL(loader, `https://${site.host}${path}`)).href;
  await context.addInitScript((digests) => {
    // A frame without an origin has no store.
    try {
      localStorage['pyfence-snapshots'] ??= digests;
    } catch {}
  }, JSON.stringify({ [address]: kept.digest }));
}

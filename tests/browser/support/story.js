// A story is a test that happens in a browser: its own fresh profile, nothing left over for the next one.
import { after, before, test } from 'node:test';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launch } from './browser.js';
import { screenshots } from './paths.js';
import { comeAgain } from './second-visit.js';
import { World } from './world.js';

/**
 * @typedef {import('playwright-core').Page} Page
 *
 * @typedef {object} Scene what a story acts with
 * @property {World} world
 * @property {(site: import('./site.js').Site, path?: string, profile?: import('playwright-core').BrowserContextOptions) => Promise<Page>} open
 *   a page of the site in a fresh profile
 * @property {(page: Page, name: string, options?: import('playwright-core').PageScreenshotOptions) => Promise<void>} screenshot
 *   into target/screenshots/NAME.png
 * @property {string[]} complaints errors and warnings in the consoles of the story's pages and workers, failed requests too
 */

// Chromium knows the world's certificate; told to ignore errors as well, it would keep no HTTP cache.
const trust = { ignoreHTTPSErrors: process.env.PYFENCE_BROWSER === 'firefox' };

const world = new World();
/** @type {import('playwright-core').Browser} */
let browser;

before(async () => {
  await world.start();
  browser = await launch(world);
});

after(async () => {
  await browser?.close();
  world.stop();
});

/**
 * In CI a story that fails is tried once more, as a busy machine may be late for a click: `.ci/run` names it then.
 * @param {string} name
 * @param {(scene: Scene) => Promise<void>} body
 * @param {number} [timeout] milliseconds
 */
export function story(name, body, timeout = 120_000) {
  test(name, { timeout: process.env.CI ? 2 * timeout : timeout }, async (t) => {
    try {
      await play(name, body, t);
    } catch (error) {
      if (!process.env.CI) throw error;
      t.diagnostic(`tried again: ${name}: ${error}`);
      await play(name, body, t);
    }
  });
}

/**
 * @param {string} name
 * @param {(scene: Scene) => Promise<void>} body
 * @param {import('node:test').TestContext} t
 */
async function play(name, body, t) {
  /** @type {string[]} */
  const complaints = [];
  try {
    await body({ world, open: (site, path, profile) => open(site, path, profile, complaints), screenshot, complaints });
  } catch (error) {
    for (const complaint of complaints) t.diagnostic(complaint);
    await keepLastSight(name);
    throw error;
  } finally {
    // Its pages first: what they still ask for must not be found missing by the next story.
    await Promise.all(browser.contexts().map((context) => context.close()));
    world.reset();
  }
}

/**
 * @param {import('./site.js').Site} site
 * @param {string} path
 * @param {import('playwright-core').BrowserContextOptions} profile
 * @param {string[]} complaints
 */
async function open(site, path = '/', profile = {}, complaints) {
  world.put(site);
  const context = await browser.newContext({ viewport: { width: 1000, height: 800 }, ...trust, ...profile });
  context.setDefaultTimeout(60_000);
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(`${message.type()}: ${message.text()} ${message.location().url}`);
  });
  context.on('weberror', (error) => complaints.push(`uncaught: ${error.error().stack}`));
  context.on('requestfailed', (request) => complaints.push(`failed: ${request.url()} ${request.failure()?.errorText}`));
  if (site.isSecondVisit) await comeAgain(context, site, path);
  const page = await context.newPage();
  await page.goto(`https://${site.host}${path}`);
  return page;
}

/** @type {Scene['screenshot']} */
async function screenshot(page, name, options = {}) {
  mkdirSync(screenshots, { recursive: true });
  await page.screenshot({ path: join(screenshots, `${name}.png`), ...options });
}

/** @param {string} story that failed */
async function keepLastSight(story) {
  const page = browser.contexts().flatMap((context) => context.pages()).at(-1);
  await page?.screenshot({ path: join(screenshots, 'failed', `${story.replace(/\W+/g, '-')}.png`) }).catch(() => {});
}

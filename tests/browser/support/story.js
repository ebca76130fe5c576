// A story is a test that happens in a browser: its own fresh profile, nothing left over for the next one.
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launch, measuresTime } from './browser.js';
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

// What moves while Python boots would be drawn sixty times a second, without a graphics card.
const calm = measuresTime ? {} : { reducedMotion: /** @type {const} */ ('reduce') };

// Chromium knows the world's certificate; told to ignore errors as well, it would keep no HTTP cache.
const trust = { ignoreHTTPSErrors: process.env.PYFENCE_BROWSER === 'firefox' };

const world = new World();
/** @type {Browser | undefined} */
let browser;

after(async () => {
  await browser?.close();
  world.stop();
});

/** The one that all stories of this process share; where it has crashed, the next story has another. */
async function livingBrowser() {
  if (!world.port) await world.start();
  if (!browser?.isConnected()) browser = await launch(world);
  return browser;
}

/**
 * In CI a story that fails is tried once more, as a busy machine may be late for a click: `.ci/run` names it then.
 * @param {string} name
 * @param {(scene: Scene) => Promise<void>} body
 * @param {number} [timeoutMs]
 */
export function story(name, body, timeoutMs = 120_000) {
  const patienceMs = process.env.CI ? 2 * timeoutMs : timeoutMs;
  test(name, { timeout: 4 * patienceMs }, async (t) => {
    try {
      await play(name, body, patienceMs, t);
    } catch (error) {
      if (!process.env.CI) throw error;
      t.diagnostic(`tried again: ${name}: ${error}`);
      await play(name, body, patienceMs, t);
    }
  });
}

/**
 * Plays a story to its end: when this is over nothing of it goes on that the next one could meet, even if it took too
 * long. The test runner's own time limit would begin the next one beside it.
 * @param {string} name
 * @param {(scene: Scene) => Promise<void>} body
 * @param {number} patienceMs
 * @param {import('node:test').TestContext} t
 */
async function play(name, body, patienceMs, t) {
  /** @type {string[]} */
  const complaints = [];
  const browser = await livingBrowser();
  const over = new AbortController();
  const acting = body({
    world, screenshot, complaints,
    open(site, path, profile) {
      over.signal.throwIfAborted();
      return open(browser, site, path, profile, complaints);
    },
  });
  const tooLong = sleep(patienceMs, undefined, { signal: over.signal }).then(() => { throw new Error(`not over after ${patienceMs} ms`); });
  try {
    await Promise.race([acting, tooLong]);
  } catch (error) {
    for (const complaint of complaints) t.diagnostic(complaint);
    await keepLastSight(browser, name);
    throw error;
  } finally {
    tooLong.catch(() => {});
    over.abort();
    // Its pages first: what they still ask for must not be found missing by the next story. Whoever acts on them ends.
    await closePages(browser);
    await acting.catch(() => {});
    await closePages(browser);
    world.reset();
  }
}

/** @typedef {import('playwright-core').Browser} Browser */

/** @param {Browser} browser */
const closePages = (browser) => Promise.all(browser.contexts().map((context) => context.close()));

/**
 * @param {Browser} browser
 * @param {import('./site.js').Site} site
 * @param {string} path
 * @param {import('playwright-core').BrowserContextOptions} profile
 * @param {string[]} complaints
 */
async function open(browser, site, path = '/', profile = {}, complaints) {
  world.put(site);
  const context = await browser.newContext({ viewport: { width: 1000, height: 800 }, ...calm, ...trust, ...profile });
  context.setDefaultTimeout(process.env.CI ? 120_000 : 60_000);
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

/** @param {Browser} browser @param {string} story that failed */
async function keepLastSight(browser, story) {
  const page = browser.contexts().flatMap((context) => context.pages()).at(-1);
  await page?.screenshot({ path: join(screenshots, 'failed', `${story.replace(/\W+/g, '-')}.png`) }).catch(() => {});
}

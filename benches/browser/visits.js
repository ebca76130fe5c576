// A reader: a browser with a fresh profile on disk, who visits pages, clicks on Run and waits for the output.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { chromiumOptions } from '../../tests/browser/support/browser.js';

/**
 * @typedef {import('playwright-core').Page} Page
 *
 * @typedef {object} Subject something that runs Python when a button is pressed
 * @property {string} path of its page
 * @property {string} button a selector
 * @property {string} output a selector
 * @property {string} [kept] in the page's storage, what ends the address of each thing that a first visit keeps for a second
 */

/** Milliseconds that a page may take for anything. */
const patienceMs = 180_000;

/**
 * Lets a reader with a fresh profile do something.
 * @template T
 * @param {{ port: number, spki: string }} network
 * @param {(reader: import('playwright-core').BrowserContext) => Promise<T>} visit
 * @returns {Promise<T>}
 */
export async function asReader(network, visit) {
  // A profile on disk, not one of Playwright's contexts: those keep no compiled code between visits.
  const profile = mkdtempSync(join(tmpdir(), 'pyfence-bench-'));
  const reader = await chromium.launchPersistentContext(profile, chromiumOptions(network));
  reader.setDefaultTimeout(patienceMs);
  try {
    return await visit(reader);
  } finally {
    // A browser that ends with its only profile may be gone before it has answered.
    await reader.close().catch(() => {});
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** @param {import('playwright-core').BrowserContext} reader @param {string} path */
export async function opens(reader, path) {
  const page = await reader.newPage();
  await page.goto(`https://site.test${path}`);
  return page;
}

/**
 * Stays on the page until it has kept for the next visit what it keeps.
 * @param {Page} page
 * @param {Subject} subject
 */
export async function reads(page, { kept }) {
  if (kept === undefined) return;
  await page.waitForFunction((kept) => {
    const snapshots = Object.entries(JSON.parse(localStorage.getItem('pyfence-snapshots') ?? '{}'));
    return snapshots.some(([address, digest]) => digest && decodeURIComponent(address).includes(kept));
  }, kept);
}

/**
 * Clicks on Run and measures, by the page's own clock, until the text has come anew.
 * @param {Page} page
 * @param {Subject} subject
 * @param {string} sign what shows that the output has come, a selector or `text=...`
 * @returns {Promise<{ ms: number, longestTaskMs: number }>}
 */
export async function clickToOutput(page, { button, output }, sign) {
  const watch = await page.evaluateHandle(([output, sign]) => {
    const text = sign.startsWith('text=') && sign.slice('text='.length);
    const isThere = () => {
      const found = document.querySelector(output);
      return Boolean(text ? found?.textContent?.includes(text) : found?.querySelector(sign));
    };
    let clicked = 0;
    addEventListener('click', ({ timeStamp }) => { clicked = timeStamp; }, { capture: true, once: true });
    /** @type {Promise<{ ms: number, longestTaskMs: number }>} */
    const measured = new Promise((resolve) => {
      let wasAway = !isThere();
      const observer = new MutationObserver(async () => {
        wasAway ||= !isThere();
        if (!clicked || !wasAway || !isThere()) return;
        observer.disconnect();
        const ms = performance.now() - clicked;
        resolve({ ms, longestTaskMs: await longestTaskSince(clicked) });
      });
      observer.observe(document, { subtree: true, childList: true, characterData: true });
    });
    return { measured };

    /** @param {number} start @returns {Promise<number>} 0 where none took 50 ms */
    function longestTaskSince(start) {
      return new Promise((resolve) => {
        let longest = 0;
        new PerformanceObserver((list) => {
          for (const task of list.getEntries()) if (task.startTime + task.duration > start) longest = Math.max(longest, task.duration);
        }).observe({ type: 'longtask', buffered: true });
        setTimeout(() => resolve(longest), 200);
      });
    }
  }, [output, sign]);
  await page.locator(button).first().click();
  return watch.evaluate(({ measured }) => measured);
}

/**
 * For how long the page could not answer its reader since it began: what its tasks took over 50 ms.
 * @param {Page} page
 * @returns {Promise<{ blockingMs: number, longestMs: number }>} 0 where no task took as long
 */
export const blocking = (page) => page.evaluate(() => new Promise((resolve) => {
  /** @type {number[]} */
  const tasks = [];
  new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask', buffered: true });
  setTimeout(() => resolve({ blockingMs: tasks.reduce((sum, ms) => sum + ms - 50, 0), longestMs: Math.max(0, ...tasks) }), 200);
}));

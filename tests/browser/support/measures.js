// What a reader would feel: blocked pages, jumping pages.

/** @typedef {import('playwright-core').Page} Page */

/**
 * All entries of a kind since the page began.
 * @param {Page} page
 * @param {'longtask' | 'layout-shift'} type
 */
const entries = (page, type) => page.evaluate(async (type) => {
  /** @type {{ startTime: number, duration: number, value?: number, hadRecentInput?: boolean }[]} */
  const entries = await new Promise((resolve) => {
    new PerformanceObserver((list) => resolve(list.getEntries())).observe({ type, buffered: true });
    setTimeout(resolve, 200, []);
  });
  return entries.map(({ startTime, duration, value = 0, hadRecentInput }) => ({ startTime, duration, value, hadRecentInput }));
}, type);

/**
 * Tasks of more than 50 ms on the page's main thread so far.
 * @param {Page} page
 */
export const longTasks = async (page) =>
  (await entries(page, 'longtask')).map(({ startTime, duration }) => ({ startTime, duration }));

/**
 * How far the page has jumped by itself so far; 0 when nothing moved.
 * @param {Page} page
 */
export const layoutShift = async (page) => (await entries(page, 'layout-shift'))
  .filter(({ hadRecentInput }) => !hadRecentInput)
  .reduce((sum, { value }) => sum + value, 0);

/**
 * The longest time, in milliseconds, for which the page's own clock stood still.
 * @param {Page} page
 * @param {() => Promise<unknown>} during
 */
export async function longestStandstill(page, during) {
  const clock = await page.evaluateHandle(() => {
    const clock = { longest: 0, last: performance.now(), timer: 0 };
    clock.timer = window.setInterval(() => {
      const now = performance.now();
      clock.longest = Math.max(clock.longest, now - clock.last);
      clock.last = now;
    }, 10);
    return clock;
  });
  await during();
  return clock.evaluate(({ timer, longest, last }) => {
    clearInterval(timer);
    return Math.max(longest, performance.now() - last);
  });
}

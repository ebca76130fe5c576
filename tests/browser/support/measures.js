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
 * Waits until nothing has changed on the page for ten animation frames, in which what was laid out wrongly would move.
 * @param {Page} page
 */
export const comesToRest = (page) => page.evaluate(() => new Promise((resolve) => {
  let frames = 0;
  const changes = new MutationObserver(() => { frames = 0; });
  changes.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
  const look = () => {
    frames += 1;
    if (frames < 10) requestAnimationFrame(look);
    else resolve(changes.disconnect());
  };
  requestAnimationFrame(look);
}));

/**
 * What is read, as soon as it is as it should be: a slow machine takes its time. After ten seconds, whatever it is.
 * @template T
 * @param {() => Promise<T>} read
 * @param {(value: T) => boolean} isRight
 * @returns {Promise<T>}
 */
export async function becomes(read, isRight) {
  const end = performance.now() + 10_000;
  for (;;) {
    const value = await read();
    if (isRight(value) || performance.now() > end) return value;
    await new Promise((later) => { setTimeout(later, 50); });
  }
}

/**
 * How many pixels of an element have another colour than its first one.
 * @param {import('playwright-core').Locator} element
 */
export async function inkOf(element) {
  const png = [...await element.screenshot()];
  return element.evaluate(async (_, png) => {
    const picture = await createImageBitmap(new Blob([new Uint8Array(png)]));
    const context = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
    context?.drawImage(picture, 0, 0);
    const pixels = new Uint32Array(context?.getImageData(0, 0, picture.width, picture.height).data.buffer ?? new ArrayBuffer());
    return pixels.filter((pixel) => pixel !== pixels[0]).length;
  }, png);
}

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

// Pictures of the example site for a look with human eyes: `make screenshots`, then target/screenshots/.
import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { build } from '../tests/browser/support/pyfence.js';
import { folder } from '../tests/browser/support/site.js';
import { story } from '../tests/browser/support/story.js';

/** @type {Record<string, import('playwright-core').BrowserContextOptions>} */
const sights = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  narrow: { colorScheme: 'light', viewport: { width: 360, height: 740 } },
  'no-javascript': { colorScheme: 'light', javaScriptEnabled: false },
};

const built = build('site-example');
const site = folder(built);
const paths = readdirSync(built, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('index.html'))
  .map((file) => `/${dirname(file)}/`.replace('/./', '/'));

for (const [sight, profile] of Object.entries(sights)) {
  story(sight, async ({ open, screenshot }) => {
    for (const path of paths) {
      const page = await open(site, path, profile);
      await page.waitForLoadState('networkidle');
      await screenshot(page, `${path.slice(1, -1).replaceAll('/', '-') || 'home'}-${sight}`, { fullPage: true });
      await page.context().close();
    }
  });
}

story('print', async ({ open, screenshot }) => {
  const page = await open(site, '/editor/behaviour/');
  await page.emulateMedia({ media: 'print' });
  await screenshot(page, 'editor-behaviour-print', { fullPage: true });
});

// Where a package can't be had here, its block shows how that looks.
for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  story(`run, ${colorScheme}`, async ({ open, screenshot }) => {
    // Frames that were never in sight stay empty in a picture.
    const page = await open(site, '/editor/results/', { colorScheme, viewport: { width: 1000, height: 3700 } });
    for (const block of await page.locator('pyodide-block').all()) {
      await block.getByRole('button', { name: 'Run', exact: true }).click();
      await block.and(page.locator('[state="done"], [state="error"]')).waitFor();
    }
    await page.waitForTimeout(500);
    await screenshot(page, `editor-results-run-${colorScheme}`, { fullPage: true });
  });
}

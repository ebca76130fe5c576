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
      await screenshot(page, `${path.slice(1, -1).replaceAll('/', '-') || 'home'}-${sight}`, { fullPage: true });
      await page.context().close();
    }
  });
}

// The picture in the README: `make picture` writes docs/block.png.
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { blockOf, opensEditor, runs } from '../tests/browser/support/block.js';
import { project, screenshots } from '../tests/browser/support/paths.js';
import { build } from '../tests/browser/support/pyfence.js';
import { folder } from '../tests/browser/support/site.js';
import { story } from '../tests/browser/support/story.js';

story('the picture', async ({ open, screenshot }) => {
  const page = await open(folder(build('site-example')), '/worlds/drawing/', {
    viewport: { width: 900, height: 900 },
  });
  const block = blockOf(page, 1);
  await runs(blockOf(page, 0));
  await runs(block);
  await opensEditor(block, { x: 120, y: 60 });
  await page.locator('#rose').evaluate((heading) => heading.scrollIntoView());
  await screenshot(page, 'picture');
  copyFileSync(join(screenshots, 'picture.png'), join(project, 'docs', 'block.png'));
});

// While a site is written: open pages follow it, and a mistake is told in them.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from './support/pyfence.js';
import { pages } from './support/site.js';
import { story } from './support/story.js';

story('An open page follows the site, and shows what is wrong with it until it is mended', async ({ open, screenshot }) => {
  const root = mkdtempSync(join(tmpdir(), 'pyfence-serve-'));
  cpSync('tests/site/everything', root, { recursive: true });
  const file = join(root, 'content/about.md');
  const written = readFileSync(file, 'utf8');
  const { address, stop } = await serve(root);
  try {
    const page = await open(pages({ '/': '<!doctype html>' }));
    await page.goto(`${address}who/we-are/`);
    const alert = page.getByRole('alert', { name: "The site can't be built" });
    assert.equal(await alert.count(), 0);

    writeFileSync(file, `${written}\n[broken](@/nowhere.md) <script>document.title = 'run'</script>\n`);
    await alert.getByText('there is no `@/nowhere.md`').waitFor();
    assert.ok((await alert.textContent())?.includes("<script>document.title = 'run'</script>"), 'the line is shown as text');
    assert.ok((await page.locator('body').innerText()).includes('A link to a section'), 'the last good page is still there');
    await screenshot(page, 'serve-error');

    await page.reload();
    await alert.getByText('there is no `@/nowhere.md`').waitFor();

    writeFileSync(file, `${written}\nNews.\n`);
    await page.getByText('News.').waitFor();
    assert.equal(await alert.count(), 0);
  } finally {
    stop();
    rmSync(root, { recursive: true });
  }
});

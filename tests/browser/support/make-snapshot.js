// Visits a page until its browser has made a snapshot of Python, and keeps that for the stories: see second-visit.js.
import { execFileSync } from 'node:child_process';
import { blockOf, runs } from './block.js';
import { chromiumPath, launch } from './browser.js';
import { render } from './pyfence.js';
import { keep, kept } from './second-visit.js';
import { pages } from './site.js';
import { World } from './world.js';

const browserVersion = execFileSync(chromiumPath(), ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
if (kept?.browser !== browserVersion) await make();

async function make() {
  const world = new World();
  await world.start();
  const browser = await launch(world);
  const page = await browser.newPage();
  world.put(pages({ '/': render('```pyodide\n1\n```\n') }, { snapshots: true }));
  await page.goto('https://site.test/');
  await runs(blockOf(page));
  await page.waitForFunction(() => localStorage['pyfence-snapshots']);
  const [address, digest] = await page.evaluate(() => /** @type {[string, string]} */ (Object.entries(JSON.parse(localStorage['pyfence-snapshots']))[0]));
  const bytes = await page.evaluate(async (address) => {
    const blob = await (await caches.match(address))?.blob();
    return new Promise((resolve) => {
      const reader = Object.assign(new FileReader(), { onload: () => resolve(`${reader.result}`) });
      reader.readAsDataURL(blob ?? new Blob());
    });
  }, address);
  keep({ query: new URL(address).search, digest, browser: browserVersion }, Buffer.from(bytes.split(',')[1], 'base64'));
  await browser.close();
  world.stop();
}

// Stop is quick: by the page's own clock.
import assert from 'node:assert/strict';
import { blockOf, outputOf, press, reaches, runs } from '../support/block.js';
import { isolated, markdown, stops } from '../support/endless.js';
import { render } from '../support/pyfence.js';
import { pages } from '../support/site.js';
import { story } from '../support/story.js';

story('A loop without end is stopped within a second; the block says what was lost, and brings it back', async ({ open, screenshot }) => {
  const page = await open(pages({ '/': render(markdown) }));
  await runs(blockOf(page));
  await press(blockOf(page, 1), 'Run');
  const restarted = page.waitForEvent('worker');
  const taken = await stops(blockOf(page, 1));
  assert.ok(taken < 1000, `${taken} ms`);
  await restarted;
  assert.match(await outputOf(blockOf(page, 1)), /^busy 1\nPython had to be ended .* variables of all blocks are gone\./);
  await screenshot(page, 'stopped');
  assert.match(await runs(blockOf(page, 2), 'error'), /NameError/);
  await press(blockOf(page, 1), 'Run the blocks above again');
  await reaches(blockOf(page), 'done');
  assert.equal(await runs(blockOf(page, 2)), '1');
});

story('Where the page is isolated, nothing is lost', async ({ open }) => {
  const page = await open(pages({ '/': render(markdown) }, isolated));
  assert.equal(await page.evaluate(() => crossOriginIsolated), true);
  await runs(blockOf(page));
  await press(blockOf(page, 1), 'Run');
  const taken = await stops(blockOf(page, 1));
  assert.ok(taken < 1000, `${taken} ms`);
  assert.equal(await outputOf(blockOf(page, 1)), 'busy 1');
  assert.equal(await runs(blockOf(page, 2)), '1');
});

story('A sleep is stopped like everything else', async ({ open }) => {
  for (const serving of [{}, isolated]) {
    const page = await open(pages({ '/': render('```pyodide\nimport time\nprint("asleep")\ntime.sleep(1000)\n```\n') }, serving));
    await press(blockOf(page), 'Run');
    const taken = await stops(blockOf(page));
    assert.ok(taken < 1000, `${taken} ms`);
  }
});

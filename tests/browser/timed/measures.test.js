// The instruments of the other tests show what they should: a page that has every fault they look for.
import assert from 'node:assert/strict';
import { accessibilityProblems } from '../support/accessibility.js';
import { layoutShift, longestStandstill, longTasks } from '../support/measures.js';
import { pages } from '../support/site.js';
import { story } from '../support/story.js';

const calm = pages({ '/': '<!doctype html><html lang="en"><title>Calm</title><main><h1>Calm</h1><p>Nothing moves.</p></main>' });

const restless = pages({
  '/': `<!doctype html><title>Restless</title><button></button><p style="height: 500px">Moves.</p><script>
const busy = () => { const end = performance.now() + 300; while (performance.now() < end); };
setTimeout(() => { document.body.prepend(Object.assign(document.createElement('p'), { style: 'height: 200px' })); busy(); }, 300);
onclick = () => setTimeout(busy, 50);
</script>`,
}, { headers: { 'content-security-policy': "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'" } });

story('A restless page is seen as such', async ({ open }) => {
  const page = await open(restless);
  await page.waitForTimeout(1000);
  assert.equal((await longTasks(page)).length, 1);
  assert.ok(await layoutShift(page) > 0.05);
  const standstill = await longestStandstill(page, async () => {
    await page.mouse.click(5, 500);
    await page.waitForTimeout(600);
  });
  assert.ok(standstill >= 290, `${standstill} ms`);
  assert.match((await accessibilityProblems(page)).join('\n'), /html-has-lang: /);
  assert.match((await accessibilityProblems(page, 'button')).join('\n'), /^button-name: /);
});

story('A calm page is seen as such', async ({ open }) => {
  const page = await open(calm);
  await page.waitForTimeout(1000);
  assert.deepEqual(await longTasks(page), []);
  assert.equal(await layoutShift(page), 0);
  assert.ok(await longestStandstill(page, () => page.waitForTimeout(500)) < 250);
  assert.deepEqual(await accessibilityProblems(page), []);
});

// Before the reader acts: readable without JavaScript, light with it, at home on any page.
import assert from 'node:assert/strict';
import { accessibilityProblems } from './support/accessibility.js';
import { blockOf, opensEditor, outputOf, press, reaches, runs } from './support/block.js';
import { comesToRest, layoutShift } from './support/measures.js';
import { build, render } from './support/pyfence.js';
import { prints, raises } from './support/scripted-python.js';
import { folder, pages } from './support/site.js';
import { story } from './support/story.js';

/** @typedef {import('playwright-core').Locator} Locator */

const code = 'import math\n\n# Pythagoras\ndef hypotenuse(a, b):\n    return math.sqrt(a ** 2 + b ** 2)\n\nprint("c =", hypotenuse(3, 4))';
const fence = `\`\`\`pyodide\n${code}\n\`\`\`\n\n`;
/** The code's output, for what isn't about Python. */
const python = { [code]: prints('c = 5.0\n'), 'print("so far")\n1 / 0': raises('ZeroDivisionError: division by zero', 2, 'so far\n') };

/** @param {Locator} block */
const colours = (block) => block.locator('code *').evaluateAll((spans) => new Set(spans.map((span) => getComputedStyle(span).color)).size);

story('Without JavaScript every block is readable and coloured', async ({ open, screenshot }) => {
  const page = await open(pages({ '/': render(`# A lesson\n\n${fence.repeat(3)}`) }), '/', { javaScriptEnabled: false });
  assert.deepEqual(await page.locator('pyodide-block code').allTextContents(), [code, code, code]);
  await screenshot(page, 'no-javascript');
  assert.ok(await colours(blockOf(page)) >= 4);
});

story('A loader that comes late moves nothing, whatever the options', async ({ open, world }) => {
  const lines = Array.from({ length: 20 }, (_, line) => `print(${line})`).join('\n');
  const options = ['', 'height=5', 'height=25', 'height=4-8', 'height=-12', 'height=30-', 'height=auto', 'title="A title"', 'linenumbers=yes', 'readonly=yes', 'theme=monokai', 'hidden=yes'];
  const fences = [...options.map((option) => `\`\`\`pyodide ${option}\n${lines}\n\`\`\``), '```pyodide\n```', '```pyodide height=7\n```'];
  const late = world.fault('pyfence.js', 'stall');
  const page = await open(pages({ '/': render(fences.join('\n\n')), '/before/': '<p>Before.</p>' }), '/before/');
  await page.evaluate(() => { location.pathname = '/'; });
  await page.getByText('print(19)').first().waitFor();
  await comesToRest(page);
  const boxes = () => page.locator('pyodide-block').evaluateAll((blocks) => blocks.map((block) => block.getBoundingClientRect().toJSON()));
  const before = await boxes();
  late();
  await blockOf(page, 1).getByRole('button', { name: 'Run' }).waitFor();
  await comesToRest(page);
  assert.deepEqual(await boxes(), before);
  assert.equal(await layoutShift(page), 0);
  assert.ok(before[1].height < before[0].height && before[0].height < before[2].height, 'the heights that were asked for');
});

story('Python begins when pointer or focus stay on a block; a run finds it, and leaving ends it', async ({ open, world, complaints }) => {
  const page = await open(pages({ '/': render(`${fence}[A link](#)`) }, { isFirstVisit: true }));
  for (const { turn, leave } of [
    { turn: () => blockOf(page).hover(), leave: () => page.mouse.move(0, 0) },
    { turn: () => page.keyboard.press('Tab'), leave: () => page.getByRole('link').focus() },
  ]) {
    const beginning = page.waitForEvent('worker');
    await turn();
    const worker = await beginning;
    await Promise.all([worker.waitForEvent('close'), leave()]);
  }
  const arrived = page.waitForEvent('requestfinished', (request) => request.url().endsWith('pyodide.asm.wasm'));
  await blockOf(page).hover();
  await arrived;
  await press(blockOf(page), 'Run');
  await reaches(blockOf(page), 'done');
  assert.equal(page.workers().length, 1);
  assert.equal(await outputOf(blockOf(page)), 'c = 5.0');
  assert.deepEqual(complaints.filter((complaint) => !/^failed: .* net::ERR_ABORTED$/.test(complaint)), []);
});

story('A pointer that rests while the page scrolls, and a reader who saves data, begin nothing', async ({ open, world }) => {
  const page = await open(pages({ '/': render(`<div style="height: 100vh">.</div>\n\n${fence.repeat(20)}`) }));
  await page.mouse.move(300, 300);
  await page.mouse.wheel(0, 600);
  await page.waitForFunction(() => document.querySelector('pyodide-block:hover'));
  assert.equal(await page.locator('pyodide-block:hover').count(), 1);

  const thrifty = "<script>Object.defineProperty(navigator, 'connection', { value: { saveData: true } })</script><title>";
  const other = await open(pages({ '/': render(fence).replace('<title>', thrifty) }));
  await blockOf(other).hover();
  await other.locator('link[rel="preconnect"]').waitFor({ state: 'attached' });
  assert.equal(page.workers().length + other.workers().length, 0);
  assert.equal(world.requested('cdn.jsdelivr.net').length, 0);
});

story('Pressing Run fetches each file of Python once', async ({ open, world }) => {
  const page = await open(pages({ '/': render(fence) }, { isFirstVisit: true }));
  assert.equal(await runs(blockOf(page)), 'c = 5.0');
  assert.equal(await outputOf(blockOf(page)), 'c = 5.0');
  for (const file of ['pyodide.mjs', 'pyodide.asm.mjs', 'pyodide.asm.wasm', 'python_stdlib.zip', 'pyodide-lock.json']) {
    assert.equal(world.requested(`full/${file}`).length, 1, `${file} once`);
  }
});

story('While Python is busy no frame needs the page: what moves is the compositor\'s', async ({ open }) => {
  const page = await open(pages({ '/': render(fence) }, { python: { [code]: [] } }), '/', { reducedMotion: 'no-preference' });
  const block = blockOf(page);
  await press(block, 'Run');
  await reaches(block, 'running');
  const moving = await block.evaluate((element) => element.getAnimations({ subtree: true }).flatMap(({ effect }) =>
    (effect instanceof KeyframeEffect ? effect.getKeyframes() : []).flatMap((frame) => Object.keys(frame))));
  assert.deepEqual([...new Set(moving)].sort(), ['composite', 'computedOffset', 'easing', 'offset', 'transform']);
});

story('How much of Python has come is there to see while it comes, and is not spoken', async ({ open, world, screenshot }) => {
  const page = await open(pages({ '/': render(fence) }, { isFirstVisit: true }));
  const block = blockOf(page);
  const resume = world.fault('pyodide.asm.wasm', 'half');
  await press(block, 'Run');
  const status = block.getByRole('status');
  await status.and(page.locator('[data-progress^="Loading Python "]')).waitFor();
  assert.match(await status.getAttribute('data-progress') ?? '', /^Loading Python [3-9]\d %$/);
  assert.equal(await status.textContent(), 'Loading Python');
  await screenshot(page, 'loading');
  resume();
  await reaches(block, 'done');
  assert.equal(await status.getAttribute('data-progress'), null);
});

story('Code that nothing coloured is coloured when the reader turns to it', async ({ open }) => {
  const page = await open(pages({ '/': render('').replace('</main>', `
<link rel="stylesheet" href="/pyfence/x/pyfence.css"><script type="module" src="/pyfence/x/pyfence.js"></script>
<pyodide-block><pre><code>if True:\n    print("&lt;b>")  # bold</code></pre></pyodide-block></main>`) }, { python: {} }));
  const block = blockOf(page);
  assert.equal(await colours(block), 0);
  await block.hover();
  await block.locator('c-k').waitFor();
  assert.equal(await block.locator('code').textContent(), 'if True:\n    print("<b>")  # bold');
  assert.ok(await colours(block) >= 4);
});

story('Two copies of the loader, and blocks that come and go, do no harm', async ({ open, complaints }) => {
  const more = { 'print("fresh")': prints('fresh\n'), 'print("late")': prints('late\n') };
  const page = await open(pages({ '/': render(fence) }, { python: { ...python, ...more } }));
  await page.addScriptTag({ type: 'module', url: '/pyfence/other/pyfence.js' });
  await page.evaluate(() => {
    const block = /** @type {HTMLElement} */ (document.querySelector('pyodide-block'));
    const copy = block.cloneNode(true);
    block.after(copy);
    const fresh = document.createElement('pyodide-block');
    const pre = document.createElement('pre');
    pre.append(Object.assign(document.createElement('code'), { textContent: 'print("fresh")' }));
    fresh.append(pre);
    document.body.append(fresh);
    document.body.prepend(block);
  });
  assert.equal(await page.getByRole('button', { name: 'Run' }).count(), 3);
  assert.equal(await runs(blockOf(page, 0)), 'c = 5.0');
  assert.equal(await runs(blockOf(page, 1)), 'c = 5.0');
  assert.equal(await runs(blockOf(page, 2)), 'fresh');
  await page.evaluate(() => document.querySelector('pyodide-block')?.remove());
  assert.equal(await runs(blockOf(page, 1)), 'fresh');
  await page.evaluate(() => {
    const [late] = [document.body.appendChild(document.createElement('pyodide-block'))];
    setTimeout(() => {
      const code = Object.assign(document.createElement('code'), { textContent: 'print("late")' });
      late.append(document.createElement('pre'));
      late.firstElementChild?.append(code);
    }, 500);
  });
  assert.equal(await runs(blockOf(page, 2)), 'late');
  assert.deepEqual(complaints, []);
});

story('A strict content security policy is no obstacle', async ({ open, complaints }) => {
  const policy = "default-src 'none'; script-src 'self' blob: https://cdn.jsdelivr.net 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self'; "
    + "connect-src 'self' https://cdn.jsdelivr.net; img-src 'self' data:; base-uri 'none'; form-action 'none'";
  const page = await open(pages({ '/': render(fence) }, { headers: { 'content-security-policy': policy }, isFirstVisit: true }));
  const block = blockOf(page);
  await opensEditor(block);
  await page.keyboard.press('Control+A');
  await page.keyboard.type('1 + 1');
  assert.equal(await runs(block), '2');
  assert.notEqual(await block.locator('.ace_editor .ace_scroller').evaluate((scroller) => getComputedStyle(scroller).position), 'static', 'Ace has its styles');
  assert.deepEqual(complaints, []);
});

story('A pointer that moves over a block prepares it once, and once more when it comes back', async ({ open }) => {
  const page = await open(pages({ '/': render(fence) }, { python }));
  const block = blockOf(page);
  const { x, y } = await block.boundingBox() ?? { x: 0, y: 0 };
  await page.mouse.move(x + 20, y + 20);
  await block.getByRole('button', { name: 'Share' }).waitFor();
  const looks = await page.evaluateHandle(() => {
    const looks = { count: 0 };
    const ask = document.querySelectorAll;
    // Whoever prepares a block looks for those above it.
    document.querySelectorAll = (/** @type {string} */ selector) => { looks.count += 1; return ask.call(document, selector); };
    return looks;
  });
  for (let step = 1; step <= 8; step += 1) {
    await page.mouse.move(x + 20 + 3 * step, y + 20);
    await comesToRest(page);
  }
  assert.equal(await looks.evaluate(({ count }) => count), 0);
  await page.mouse.move(0, 0);
  await page.mouse.move(x + 20, y + 20);
  await page.waitForFunction((looks) => looks.count > 0, looks);
});

story('axe finds nothing: at rest, after a run, after an error, with the editor open; light and dark', async ({ open }) => {
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    const markdown = `# A lesson\n\n${fence}\`\`\`pyodide\nprint("so far")\n1 / 0\n\`\`\`\n`;
    const dark = '<style>:root { color-scheme: light dark } @media (prefers-color-scheme: dark) { body { background: #111; color: #eee } }</style>';
    const page = await open(pages({ '/': render(markdown) + dark }, { python }), '/', { colorScheme });
    assert.deepEqual(await accessibilityProblems(page), []);
    await runs(blockOf(page));
    await runs(blockOf(page, 1), 'error');
    assert.deepEqual(await accessibilityProblems(page), []);
    await opensEditor(blockOf(page));
    assert.deepEqual(await accessibilityProblems(page), []);
  }
});

story('A page of the example site stands still, and axe finds nothing, themes and all', async ({ open }) => {
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    const page = await open(folder(build('site-example')), '/editor/options/', { colorScheme });
    await page.waitForLoadState('networkidle');
    assert.equal(await layoutShift(page), 0);
    assert.deepEqual(await accessibilityProblems(page), []);
  }
});

story('Under another path, and in a narrow window, a block is at home', async ({ open, screenshot }) => {
  const page = await open(pages({ '/': render(fence).replaceAll('"/pyfence/', '"/docs/pyfence/') }, { base: '/docs/', python }), '/docs/', { viewport: { width: 320, height: 640 } });
  assert.equal(await runs(blockOf(page)), 'c = 5.0');
  await opensEditor(blockOf(page));
  await page.keyboard.type('#');
  await screenshot(page, 'narrow');
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 320), 'nothing sticks out');
  for (const name of ['Run', 'Copy', 'Reset', 'Clear']) {
    const box = await blockOf(page).getByRole('button', { name }).boundingBox();
    assert.ok(box && box.x >= 0 && box.x + box.width <= 320, `${name} is in sight`);
  }
  await press(blockOf(page), 'Clear');
});

for (const [language, width] of /** @type {[string, number][]} */ ([['en', 320], ['de', 320], ['fr', 400], ['de', 760]])) {
  story(`All that a block can offer is in sight, and its state: ${language}, ${width} px`, async ({ open, screenshot }) => {
    const html = render(`${fence}\`\`\`pyodide\nprint("so far")\n1 / 0\n\`\`\`\n`).replace('lang="en"', `lang="${language}"`);
    const page = await open(pages({ '/': html }, { python }), '/', { viewport: { width, height: 740 } });
    const block = blockOf(page, 1);
    await opensEditor(block);
    await page.keyboard.press('Control+Enter');
    await reaches(block, 'error');
    await page.keyboard.type('#');
    const status = await block.getByRole('status').evaluate((status) => [status.clientWidth, status.scrollWidth]);
    assert.ok(status[0] > 60 && status[1] <= status[0], `${status}`);
    for (const name of ['run', 'above', 'reset', 'clear', 'copy']) {
      await block.locator(`.pyfence-${name}`).focus();
      const box = await block.locator(`.pyfence-${name}`).boundingBox();
      assert.ok(box && box.x >= 0 && box.x + box.width <= width && box.height >= 24, `${name}: ${JSON.stringify(box)}`);
    }
    assert.equal(await block.evaluate((block) => block.scrollLeft), 0);
    await screenshot(page, `full-bar-${language}-${width}`);
  });
}

story('What a theme says of every pre, code and button does not reach into a block', async ({ open }) => {
  const theme = `<style>
main pre, .content pre { margin: 3em; padding: 2em; background: #272822; color: lime; border: 5px solid red; font: 20px/2 serif; white-space: pre-wrap }
main pre code, .content code { padding: 1em; background: purple; color: yellow; font-size: 2em }
pre { background: #000 !important; color: #fff !important }
pre code { background: #000 !important; color: #fff !important; font-size: .8em !important }
main button, .content button { padding: 2em; background: navy; color: white; text-transform: uppercase; border-radius: 50% }
</style>`;
  /** @param {import('playwright-core').Page} page */
  const sight = async (page) => {
    await blockOf(page).locator('.pyfence-run').waitFor();
    return blockOf(page).evaluate((block) => [...block.querySelectorAll('pre, code, button')].map((part) => {
      const { x, y, width, height } = part.getBoundingClientRect();
      const { color, backgroundColor, fontFamily, fontSize, textTransform } = getComputedStyle(part);
      return { part: part.className || part.localName, x, y, width, height, color, backgroundColor, fontFamily, fontSize, textTransform };
    }));
  };
  const alone = await sight(await open(pages({ '/': render(fence) })));
  const themed = await sight(await open(pages({ '/': render(fence).replace('<main>', `${theme}<main class="content">`) })));
  assert.deepEqual(themed, alone);
});

story('Colours that a site has for the classes of Zola stay on their own background', async ({ open }) => {
  const block = '<pyodide-block session="default"><pre class="giallo z-code"><code data-lang="python"><span class="giallo-l"><span class="z-source">x = 1</span></span></code></pre></pyodide-block>';
  /** @param {string} style */
  const sight = async (style) => {
    const page = await open(pages({ '/': render(fence).replace('<main>', `<style>${style}</style><main>${block}`) }));
    await blockOf(page).locator('.pyfence-run').waitFor();
    return page.locator('pre.z-code .z-source').evaluate((part) => {
      const pre = /** @type {Element} */ (part.closest('pre'));
      return [getComputedStyle(part).color, getComputedStyle(pre).backgroundColor];
    });
  };
  const dark = '.z-code { color: #C6D0F5; background-color: #303446 } .z-source { color: #C6D0F5 }';
  assert.deepEqual(await sight(`pre { background: white; color: black } ${dark}`), ['rgb(198, 208, 245)', 'rgb(48, 52, 70)']);
});

story('In print there are the whole code as it stands and the whole output, and no buttons', async ({ open, screenshot }) => {
  const many = Array.from({ length: 60 }, (_, line) => `print(${line})`).join('\n');
  const long = `print("${'long '.repeat(60)}")`;
  const dark = '<style>@media screen { body { background: #111 } }</style>';
  const printed = `mine\n${Array.from({ length: 60 }, (_, line) => `${line}\n`).join('')}${'long '.repeat(60)}\n`;
  const python = { [`print("mine")\n${many}\n${long}`]: prints(printed) };
  const page = await open(pages({ '/': `${render(`\`\`\`pyodide height="5" title="many.py" linenumbers=yes\n${many}\n${long}\n\`\`\`\n`)}${dark}` }, { python }));
  await page.locator('pyodide-block:state(dark)').waitFor();
  const block = blockOf(page);
  await opensEditor(block);
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('print("mine")\n');
  await runs(block);
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await page.emulateMedia({ media: 'print' });
  assert.equal(await block.locator('pre').innerText(), `print("mine")\n${many}\n${long}`);
  assert.equal(await block.locator('pre').evaluate((pre) => getComputedStyle(pre, '::before').content), 'none', 'no numbers, which lines of paper would not keep to');
  assert.ok(await block.locator('pre').evaluate((pre) => pre.scrollWidth <= pre.clientWidth), 'long lines are whole');
  assert.equal(await block.locator('pre').evaluate((pre) => getComputedStyle(pre).color), 'rgb(36, 39, 46)', 'dark on white');
  const [code, output] = [await block.locator('pre').boundingBox(), await block.locator('.pyfence-output').boundingBox()];
  assert.ok(code && output && code.height > 61 * 15 && output.height > 61 * 15, JSON.stringify([code, output]));
  assert.equal(await block.getByRole('button').filter({ visible: true }).count(), 0);
  await screenshot(page, 'print', { fullPage: true });
});

// The policy that `pyfence csp` prints: blocks of the course run under it, as a header and as an element; with less they don't.
import assert from 'node:assert/strict';
import { blockOf, opensEditor, outputOf, press, reaches, runs } from './support/block.js';
import { build, csp, isolation } from './support/pyfence.js';
import { folder } from './support/site.js';
import { story } from './support/story.js';

/** @param {Record<string, string>} headers @param {(html: string) => string} [change] */
function course(headers, change = (html) => html) {
  const site = folder(build('site-example'), { headers });
  return {
    ...site,
    /** @param {string} path */
    async answer(path) {
      const answer = await site.answer(path);
      if (answer && String(answer.headers['content-type']).startsWith('text/html')) answer.body = Buffer.from(change(answer.body.toString()));
      return answer;
    },
  };
}

/**
 * What a reader does on a page of the course: a picture, a table, Markdown, an edit.
 * @type {{ [name: string]: (blocks: import('playwright-core').Locator) => Promise<void> }}
 */
const acts = {
  async picture(blocks) {
    await runs(blocks.nth(0));
    const picture = blocks.nth(0).locator('.pyfence-output img');
    assert.ok(await picture.evaluate((/** @type {HTMLImageElement} */ image) => image.decode().then(() => image.naturalWidth > 0, () => false)), 'the picture shows');
  },
  async table(blocks) {
    await runs(blocks.nth(1));
    await blocks.nth(1).frameLocator('iframe').getByText('25', { exact: true }).waitFor();
  },
  async markdown(blocks) {
    await runs(blocks.nth(3));
    await blocks.nth(3).frameLocator('iframe').getByText('5 of 5').waitFor({ timeout: 10_000 });
  },
  editor: (blocks) => opensEditor(blocks.nth(1)),
};

/** @param {import('./support/story.js').Scene} scene @param {ReturnType<typeof course>} site */
const opens = async ({ open }, site) => (await open(site, '/editor/results/')).locator('pyodide-block');

for (const [format, serving] of /** @type {[string, (policy: string) => [Record<string, string>, ((html: string) => string)?]][]} */ ([
  ['header', (line) => [{ 'content-security-policy': line.replace(/^[^:]*: /, '') }]],
  ['meta', (line) => [{}, (html) => html.replace(/<head>/i, (head) => `${head}${line}`)]],
])) {
  story(`Blocks of the course run under the policy as a ${format}`, async (scene) => {
    const policy = csp('site-example', format);
    assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'/);
    const blocks = await opens(scene, course(...serving(policy)));
    for (const act of Object.values(acts)) await act(blocks);
  });
}

story('A directive less, or a source, and they fail', async (scene) => {
  const policy = csp('site-example', 'header').replace(/^[^:]*: /, '');
  const [fallback, ...directives] = policy.split('; ');
  assert.equal(fallback, "default-src 'self'");
  const without = (/** @type {string} */ part) => policy.replace(part, '');
  const lesser = [...directives.map((directive) => `; ${directive}`), " 'wasm-unsafe-eval'", ...(policy.match(/ https:\S+(ace-builds|marked|pyodide)[^;\s]*/g) ?? [])];
  assert.equal(lesser.length, 7, policy);
  for (const part of lesser) {
    const blocks = await opens(scene, course({ 'content-security-policy': without(part) }));
    blocks.page().context().setDefaultTimeout(8_000);
    // Most parts are Python's own, and what shows a picture.
    const act = part.includes('ace-builds') ? acts.editor : part.includes('marked') ? acts.markdown : acts.picture;
    await assert.rejects(act(blocks), (error) => !/was allowed/.test(`${error}`), `without ${part}`);
  }
});

story("One header isolates Chromium's pages: input() waits on shared memory", async ({ open }) => {
  const headers = [csp('site-example', 'header'), isolation('site-example', 'header')].map((line) => line.split(/: (.*)/));
  const site = course(Object.fromEntries(headers));
  const page = await open(site, '/editor/results/');
  assert.equal(await page.evaluate(() => crossOriginIsolated), true);
  const block = blockOf(page);
  await block.evaluate((block) => { /** @type {any} */ (block).code = 'import js\nname = input("Name? ")\nprint(name, js.crossOriginIsolated)'; });
  await press(block, 'Run');
  await block.getByRole('textbox', { name: 'Name?' }).fill('Ada');
  await page.keyboard.press('Enter');
  await reaches(block, 'done');
  assert.match(await outputOf(block), /Ada True/);
});

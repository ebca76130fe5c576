// The policy that `pyfence csp` prints: blocks of the course run under it, as a header and as an element; with less they don't.
import assert from 'node:assert/strict';
import { blockOf, opensEditor, outputOf, press, reaches, runs } from './support/block.js';
import { build, csp } from './support/pyfence.js';
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

/** What a reader does on a page of the course: a picture, a table, Markdown, an edit; on another a package. */
const reads = async (/** @type {import('./support/story.js').Scene} */ { open }, /** @type {ReturnType<typeof course>} */ site) => {
  const page = await open(site, '/editor/results/');
  const blocks = page.locator('pyodide-block');
  await runs(blocks.nth(0));
  const picture = blocks.nth(0).locator('.pyfence-output img');
  assert.ok(await picture.evaluate((/** @type {HTMLImageElement} */ image) => image.decode().then(() => image.naturalWidth > 0, () => false)), 'the picture shows');
  await runs(blocks.nth(1));
  await blocks.nth(1).frameLocator('iframe').getByText('25', { exact: true }).waitFor();
  await runs(blocks.nth(3));
  await blocks.nth(3).frameLocator('iframe').getByText('5 of 5').waitFor({ timeout: 10_000 });
  await opensEditor(blocks.nth(1));
};

for (const [format, serving] of /** @type {[string, (policy: string) => [Record<string, string>, ((html: string) => string)?]][]} */ ([
  ['header', (line) => [{ 'content-security-policy': line.replace(/^[^:]*: /, '') }]],
  ['meta', (line) => [{}, (html) => html.replace(/<head>/i, (head) => `${head}${line}`)]],
])) {
  story(`Blocks of the course run under the policy as a ${format}`, async (scene) => {
    const policy = csp('site-example', format);
    assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'/);
    await reads(scene, course(...serving(policy)));
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
    await assert.rejects(reads({ ...scene, open: async (...asked) => {
      const page = await scene.open(...asked);
      page.context().setDefaultTimeout(8_000);
      return page;
    } }, course({ 'content-security-policy': without(part) })), (error) => !/was allowed/.test(`${error}`), `without ${part}`);
  }
});

story("One header isolates Chromium's pages: input() waits on shared memory", async ({ open }) => {
  const site = course({ 'document-isolation-policy': 'isolate-and-credentialless', 'content-security-policy': csp('site-example', 'header').replace(/^[^:]*: /, '') });
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

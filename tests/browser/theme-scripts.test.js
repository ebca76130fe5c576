// What scripts of themes do to every `pre` of a page: a block in it stays one.
import assert from 'node:assert/strict';
import { blockOf, opensEditor, runs } from './support/block.js';
import { render } from './support/pyfence.js';
import { prints } from './support/scripted-python.js';
import { pages } from './support/site.js';
import { story } from './support/story.js';

/** @type {[string, string][]} what it is called, and the script */
const scripts = [
  ['a button to copy in a box around the code', `
    for (const pre of document.querySelectorAll('pre')) {
      const box = document.createElement('div');
      const copy = document.createElement('button');
      box.className = 'code-block';
      copy.textContent = 'copy';
      pre.parentNode.insertBefore(box, pre);
      box.append(pre, copy);
      pre.style.maxHeight = 'none';
    }`],
  ['a button to copy in the code, and a bar with the language above it', `
    for (const code of document.querySelectorAll('pre > code')) {
      const bar = document.createElement('div');
      bar.innerHTML = '<span>' + code.className + '</span><button>copy</button>';
      code.parentElement.prepend(bar);
      code.parentElement.classList.add('has-bar');
    }`],
  ['two boxes for wide code to scroll in', `
    document.querySelectorAll('pre').forEach((pre) => {
      const outer = document.createElement('figure');
      const inner = document.createElement('div');
      inner.style.overflowX = 'auto';
      pre.replaceWith(outer);
      outer.append(inner);
      inner.append(pre);
    });`],
  ['a table of numbered lines', `
    for (const code of document.querySelectorAll('pre code')) {
      const rows = code.innerHTML.split('\\n').map((line, at) => '<tr><td>' + (at + 1) + '</td><td>' + line + '</td></tr>');
      code.innerHTML = '<table>' + rows.join('') + '</table>';
    }`],
];

const code = 'for n in range(2):\n    print(n)';
const fences = `\`\`\`pyodide height=4-8\n${code}\n\`\`\`\n\n\`\`\`pyodide exercise=a linenumbers=yes\nn = 1\nn\n\`\`\`\n\n\`\`\`pyodide check=a\nn -> 1\n\`\`\`\n`;

/** @param {string} script @param {string} when of the places where themes have their scripts */
const site = (script, when) => pages({
  '/': render(fences).replace('</main>', `</main><script>${when === 'at once' ? script : `document.addEventListener('DOMContentLoaded', () => {${script}})`}</script>`),
}, { python: { [code]: prints('0\n1\n') } });

for (const [what, script] of scripts) {
  story(`A theme's script makes ${what}: the block stays as it is`, async ({ open, complaints }) => {
    // A table that is made before a block comes to life has lost the line ends of its code.
    const isTable = what.includes('table');
    for (const when of ['at once', 'later', 'to live blocks'].slice(isTable ? 2 : 0)) {
      const page = await open(site(when === 'to live blocks' ? '' : script, when));
      const block = blockOf(page);
      await block.getByRole('button', { name: 'Run' }).waitFor();
      await blockOf(page, 1).locator('pre[data-lines]').waitFor();
      if (when === 'to live blocks') await page.evaluate(script);
      await block.locator(':scope > pre').waitFor();
      assert.equal(await runs(block), '0\n1', when);
      assert.equal(await block.getByRole('button', { name: 'copy', exact: true }).count(), 0, when);
      const height = () => block.locator(':scope > pre, .ace_editor').filter({ visible: true }).first().evaluate((part) => part.getBoundingClientRect().height);
      const before = await height();
      await opensEditor(block);
      assert.ok(Math.abs(await height() - before) < 2, `${when}: ${before} and ${await height()} pixels`);
      assert.equal(await block.evaluate((block) => /** @type {any} */ (block).code), code, when);
      const exercise = blockOf(page, 1);
      await exercise.getByRole('button', { name: 'Check' }).waitFor();
      assert.equal(await exercise.evaluate((block) => /** @type {any} */ (block).code), 'n = 1\nn', when);
      assert.equal(await exercise.locator(':scope > pre').getAttribute('data-lines'), '1\n2', when);
    }
    assert.deepEqual(complaints, []);
  });
}

story('A theme\'s script puts boxes around a block that runs and one that is edited: both go on', async ({ open, complaints }) => {
  const page = await open(site('', ''));
  const [running, edited] = [blockOf(page), blockOf(page, 1)];
  const wrap = (/** @type {string} */ what) => page.evaluate((what) => {
    for (const element of document.querySelectorAll(what)) {
      const box = document.createElement('figure');
      element.replaceWith(box);
      box.append(element);
    }
  }, what);
  await opensEditor(edited);
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('m = 2\n');
  await running.evaluate((block) => {
    block.addEventListener('pyodide-run', () => {
      const box = document.createElement('figure');
      block.replaceWith(box);
      box.append(block);
    });
  });
  assert.equal(await runs(running), '0\n1');
  assert.equal(await runs(running), '0\n1');
  await wrap('pyodide-block');
  await wrap('pre');
  await edited.locator(':scope > pre').waitFor({ state: 'attached' });
  assert.equal(await edited.evaluate((block) => /** @type {any} */ (block).code), 'm = 2\nn = 1\nn');
  await edited.locator('.ace_scroller').click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('k');
  assert.equal(await edited.evaluate((block) => /** @type {any} */ (block).code), 'km = 2\nn = 1\nn');
  await running.locator(':scope > pre').waitFor();
  assert.equal(await runs(running), '0\n1');
  assert.deepEqual(complaints, []);
});

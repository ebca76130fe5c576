// The block speaks the page's language.
import assert from 'node:assert/strict';
import { blockOf, outputOf, reaches, runs } from './support/block.js';
import { languages, wordsOf } from './support/languages.js';
import { render } from './support/pyfence.js';
import { returns } from './support/scripted-python.js';
import { pages } from './support/site.js';
import { story } from './support/story.js';

const python = { 1: returns('1') };

const spoken = await Promise.all(languages.map(async (language) => {
  const { run, done } = await wordsOf(language);
  return { lang: language === 'de' ? 'de-CH' : language, run, done };
}));

for (const { lang, run, done } of [...spoken, { lang: 'ja', run: 'Run', done: 'Done' }]) {
  story(`lang="${lang}": ${run}, ${done}`, async ({ open, world, complaints }) => {
    // One of them is real.
    const serving = lang === 'fr' ? {} : { python };
    const page = await open(pages({ '/': render('```pyodide\n1\n```\n').replace('lang="en"', `lang="${lang}"`) }, serving));
    const block = blockOf(page);
    await block.getByRole('button', { name: run }).click();
    await reaches(block, 'done');
    await block.getByRole('status').getByText(done).waitFor();
    assert.equal(world.requested('/i18n/').length, lang === 'ja' ? 0 : 1);
    assert.deepEqual(complaints, []);
  });
}

story("A site's own words go before ours, in its languages", async ({ open, complaints }) => {
  const words = JSON.stringify({ done: 'Ready & "willing"', it: { run: 'Esegui', done: 'Fatto' } }).replaceAll('"', '&quot;');
  const meta = `<meta name="pyfence-strings" content="${words}">`;
  const python = { 1: returns('1') };
  for (const [lang, run, done] of [['it', 'Esegui', 'Fatto'], ['de', 'Ausführen', 'Ready & "willing"']]) {
    const page = await open(pages({ '/': render('```pyodide\n1\n```\n').replace('lang="en"', `lang="${lang}"`).replace('<title>', `${meta}<title>`) }, { python }));
    await blockOf(page).getByRole('button', { name: run }).click();
    await blockOf(page).getByRole('status').getByText(done).waitFor();
  }
  assert.deepEqual(complaints, []);
});

story("A site's words that are no JSON are complained about, and the blocks run", async ({ open, complaints }) => {
  const meta = '<meta name="pyfence-strings" content="{\'run\': 1}">';
  const page = await open(pages({ '/': render('```pyodide\n1\n```\n').replace('<title>', `${meta}<title>`) }, { python }));
  assert.equal(await runs(blockOf(page)), '1');
  assert.match(complaints.join(), /^warning: pyfence-strings: SyntaxError/);
});

story('Words that can\'t be had are English, and the blocks run', async ({ open, world }) => {
  const meta = '<meta name="pyfence-strings" content="{}">';
  const page = render('```pyodide\n1\n```\n').replace('lang="en"', 'lang="de"').replace('<title>', `${meta}<title>`);
  for (const [file, run] of [['i18n/de.js', 'Run'], ['own-strings.js', 'Ausführen']]) {
    const mend = world.fault(file, 404);
    const block = blockOf(await open(pages({ '/': page }, { python })));
    await block.getByRole('button', { name: run }).click();
    await reaches(block, 'done');
    assert.equal(await block.locator('.pyfence-output').textContent(), '1', file);
    mend();
  }
});

story('Words that never come are English, and Stop stops', async ({ open, world }) => {
  const meta = '<meta name="pyfence-strings" content="{}">';
  for (const [language, silent, run] of [['de', 'i18n/de.js', 'Run'], ['fr', 'i18n/fr.js', 'Run'], ['es', 'own-strings.js', 'Ejecutar']]) {
    const html = render('```pyodide\n1\n```\n').replace('lang="en"', `lang="${language}"`).replace('<title>', `${meta}<title>`);
    const mends = [silent, 'run/run.js'].map((file) => world.fault(file, 'stall'));
    const page = await open(pages({ '/': html }, { python, headers: { 'cache-control': 'no-store' } }));
    const block = blockOf(page);
    await block.getByRole('button', { name: run }).click();
    await block.and(page.locator('[state="loading"]')).waitFor();
    assert.notEqual(await block.getByRole('status').textContent(), '');
    await block.locator('.pyfence-stop').click();
    await reaches(block, 'idle');
    mends.forEach((mend) => mend());
    await block.getByRole('button', { name: run }).click();
    await reaches(block, 'done');
    assert.equal(await outputOf(block), '1');
  }
});

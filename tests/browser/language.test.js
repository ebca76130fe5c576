// The block speaks the page's language.
import assert from 'node:assert/strict';
import { blockOf, reaches, runs } from './support/block.js';
import { render } from './support/pyfence.js';
import { pages } from './support/site.js';
import { story } from './support/story.js';

for (const [lang, run, done] of [['fr', 'Exécuter', 'Terminé'], ['de-CH', 'Ausführen', 'Fertig'], ['es', 'Ejecutar', 'Listo'], ['ja', 'Run', 'Done']]) {
  story(`lang="${lang}": ${run}, ${done}`, async ({ open, world, complaints }) => {
    const page = await open(pages({ '/': render('```pyodide\n1\n```\n').replace('lang="en"', `lang="${lang}"`) }));
    const block = blockOf(page);
    await block.getByRole('button', { name: run }).click();
    await reaches(block, 'done');
    await block.getByRole('status').getByText(done).waitFor();
    assert.ok(world.requested('strings').length <= 2);
    assert.deepEqual(complaints, []);
  });
}

story("A site's own words go before ours, in its languages", async ({ open, complaints }) => {
  const words = JSON.stringify({ done: 'Ready & "willing"', it: { run: 'Esegui', done: 'Fatto' } }).replaceAll('"', '&quot;');
  const meta = `<meta name="pyfence-strings" content="${words}">`;
  for (const [lang, run, done] of [['it', 'Esegui', 'Fatto'], ['de', 'Ausführen', 'Ready & "willing"']]) {
    const page = await open(pages({ '/': render('```pyodide\n1\n```\n').replace('lang="en"', `lang="${lang}"`).replace('<title>', `${meta}<title>`) }));
    await blockOf(page).getByRole('button', { name: run }).click();
    await blockOf(page).getByRole('status').getByText(done).waitFor();
  }
  assert.deepEqual(complaints, []);
});

story("A site's words that are no JSON are complained about, and the blocks run", async ({ open, complaints }) => {
  const meta = '<meta name="pyfence-strings" content="{\'run\': 1}">';
  const page = await open(pages({ '/': render('```pyodide\n1\n```\n').replace('<title>', `${meta}<title>`) }));
  assert.equal(await runs(blockOf(page)), '1');
  assert.match(complaints.join(), /^warning: pyfence-strings: SyntaxError/);
});

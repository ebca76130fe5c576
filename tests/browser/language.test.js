// The block speaks the page's language.
import assert from 'node:assert/strict';
import { blockOf, reaches } from './support/block.js';
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

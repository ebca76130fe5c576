// Refreshes runtime/third-party/themes.json after an update of Ace: `node --test scripts/themes.js`.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { project } from '../tests/browser/support/paths.js';
import { pages } from '../tests/browser/support/site.js';
import { story } from '../tests/browser/support/story.js';
import { palettesOfAce } from '../tests/browser/support/themes.js';

story('themes', async ({ open }) => {
  const palettes = await palettesOfAce(await open(pages({ '/': '<!doctype html><title>Themes</title>' })));
  const lines = Object.entries(palettes).map(([name, palette]) => `  ${JSON.stringify(name)}: ${JSON.stringify(palette)}`);
  writeFileSync(join(project, 'runtime/third-party/themes.json'), `{\n${lines.join(',\n')}\n}\n`);
});

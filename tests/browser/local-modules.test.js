// Blocks that are files, and modules of the site: what is edited counts.
import assert from 'node:assert/strict';
import { blockOf, press, runs } from './support/block.js';
import { render } from './support/pyfence.js';
import { pages } from './support/site.js';
import { story } from './support/story.js';

/** @param {import('playwright-core').Locator} block @param {string} code */
async function writes(block, code) {
  await block.evaluate((block, code) => { /** @type {import('../../runtime/pyfence.js').PyodideBlock} */ (block).code = code; }, code);
}

story('A block below imports the block that is a file, as it stands, run or not', async ({ open, complaints }) => {
  const page = await open(pages({ '/': render('```pyodide file="shapes.py"\ndef area(side):\n    return side ** 2\n\nif __name__ == "__main__":\n    print("itself", area(1))\n```\n\n```pyodide file="data/sizes.csv"\n3\n%4\n```\n\n```pyodide\nimport shapes\n[shapes.area(int(line.strip("%"))) for line in open("data/sizes.csv")]\n```\n\n```pyodide session=other\nimport shapes\n```\n') }));
  const [shapes, sizes, reader] = [0, 1, 2].map((place) => blockOf(page, place));
  assert.equal(await shapes.getAttribute('title'), 'shapes.py');
  assert.equal(await runs(reader), '[9, 16]');
  await writes(shapes, 'def area(side):\n    return 2 * side');
  assert.equal(await runs(reader), '[6, 8]');
  await writes(shapes, 'def area(side):\n    return 3 * side\n\nprint("as", __name__)');
  assert.equal(await runs(shapes), 'as __main__');
  assert.equal(await runs(reader), 'as shapes\n[9, 12]');
  await writes(sizes, '5');
  assert.equal(await runs(sizes), '');
  assert.equal(await runs(reader), '[15]');
  await press(shapes, 'Reset');
  await runs(shapes);
  assert.equal(await runs(reader), '[25]');
  await writes(shapes, 'def area(side):\n    return side / 0');
  assert.match(await runs(reader, 'error'), /File "\/home\/pyodide\/shapes\.py", line 2, in area/);
  assert.deepEqual(complaints, []);
});

story('A module of the site that code changes is read anew', async ({ open }) => {
  const page = await open(pages({ '/': render('```pyodide files="tools.py"\nimport tools\ntools.name\n```\n\n```pyodide\nwith open("tools.py", "w") as file:\n    file.write("name = \'another\'")\n```\n'), '/tools.py': 'name = "one"\n' }));
  assert.equal(await runs(blockOf(page)), "'one'");
  await runs(blockOf(page, 1));
  assert.equal(await runs(blockOf(page)), "'another'");
});

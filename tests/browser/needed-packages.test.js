// Packages that code needs: those of Pyodide's distribution come while Python waits, others are offered.
import assert from 'node:assert/strict';
import { blockOf, outputOf, press, reaches, runs } from './support/block.js';
import { render } from './support/pyfence.js';
import { pages } from './support/site.js';
import { story } from './support/story.js';

/** @param {string[]} fences @param {Parameters<typeof pages>[1]} [serving] */
const site = (fences, serving) => pages({ '/': render(fences.map((fence) => `\`\`\`pyodide ${fence}\n\`\`\`\n`).join('\n')) }, serving);

/** A browser that can't suspend Python. */
const unsuspended = { inWorker: 'delete WebAssembly.Suspending; delete WebAssembly.promising;' };

/** A module that imports a package, which imports others. */
const writesModule = '\nopen("frames.py", "w").write("""\ndef lines(n):\n    import stack_data\n    return stack_data.Options(before=n).before\n""");';

story('What a module of the page imports, or Python itself, comes while code runs', async ({ open, world, complaints }) => {
  const page = await open(site([
    writesModule,
    '\nimport frames\nframes.lines(9)',
    '\nfrom datetime import datetime\nfrom zoneinfo import ZoneInfo, available_timezones\nprint(datetime(2026, 7, 1, tzinfo=ZoneInfo("Europe/Oslo")).utcoffset())\nlen(available_timezones()) > 400',
  ]));
  await runs(blockOf(page));
  assert.equal(await runs(blockOf(page, 1)), '9');
  await blockOf(page, 1).getByRole('status').getByText('Done').waitFor();
  assert.equal(await runs(blockOf(page, 2)), '2:00:00\nTrue');
  for (const name of ['stack_data-', 'executing-', 'asttokens-', 'pure_eval-', 'tzdata-']) assert.equal(world.requested(`full/${name}`).length, 1, name);
  assert.deepEqual(complaints, []);
});

story('Where a file that brings packages fails to come, Retry gets it, and packages come while code runs', async ({ open, world }) => {
  const page = await open(site([`${writesModule}\nimport frames\nframes.lines(9)`], { isFirstVisit: true }));
  const mend = world.fault('python/module_finder.py', 404);
  assert.match(await runs(blockOf(page), 'error'), /^Could not load what this code needs\n.*module_finder\.py: 404/);
  mend();
  await press(blockOf(page), 'Retry');
  await reaches(blockOf(page), 'done');
  assert.equal(await outputOf(blockOf(page)), '9');
});

story('What the code imports and installs comes while Python boots, and a second visit fetches none of it', async ({ open, world, complaints }) => {
  const page = await open(site([' install=cowsay\nimport stack_data, cowsay\nstack_data.Options(before=9).before']));
  const boots = world.fault('python_stdlib.zip', 'stall');
  await press(blockOf(page), 'Run');
  const wheels = ['micropip-', 'stack_data-', 'executing-'].map((name) => `full/${name}`);
  await Promise.all(wheels.map((name) => page.waitForEvent('requestfinished', (request) => request.url().includes(name))));
  boots();
  await reaches(blockOf(page), 'done');
  await page.reload();
  assert.equal(await runs(blockOf(page)), '9');
  for (const name of [...wheels, 'files.test/cowsay']) assert.equal(world.requested(name).length, 1, name);
  assert.deepEqual(complaints, []);
});

story('A plot of pandas brings matplotlib; what pandas can do without stays away', async ({ open, world, screenshot }) => {
  const page = await open(site(['version="0.27.7"\nimport pandas as pd\npd.DataFrame({"x": [1, 4, 9]}).plot();']));
  assert.equal(await runs(blockOf(page)), '');
  assert.equal(await blockOf(page).locator('.pyfence-output img').count(), 1);
  assert.equal(world.requested('full/pyarrow').length, 0);
  await screenshot(page, 'pandas-plot');
});

story('A style of pandas brings Jinja2, and the table is drawn', async ({ open, world, complaints }) => {
  const page = await open(site(['version="0.27.7"\nimport pandas as pd\npd.DataFrame({"x": [1, 4], "y": [9, 2]}).style.highlight_max(color="yellow")']));
  assert.equal(await runs(blockOf(page)), '');
  const frame = blockOf(page).frameLocator('iframe');
  await frame.getByText('9').waitFor();
  const yellow = await frame.locator('td').evaluateAll((cells) => cells.filter((cell) => getComputedStyle(cell).backgroundColor === 'rgb(255, 255, 0)').map((cell) => cell.textContent));
  assert.deepEqual(yellow, ['9', '4']);
  for (const name of ['Jinja2-', 'markupsafe-']) assert.equal(world.requested(`full/${name}`).length, 1, name);
  assert.deepEqual(complaints, []);
});

story('What pandas lacks and only the package index has is offered', async ({ open }) => {
  const page = await open(site(['version="0.27.7"\nimport pandas as pd\nprint(pd.DataFrame({"x": [1, 4]}).to_markdown())']));
  const block = blockOf(page);
  assert.match(await runs(block, 'error'), /ImportError: [^]*tabulate/);
  await press(block, 'Install tabulate and run again');
  await reaches(block, 'done');
  assert.match(await outputOf(block), /^\|\s+\|\s+x \|\n\|---:\|----:\|\n\|\s+0 \|\s+1 \|/);
});

story('pandas reads a table of a web page, and a workbook once the reader has installed what reads it', async ({ open, world }) => {
  const page = await open(site([
    'version="0.27.7"\nimport io, pandas as pd\nhtml = "<table><tr><th>x<th>y<tr><td>1<td>4</table>"\nprint(pd.read_html(io.StringIO(html), flavor="bs4")[0].to_csv(index=False).strip())',
    'version="0.27.7"\nbook = io.BytesIO()\npd.DataFrame({"x": [1, 4]}).to_excel(book, index=False)\nprint(pd.read_excel(book).x.sum())',
  ]));
  assert.equal(await runs(blockOf(page)), 'x,y\n1,4');
  for (const name of ['html5lib-', 'beautifulsoup4-', 'soupsieve-']) assert.equal(world.requested(`full/${name}`).length, 1, name);
  const block = blockOf(page, 1);
  assert.match(await runs(block, 'error'), /ModuleNotFoundError: No module named 'openpyxl'/);
  await press(block, 'Install openpyxl and run again');
  await reaches(block, 'done');
  assert.equal(await outputOf(block), '5');
});

story('A package that only the package index has is offered, and runs when the reader says so', async ({ open, world, screenshot, complaints }) => {
  const page = await open(site(['\nimport cowsay\ncowsay.get_output_string("cow", "moo").count("moo")']));
  const block = blockOf(page);
  assert.match(await runs(block, 'error'), /ModuleNotFoundError: No module named 'cowsay'\n*Pyodide does not have cowsay\./);
  await screenshot(page, 'offer-package');
  assert.equal(world.requested('cowsay').length, 0, 'nobody is asked before the reader asks');
  await press(block, 'Install cowsay and run again');
  await reaches(block, 'done');
  assert.equal(await outputOf(block), '1');
  assert.equal(await block.getAttribute('install'), null);
  assert.deepEqual(complaints, []);
});

story('A name that a module does not have is no missing package', async ({ open }) => {
  // The path of the module ends in the name of a package that Pyodide has: py.
  const page = await open(site(['\nfrom json import nothing'], { isFirstVisit: true }));
  assert.match(await runs(blockOf(page), 'error'), /ImportError: cannot import name 'nothing' from 'json' \([^)]*\.py\)$/);
  assert.equal(await blockOf(page).getByRole('button', { name: /Install/ }).count(), 0);
});

story('Where Python can not wait, what it lacked is offered', async ({ open }) => {
  const page = await open(site([writesModule, '\nimport frames\nframes.lines(9)'], unsuspended));
  await runs(blockOf(page));
  const block = blockOf(page, 1);
  assert.match(await runs(block, 'error'), /No module named 'stack_data'[^]*Pyodide has stack_data, but it is not loaded\./);
  await press(block, 'Install stack-data and run again');
  await reaches(block, 'done');
  assert.equal(await outputOf(block), '9');
});

story('Where the author says no, nothing comes, and the block says what the author can do', async ({ open, world }) => {
  const page = await open(site(['autoload=no\nimport sympy', 'autoload=no\nimport cowsay']));
  assert.match(await runs(blockOf(page), 'error'), /Pyodide has sympy, but it is not loaded\. The author of this page can name it in the option of the block: install="sympy"$/);
  assert.match(await runs(blockOf(page, 1), 'error'), /PyPI may have it, as cowsay\. The author [^]*install="cowsay"$/);
  assert.equal(world.requested('.whl').length, 0);
  assert.equal(await page.getByRole('button', { name: /Install/ }).count(), 0);
});

story('A package that does not come is an error of the import, and Stop ends the wait', async ({ open, world }) => {
  const page = await open(site([writesModule, '\nimport frames\nframes.lines(9)']));
  await runs(blockOf(page));
  const block = blockOf(page, 1);
  let mend = world.fault('full/executing-', 404);
  assert.match(await runs(block, 'error'), /ModuleNotFoundError: .*stack_data[^]*executing: 404/);
  mend();
  mend = world.fault('full/executing-', 'stall');
  await press(block, 'Run');
  await block.getByRole('status').getByText('Installing').waitFor();
  await press(block, 'Stop');
  await reaches(block, 'idle');
  assert.doesNotMatch(await outputOf(block), /gone/);
  mend();
  assert.equal(await runs(block), '9');
});

// The world that the other tests stand on: real Pyodide in a worker, from the CDN's addresses, and faults that show.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { installedVersion, integrity } from './support/npm.js';
import { installed } from './support/paths.js';
import { pages } from './support/site.js';
import { story } from './support/story.js';
import { cdnHost } from './support/world.js';

const pyodide = `https://${cdnHost}/pyodide/v${installedVersion('pyodide')}/full`;

const worker = `
import { loadPyodide } from '${pyodide}/pyodide.mjs';
const python = await loadPyodide({ stdout: (line) => postMessage(line) });
await python.loadPackage('micropip');
await python.runPythonAsync(\`
import micropip
await micropip.install(["cowsay", "tabulate[widechars]>=0.9"])
import cowsay, tabulate, wcwidth
cowsay.cow("moo")
print(sum(range(10)))
\`);
postMessage('the end');
`;

const page = `<!doctype html><title>Python</title><script type="module">
const said = document.body.appendChild(document.createElement('pre'));
const worker = new Worker('/worker.js', { type: 'module' });
worker.onmessage = ({ data }) => said.append(data + '\\n');
worker.onerror = () => said.append('the worker failed');
</script>`;

const site = pages({ '/': page, '/worker.js': worker });

story('Pyodide runs in a module worker, with packages from the package index', async ({ open, world, complaints }) => {
  const page = await open(site);
  await page.getByText('the end').waitFor();
  const said = await page.locator('pre').textContent();
  assert.match(said ?? '', /\| moo \|/);
  assert.match(said ?? '', /^45$/m);
  assert.deepEqual(complaints, []);
  assert.equal(await page.evaluate(() => isSecureContext), true);

  const hosts = new Set(world.requests.map(({ host }) => host));
  assert.equal(hosts.size, 4, `the site, the CDN, the package index and its files: ${[...hosts]}`);
  const [wasm] = world.requested('pyodide.asm.wasm');
  assert.ok(wasm.bytes > 1_000_000 && wasm.bytes < 4_000_000, `the wasm went compressed, ${wasm.bytes} bytes`);
  assert.equal(world.requested('micropip').length, 1);
  assert.equal(world.requested('files.test/cowsay').length, 1);
});

story('A second visit takes Pyodide from the browser cache', async ({ open, world }) => {
  const page = await open(site);
  await page.getByText('the end').waitFor();
  await page.reload();
  await page.getByText('the end').waitFor();
  assert.equal(world.requested('pyodide.asm.wasm').length, 1);
});

story('Faults befall the addresses they name until they are lifted', async ({ open, world }) => {
  const page = await open(pages({ '/': '<!doctype html><title>Faults</title>' }));
  /** @param {string} name */
  const ask = (name) => page.evaluate(
    (url) => fetch(url, { cache: 'no-store' }).then(async (got) => `${got.status} ${got.headers.get('content-type')} ${await got.text()}`, (error) => error.name),
    `https://files.test/${name}`,
  );
  const wheel = 'six-1.17.0-py2.py3-none-any.whl';
  const sound = await ask(wheel);
  assert.match(sound, /^200 application\/zip PK/);

  for (const [fault, outcome] of /** @type {const} */ ([
    [404, /^404 /],
    ['refuse', /^TypeError$/],
    ['html', /^200 text\/html <!doctype html>/],
    ['wrong', /^200 application\/zip PK/],
  ])) {
    const lift = world.fault('files.test/six', fault);
    const answer = await ask(wheel);
    assert.match(answer, outcome);
    assert.notEqual(answer, sound);
    lift();
    assert.equal(await ask(wheel), sound);
  }

  const lift = world.fault('files.test', 'stall');
  const waiting = ask(wheel);
  const askedLater = page.evaluate(() => fetch('/').then(() => 'still waiting'));
  assert.equal(await Promise.race([waiting, askedLater]), 'still waiting');
  lift();
  assert.equal(await waiting, sound);
});

story('The browser refuses a script whose bytes are not those of its integrity', async ({ open, world, complaints }) => {
  const ace = `https://${cdnHost}/npm/ace-builds@${installedVersion('ace-builds')}/src-min-noconflict/ace.js`;
  const whole = integrity(readFileSync(installed('ace-builds/src-min-noconflict/ace.js')));
  const page = `<!doctype html><title>Ace</title><script src="${ace}" crossorigin integrity="${whole}"></script>
<p></p><script>document.querySelector('p').textContent = 'Ace is ' + (window.ace ? 'there' : 'not there');</script>`;
  await (await open(pages({ '/': page }))).getByText('Ace is there').waitFor();

  world.fault('ace.js', 'wrong');
  await (await open(pages({ '/': page }))).getByText('Ace is not there').waitFor();
  assert.match(complaints.join(), /integrity/);
});

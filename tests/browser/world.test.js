// The world that the other tests stand on: real Pyodide in a worker, from the CDN's addresses, and faults that show.
import assert from 'node:assert/strict';
import { cdnHost } from './support/world.js';
import { integrity } from './support/cdn.js';
import { pages } from './support/site.js';
import { story } from './support/story.js';

const pyodide = `https://${cdnHost}/pyodide/v314.0.7/full`;

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

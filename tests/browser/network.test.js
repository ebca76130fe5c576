// The network from Python: what a browser may reach, from the page's own address; who refused where it may not.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { blockOf, runs } from './support/block.js';
import { wheels } from './support/paths.js';
import { render } from './support/pyfence.js';
import { pages } from './support/site.js';
import { story } from './support/story.js';

const table = 'x,y\n1,2\n';
const anybody = { 'access-control-allow-origin': '*' };

/** @param {string[]} codes @param {Parameters<typeof pages>[1]} [serving] */
const course = (codes, serving) => pages({
  '/course/one/': render(codes.map((code) => `\`\`\`pyodide\n${code}\n\`\`\`\n`).join('\n')),
  '/course/one/data.csv': table,
  '/course/one/wheels/cowsay-6.1-py3-none-any.whl': readFileSync(join(wheels, 'cowsay-6.1-py3-none-any.whl')),
}, serving);

story('urllib opens what the browser may open, and says what it may not', async ({ open, world }) => {
  world.put(pages({ '/data.csv': table }, { host: 'open.test', headers: anybody }));
  world.put(pages({ '/data.csv': table }, { host: 'closed.test' }));
  world.fault('gone.test', 'refuse');
  const page = await open(course([
    'from urllib.request import urlopen\nurlopen("https://open.test/data.csv").read()',
    'import urllib.request, urllib.error\ntry:\n    urllib.request.urlopen("https://open.test/nothing.csv")\nexcept urllib.error.HTTPError as error:\n    print(error.code)',
    'import urllib.request\nurllib.request.urlopen("https://closed.test/data.csv")',
    'import urllib.request\nurllib.request.urlopen("https://gone.test/data.csv")',
    'import urllib.request\nurllib.request.urlretrieve("https://open.test/data.csv", "copy.csv")\nopen("copy.csv").read()',
    'import urllib.request\nurllib.request.urlopen("http://open.test/data.csv")',
  ]), '/course/one/');
  assert.equal(await runs(blockOf(page)), String.raw`b'x,y\n1,2\n'`);
  assert.equal(await runs(blockOf(page, 1)), '404');
  assert.match(await runs(blockOf(page, 2), 'error'), /URLError: .*closed\.test[^]*closed\.test answers, but does not allow pages of this site to read/);
  assert.match(await runs(blockOf(page, 3), 'error'), /URLError: [^]*gone\.test could not be reached\.$/);
  assert.equal(await runs(blockOf(page, 4)), String.raw`'x,y\n1,2\n'`);
  assert.match(await runs(blockOf(page, 5), 'error'), /URLError: [^]*A page of https reaches open\.test by https:\/\/ only\.$/);
});

/** How code has an address without a library, as text. @type {((address: string) => string)[]} */
const ways = [
  (address) => `from pyodide.http import pyfetch\nawait (await pyfetch("${address}")).string()`,
  (address) => `from pyodide.http import pyxhr\npyxhr.get("${address}").text`,
  (address) => `from pyodide.http import open_url\nopen_url("${address}").read()`,
  (address) => `from js import fetch\nawait (await fetch("${address}")).text()`,
  (address) => `from js import XMLHttpRequest\nrequest = XMLHttpRequest.new()\nrequest.open("GET", "${address}", False)\nrequest.send()\nrequest.responseText`,
];

story("Pyodide's own ways and the browser's reach the same, and a refusal says who refused", async ({ open, world }) => {
  world.put(pages({ '/data.csv': table }, { host: 'open.test', headers: anybody }));
  world.put(pages({ '/data.csv': table }, { host: 'closed.test' }));
  world.fault('gone.test', 'refuse');
  const addresses = ['open', 'closed', 'gone'].map((name) => `https://${name}.test/data.csv`);
  const page = await open(course(ways.flatMap((way) => addresses.map(way))), '/course/one/');
  for (const first of ways.keys()) {
    const [had, closed, gone] = [0, 1, 2].map((place) => blockOf(page, first * 3 + place));
    assert.equal(await runs(had), String.raw`'x,y\n1,2\n'`, ways[first]('open'));
    assert.match(await runs(closed, 'error'), /closed\.test answers, but does not allow pages of this site to read/);
    assert.match(await runs(gone, 'error'), /gone\.test could not be reached\.$/);
  }
});

story('Code that fetched an address that is none is helped with what else it lacks', async ({ open }) => {
  const page = await open(course(['from js import fetch\ntry:\n    await fetch("http://[")\nexcept Exception:\n    import cowsay']), '/course/one/');
  assert.match(await runs(blockOf(page), 'error'), /JsException[^]*No module named 'cowsay'[^]*Install cowsay and run again$/);
});

story('requests, httpx and pandas reach the same, and a refusal says who refused', async ({ open, world }) => {
  world.put(pages({ '/data.csv': table }, { host: 'open.test', headers: anybody }));
  world.put(pages({ '/data.csv': table }, { host: 'closed.test' }));
  world.fault('gone.test', 'refuse');
  const addresses = ['open', 'closed', 'gone'].map((name) => `https://${name}.test/data.csv`);
  const codes = ['requests', 'httpx'].flatMap((library) => addresses.map((address) => `import ${library}\n${library}.get("${address}").text`));
  const page = await open(course(codes), '/course/one/');
  for (const first of [0, 3]) {
    assert.equal(await runs(blockOf(page, first)), String.raw`'x,y\n1,2\n'`);
    assert.match(await runs(blockOf(page, first + 1), 'error'), /Connect(ion)?Error[^]*closed\.test answers, but does not allow pages of this site to read/);
    assert.match(await runs(blockOf(page, first + 2), 'error'), /Connect(ion)?Error[^]*gone\.test could not be reached\.$/);
  }

  const read = (/** @type {string} */ address) => `\`\`\`pyodide version="0.27.7" install="https://files.test/pyodide_http-0.2.2-py3-none-any.whl"\nimport pandas as pd\npd.read_csv("${address}").sum().to_dict()\n\`\`\`\n`;
  const older = await open(pages({ '/': addresses.map(read).map(render).join('\n') }));
  assert.match(await runs(blockOf(older)), /'x': .*1.*'y': .*2/);
  assert.match(await runs(blockOf(older, 1), 'error'), /URLError[^]*closed\.test answers, but does not allow/);
  assert.match(await runs(blockOf(older, 2), 'error'), /URLError[^]*gone\.test could not be reached\.$/);
});

story("Addresses are relative to the page, whoever fetches", async ({ open, world }) => {
  const page = await open(course([
    'from pyodide.http import open_url\nopen_url("data.csv").read()',
    'from urllib.request import urlopen\nurlopen("data.csv").read()',
    'import js\nawait (await js.fetch("data.csv")).text()',
    'print(1)',
    'import micropip\nawait micropip.install("wheels/cowsay-6.1-py3-none-any.whl")\nimport cowsay\ncowsay.__name__',
    'import requests\nsession = requests.Session()\nfound = session.get("/course/one/data.csv", params={"a": 1}).url\nrequests.get("data.csv").text + requests.get(found.encode()).text + found',
  ]), '/course/one/');
  assert.equal(await runs(blockOf(page)), String.raw`'x,y\n1,2\n'`);
  assert.equal(await runs(blockOf(page, 1)), String.raw`b'x,y\n1,2\n'`);
  assert.equal(await runs(blockOf(page, 2)), String.raw`'x,y\n1,2\n'`);
  assert.equal(await runs(blockOf(page, 4)), "'cowsay'");
  assert.match(await runs(blockOf(page, 5)), /^'x,y\\n1,2\\nx,y\\n1,2\\nhttps:.*\/course\/one\/data\.csv\?a=1'$/);
  await blockOf(page, 3).evaluate((block) => block.setAttribute('install', '../wheels/x-1-py3-none-any.whl'));
  assert.match(await runs(blockOf(page, 3), 'error'), /x: 404/);
  assert.ok(world.requested('site.test/course/wheels/x-1-py3-none-any.whl').length > 0);
});

story("What the page's policy forbids is told as that", async ({ open, world }) => {
  world.put(pages({ '/data.csv': table }, { host: 'open.test', headers: anybody }));
  const policy = "default-src 'self'; script-src 'self' https://cdn.jsdelivr.net 'wasm-unsafe-eval'; connect-src 'self' https://cdn.jsdelivr.net";
  const address = 'https://open.test/data.csv';
  const codes = [...['urllib.request', 'requests', 'httpx'].map((library) => `import ${library}\n${library}.${library === 'urllib.request' ? 'urlopen' : 'get'}("${address}")`), ...ways.map((way) => way(address))];
  const page = await open(course(codes, { headers: { 'content-security-policy': policy } }), '/course/one/');
  for (const place of codes.keys()) {
    assert.match(await runs(blockOf(page, place), 'error'), /The security policy of this page does not allow open\.test\./, codes[place]);
  }
});

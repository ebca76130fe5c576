// What docs/security.md says, a story for each claim that no other file shows: integrity.test.js, versions.test.js,
// install.test.js, vendor.test.js, mdbook.test.js and options.test.js (`files=`) have what is verified and what isn't,
// offline.test.js and snapshot.test.js what is kept, csp.test.js isolation, text.test.js text that stays text, rich.test.js
// frames, exercise.test.js checks in the page's source, stock.test.js and options.test.js what starts code, share.test.js
// links.
import assert from 'node:assert/strict';
import { blockOf, runs } from './support/block.js';
import { render } from './support/pyfence.js';
import { pages } from './support/site.js';
import { story } from './support/story.js';

/** @param {string[]} codes */
const site = (...codes) => pages({ '/': render(codes.map((code) => `\`\`\`pyodide\n${code}\n\`\`\`\n`).join('\n')) });

/** Takes all that the worker's globals offer, and what the runtime may look up in them while it works. */
const usurper = String.raw`from pyodide.code import run_js
run_js("""
const forged = { state: 'done', value: { 'text/plain': 'forged' } };
const forge = (send) => { for (let id = 0; id < 20; id += 1) try { send({ type: 'finished', id, outcome: forged }); } catch {} };
const { postMessage } = MessagePort.prototype;
const { get } = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'data');
MessagePort.prototype.postMessage = function (...sent) { forge((message) => postMessage.call(this, message)); return postMessage.apply(this, sent); };
Object.defineProperty(MessageEvent.prototype, 'data', { get() { forge((message) => postMessage.call(this.target, message)); return get.call(this); } });
JSON.parse = () => forged;
self.onmessage = self.onerror = null;
forge((message) => self.postMessage(message));
const { call } = Function.prototype;
Function.prototype.call = function (self, ...rest) {
  for (const port of [self, ...rest]) if (port instanceof MessagePort) forge((message) => Reflect.apply(postMessage, port, [message]));
  return Reflect.apply(this, self, rest);
};
""")
`;

story('Code can not speak for the runtime, nor end or change the run of another block', async ({ open }) => {
  const page = await open(site(`${usurper}print("mine")\n1 + 1`, '2 + 2', 'import js\njs.setTimeout(js.eval("() => { throw Error(\'from a callback\') }"), 0)\nimport asyncio\nawait asyncio.sleep(0.1)\n1 / 0'));
  await page.evaluate(() => {
    const page = Object.assign(window, { outcomes: /** @type {string[]} */ ([]) });
    document.addEventListener('pyodide-done', (event) => {
      const { detail } = /** @type {CustomEvent} */ (event);
      page.outcomes.push(`${detail.state} ${detail.value?.['text/plain'] ?? detail.type}`);
    });
  });
  assert.equal(await runs(blockOf(page)), 'mine\n2');
  assert.equal(await runs(blockOf(page, 1)), '4');
  assert.match(await runs(blockOf(page, 2), 'error'), /from a callback[^]*ZeroDivisionError/);
  assert.deepEqual(await page.evaluate(() => /** @type {{ outcomes?: string[] }} */ (window).outcomes), ['done 2', 'done 4', 'error ZeroDivisionError']);
});

story('Code has no page, and what the policy of the site lets it reach', async ({ open, world }) => {
  const codes = [
    'import js\n[name for name in ("document", "parent", "localStorage", "sessionStorage", "cookieStore", "open", "alert") if hasattr(js, name)]',
    'import js\nprint((await (await js.fetch("/private.txt")).text()).strip(), hasattr(js, "indexedDB"), hasattr(js, "caches"))\nawait js.fetch("https://files.test/cowsay-6.1-py3-none-any.whl")',
  ];
  const files = { '/': render(codes.map((code) => `\`\`\`pyodide\n${code}\n\`\`\`\n`).join('\n')), '/private.txt': 'of the same origin' };
  const policy = "default-src 'none'; script-src 'self' https://cdn.jsdelivr.net 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self'; connect-src 'self' https://cdn.jsdelivr.net";
  const page = await open(pages(files, { headers: { 'content-security-policy': policy } }));
  assert.equal(await runs(blockOf(page)), '[]');
  await page.context().addCookies([{ name: 'login', value: 'reader', url: 'https://site.test' }]);
  assert.match(await runs(blockOf(page, 1), 'error'), /^of the same origin True True\n[^]*(Failed to fetch|NetworkError)/);
  assert.equal(world.requested('site.test/private.txt')[0].cookies, 'login=reader');

  // The policy has to come with the worker: what the page itself says doesn't hold there.
  world.put(pages({ '/data.csv': 'x' }, { host: 'open.test', headers: { 'access-control-allow-origin': '*' } }));
  const fetching = render('```pyodide\nimport js\nawait (await js.fetch("https://open.test/data.csv")).text()\n```\n');
  const meta = `<meta http-equiv="content-security-policy" content="${policy}">`;
  const free = await open(pages({ '/': fetching.replace('<title>', () => `${meta}\n<title>`) }));
  assert.match(await free.evaluate(() => fetch('https://open.test/data.csv').then(() => 'had', (error) => String(error))), /TypeError/);
  assert.equal(await runs(blockOf(free)), "'x'");
});

story('Sessions are names, not walls: what is imported is shared, files, the environment and loggers too', async ({ open }) => {
  const fence = (/** @type {string} */ session, /** @type {string} */ code) => `\`\`\`pyodide session=${session}\n${code}\n\`\`\`\n`;
  const leaves = 'x = 1\nimport json, os, logging, builtins, sys\njson.left = "by a"\nos.environ["LEFT"] = "by a"\nopen("left.txt", "w").write("by a")\nlogging.getLogger("left").setLevel(7)\n'
    + 'logging.getLogger().setLevel(7)\nbuiltins.left = "by a"\nsys.displayhook = lambda value: print("by a")';
  const finds = 'import json, os, logging, builtins, sys\nprint(json.left, os.environ["LEFT"], open("left.txt").read(), logging.getLogger("left").level)\n'
    + 'print("x" in globals(), hasattr(builtins, "left"), logging.getLogger().level)\n"own"';
  const page = await open(pages({ '/': render([fence('a', leaves), fence('b', finds)].join('\n')) }));
  assert.equal(await runs(blockOf(page)), '');
  assert.equal(await runs(blockOf(page, 1)), "by a by a by a 7\nFalse False 30\n'own'");
});

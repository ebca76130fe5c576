// What runs is what was verified: every byte of Python's core, whatever the network answers when.
import assert from 'node:assert/strict';
import { blockOf, outputOf, press, reaches, runs } from './support/block.js';
import { installedVersion } from './support/npm.js';
import { render } from './support/pyfence.js';
import { pages } from './support/site.js';
import { story } from './support/story.js';
import { cdnHost } from './support/world.js';

const core = ['pyodide.mjs', 'pyodide.asm.mjs', 'pyodide.asm.wasm', 'python_stdlib.zip', 'pyodide-lock.json'];
const scripts = core.slice(0, 2);
const html = render('```pyodide\nprint("ran")\n```\n');
/** A policy as sites had it before scripts ran from their verified bytes. */
const withoutBlob = { 'content-security-policy': "script-src 'self' https://cdn.jsdelivr.net 'wasm-unsafe-eval'; worker-src 'self'" };

story('A wrong byte in any file of the core: nothing runs, the file is named, and Retry works', async ({ open, world }) => {
  for (const file of core) {
    const mend = world.fault(`full/${file}`, 'wrong');
    const block = blockOf(await open(pages({ '/': html }, { isFirstVisit: true })));
    assert.match(await runs(block, 'error'), new RegExp(`^Could not load what this code needs\n.*${file}: other bytes came than were published`));
    mend();
    if (file !== core.at(-1)) continue;
    await press(block, 'Retry');
    await reaches(block, 'done');
    assert.equal(await outputOf(block), 'ran');
  }
});

story('A server that lets nobody keep a script, and answers otherwise the second time, is not asked twice', async ({ open, world }) => {
  for (const file of scripts) world.fault(`full/${file}`, 'changes');
  const page = await open(pages({ '/': html }, { isFirstVisit: true }));
  assert.equal(await runs(blockOf(page)), 'ran');
  for (const file of scripts) assert.equal(world.requested(`full/${file}`).length, 1, file);
});

story('A policy without blob: runs scripts out of the HTTP cache; what nobody may keep is refused', async ({ open, world }) => {
  const page = await open(pages({ '/': html }, { headers: withoutBlob, isFirstVisit: true }));
  const block = blockOf(page);
  assert.equal(await runs(block), 'ran');
  for (const file of scripts) assert.equal(world.requested(`full/${file}`).length, 1, file);
  for (const file of scripts) {
    const mend = world.fault(`full/${file}`, 'changes');
    const stranger = await open(pages({ '/': html }, { headers: withoutBlob, isFirstVisit: true }));
    assert.match(await runs(blockOf(stranger), 'error'), new RegExp(`${file}: .*script-src of the page's policy needs blob:`));
    mend();
  }
});

story('A policy without blob: what an earlier visit kept is not run as the network has it by now, unless that is the same', async ({ open, world }) => {
  const addresses = scripts.map((file) => `https://${cdnHost}/pyodide/v${installedVersion('pyodide')}/full/${file}`);
  const visits = async () => {
    const page = await open(pages({ '/': html }, { headers: withoutBlob }));
    await page.evaluate(keepNow, addresses);
    return blockOf(page);
  };
  assert.equal(await runs(await visits()), 'ran');
  for (const [fault, complaint] of /** @type {const} */ ([['forged', 'other bytes came than were published'], ['wrong', "script-src of the page's policy needs blob:"]])) {
    for (const file of scripts) {
      const block = await visits();
      const mend = world.fault(`full/${file}`, fault);
      assert.match(await runs(block, 'error'), new RegExp(`${file}: .*${complaint}`));
      mend();
    }
  }
});

/** Keeps files as a visit does whose HTTP cache is empty by the next one. @param {string[]} addresses */
async function keepNow(addresses) {
  const cache = await caches.open('pyfence-files');
  for (const address of addresses) {
    const response = await fetch(address, { cache: 'no-store' });
    await cache.put(address, new Response(await response.arrayBuffer(), { headers: { 'content-type': 'application/octet-stream' } }));
  }
}

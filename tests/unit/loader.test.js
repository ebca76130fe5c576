// What the loader is made of: loading once, and the options of a block.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { once } from '../../runtime/loader/once.js';
import { optionsOf } from '../../runtime/loader/options.js';

test('What loads once gives every caller the same, and is tried again after a failure', async () => {
  let calls = 0;
  const load = once(async () => {
    calls += 1;
    if (calls === 1) throw new Error('offline');
    return {};
  });
  const [first, second] = await Promise.allSettled([load(), load()]);
  assert.deepEqual([first.status, second.status], ['rejected', 'rejected']);
  assert.equal(calls, 1);
  assert.equal(await load(), await load());
  assert.equal(calls, 2);
});

/** @param {Record<string, string>} attributes */
const element = (attributes) => /** @type {Element} */ (/** @type {unknown} */ ({ getAttribute: (/** @type {string} */ name) => attributes[name] ?? null }));

test('Options are read by their kind', () => {
  const { session, height, hidden, readonly, autoload } = optionsOf(element({ session: '', hidden: '' }));
  assert.deepEqual([session, height, hidden, readonly, autoload], ['', null, true, false, true]);
  assert.equal(optionsOf(element({ autoload: 'no' })).autoload, false);
  assert.equal(optionsOf(element({ autoload: 'yes' })).autoload, true);
});

// Every block of the example site, as its readers have it, beside what is recorded of it: site-example/records/.
// After a change that is meant: `make record`, and read the difference.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { exampleTested } from './support/example-site.js';
import { World } from './support/world.js';

const world = new World();
before(() => world.start());
after(() => world.stop());

test('All blocks of the example site run, and show what is recorded of them', { timeout: 300_000 }, async () => {
  // What a block shows is asked here, not how soon: a package is imported three times as slowly beside compilers.
  const { code, stderr } = await exampleTested(world, ['--timelimit', '180']);
  assert.equal(code, 0, stderr);
  assert.match(stderr, /^1\d\d passed, 0 failed, 2 known to fail, \d+ skipped in /m);
});

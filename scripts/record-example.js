// Records what the blocks of the example site show: site-example/records/. The test's browser, packages and world.
import { exampleTested } from '../tests/browser/support/example-site.js';
import { World } from '../tests/browser/support/world.js';

const world = new World();
await world.start();
const { code, stderr } = await exampleTested(world, ['--record']);
console.error(stderr);
world.stop();
process.exit(code);

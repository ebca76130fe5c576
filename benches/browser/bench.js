// What readers wait for, beside stock Pyodide: the larger part of `make bench`.
// Everything is measured in rounds, in each of which each subject has its turn; what counts are ratios of a round.
//
//   node benches/browser/bench.js [PART...] [--rounds N]
//
// prints a Markdown table for each part, and keeps them in target/bench/.
import './as-published.js';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { target } from '../../tests/browser/support/paths.js';
import { World } from '../../tests/browser/support/world.js';
import * as beforeTheClick from './before-the-click.js';
import * as df from './df.js';
import * as hello from './hello.js';
import * as install from './install.js';
import * as plot from './plot.js';
import * as slowLink from './hello-on-a-slow-link.js';
import * as vendored from './vendored.js';

/** @type {Record<string, { title: string, measure: (world: World, rounds: number) => Promise<string> }>} */
const parts = { 'before-the-click': beforeTheClick, hello, install, df, plot, 'slow-link': slowLink, vendored };

const { values, positionals } = parseArgs({ allowPositionals: true, options: { rounds: { type: 'string', default: '3' } } });
const unknown = positionals.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`no such part: ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}`);
  process.exit(2);
}

const folder = join(target, 'bench');
mkdirSync(folder, { recursive: true });
const world = new World();
await world.start();
try {
  for (const name of positionals.length > 0 ? positionals : Object.keys(parts)) {
    const { title, measure } = parts[name];
    const text = `#### ${title}\n\n${await measure(world, Number(values.rounds))}\n`;
    writeFileSync(join(folder, `${name}.md`), text);
    console.log(`\n${text}`);
  }
} finally {
  world.stop();
}

// A site that has what its blocks load, compiled by `pyfence vendor`, beside stock Pyodide from the same server.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folder } from '../../tests/browser/support/site.js';
import { pyfence, vendor, writeSite } from '../../tests/browser/support/vendored.js';
import { measureInTurn, ratioTable } from './click-to-output.js';
import { startSlowLink } from './slow-link.js';
import { describedRatio, median, seconds, table } from './statistics.js';
import { stockInstaller } from './subjects.js';
import { asReader, clickToOutput, opens, reads } from './visits.js';

export const title = 'A site with all of its own, compiled';

const hello = { code: 'print("hello")' };
const block = (/** @type {string} */ options, /** @type {string} */ code) => `\`\`\`pyodide${options}\n${code}\n\`\`\`\n`;
const installing = 'import cowsay\nprint(cowsay.get_output_string("cow", "moo"))';

/** What comes after the output. */
const later = /python_stdlib-rest/;

/** @typedef {import('../../tests/browser/support/world.js').World} World */

/** @param {World} world @param {number} rounds */
export async function measure(world, rounds) {
  const root = mkdtempSync(join(tmpdir(), 'pyfence-bench-'));
  try {
    writeSite(root, { '_index.md': block('', hello.code) + Array(9).fill(block('', 'print(1)')).join('\n') + block(' install="cowsay"', installing) });
    const { status, stderr } = vendor(root);
    if (status !== 0) throw new Error(stderr);
    const built = join(root, 'public');
    pyfence('build', '--engine', 'embedded', '--root', root, '--output-dir', built);
    return await measureSite(world, rounds, built);
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** @param {World} world @param {number} rounds @param {string} built */
async function measureSite(world, rounds, built) {
  const ours = { subject: { path: '/', button: 'pyodide-block button', output: 'pyodide-block .pyfence-output', kept: '' }, files: {} };
  const stock = stockInstaller('/worker/', hello, installing, 'cowsay');
  const candidates = { pyfence: ours, 'stock, in a worker': stock };
  const others = folder(built, { snapshots: true }).answer;
  const once = { rounds, candidates, visits: ['first visit'], sign: 'text=hello', others };

  const { times } = await measureInTurn(world, once);
  const link = await startSlowLink(world.port, { megabitsPerSecond: 5, roundTripMs: 100 });
  const { times: slow } = await measureInTurn(world, { ...once, port: link.port }).finally(link.stop);
  /** @type {Record<string, number[]>} */
  const installs = { pyfence: [], 'stock, in a worker': [] };
  /** @type {Record<string, number>} */
  const bytes = {};
  for (let round = 0; round < rounds; round++) {
    for (const [name, { subject }] of Object.entries(candidates)) {
      const last = name === 'pyfence' ? { ...subject, button: 'pyodide-block[install] button', output: 'pyodide-block[install] .pyfence-output' } : { ...subject, button: 'button + button' };
      world.requests = [];
      installs[name].push(await asReader({ port: world.port, spki: world.spki }, async (reader) => {
        const page = await opens(reader, subject.path);
        await clickToOutput(page, subject, 'text=hello');
        bytes[name] = world.requests.filter(({ path }) => !later.test(path)).reduce((sum, { bytes }) => sum + bytes, 0);
        // The rest has come, a snapshot is kept, and nothing else is under way.
        await reads(page, subject);
        await page.waitForTimeout(5_000);
        const { ms } = await clickToOutput(page, last, 'text=moo');
        return ms;
      }));
      process.stderr.write(`round ${round + 1} of ${rounds}, ${name}: install ${seconds(/** @type {number} */ (installs[name].at(-1)))}, ${bytes[name]} bytes to hello\n`);
    }
  }
  const [we, they] = Object.keys(candidates);
  const megabytes = (/** @type {number} */ count) => `${(count / 1e6).toFixed(2)} MB`;
  return `${ratioTable(times, { 'first visit': 0.4 })}

Behind 5 Mbit/s and 100 ms:

${ratioTable(slow, { 'first visit': 0.65 })}

${table(['', we, they, 'ratio', 'bar'], [
    ['bytes to `hello`', megabytes(bytes[we]), megabytes(bytes[they]), `**${(bytes[we] / bytes[they]).toFixed(2)}**`, '0.78 (4.2 MB of 5.4)'],
    ['install of a wheel, Python has booted', seconds(median(installs[we])), seconds(median(installs[they])), describedRatio(installs[we], installs[they]), '100 ms'],
  ])}`;
}

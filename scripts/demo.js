// `make demo-all`: every block of the example course, vendored, with every other server out of reach, under the policy that
// `pyfence csp` prints: first as a header, then as an element of each page.
import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { wheels } from '../tests/browser/support/paths.js';
import { command, csp } from '../tests/browser/support/pyfence.js';
import { pyfence, vendor } from '../tests/browser/support/vendored.js';

const root = 'target/demo-all';
const built = join(root, 'public');
rmSync(root, { recursive: true, force: true });
cpSync('site-example', root, { recursive: true, dereference: true });
// Other wheels, other keys: what was recorded belongs to the course as it is.
rmSync(join(root, 'records'), { recursive: true });
const { status, stderr } = vendor(root, '--from', 'node_modules', '--wheels', wheels);
if (status !== 0) throw new Error(stderr);
pyfence('build', '--engine', 'embedded', '--root', root, '--output-dir', built, '--base-url', 'https://site.test', '--force');

const policies = { _headers: csp(root, '_headers'), meta: csp(root, 'meta') };
for (const policy of Object.values(policies)) {
  if (/unsafe-inline|'unsafe-eval'/.test(policy)) throw new Error(`no policy is as wide as this: ${policy}`);
}

/** Runs every block; those of the list fail, and no others. @param {string} form */
function run(form) {
  console.log(`${form}: ${policies[/** @type {keyof typeof policies} */ (form)]}`);
  const { status } = spawnSync(command, [
    'test', built, '--base-url', 'https://site.test', '--root', root, '--engine', 'embedded',
    '--baseline', 'tests/browser/support/demo-known.txt', '--browser-arg=--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  ], { stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}

writeFileSync(join(built, '_headers'), policies._headers);
run('_headers');

rmSync(join(built, '_headers'));
for (const file of readdirSync(built, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.html'))) {
  const page = join(built, file);
  writeFileSync(page, readFileSync(page, 'utf8').replace(/<head>/i, `$&${policies.meta}`));
}
run('meta');

// The project's own command, from PYFENCE or target/debug.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { project, target } from './paths.js';

export const command = process.env.PYFENCE ?? join(process.env.CARGO_TARGET_DIR ?? target, 'debug/pyfence');

/** @param {string[]} args @param {string} [input] */
function run(args, input) {
  if (!existsSync(command)) throw new Error(`${command} is missing: run \`cargo build\` first, or name it in PYFENCE.`);
  return execFileSync(command, args, { cwd: project, encoding: 'utf8', input, stdio: 'pipe' });
}

/**
 * Builds a site and returns the folder, one for each test file so that files can run at once.
 * @param {string} root e.g. `site-example`
 * @param {string} [baseUrl]
 */
export function build(root, baseUrl = 'https://site.test') {
  const output = join(target, 'browser/sites', `${basename(root)}-${basename(process.argv[1])}`);
  run(['build', '--engine', 'embedded', '--root', root, '--output-dir', output, '--base-url', baseUrl, '--force']);
  return output;
}

/**
 * Serves a site while it is written, until `stop` is called.
 * @param {string} root
 */
export async function serve(root) {
  const server = spawn(command, ['serve', '--engine', 'embedded', '--root', root, '--port', '0'], { cwd: project, stdio: ['ignore', 'pipe', 'ignore'] });
  const [address] = /** @type {[string]} */ (await once(createInterface(server.stdout), 'line'));
  return { address, stop: () => server.kill() };
}

/**
 * A page of our own around what `pyfence render` makes of Markdown.
 * @param {string} markdown
 */
export function render(markdown) {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>A page</title>
<main>
${run(['render', '-'], markdown)}
</main>
</html>
`;
}

/** @type {Map<string, Buffer> | undefined} */
let runtimeFiles;

/** The files of the runtime by name, as the command has them embedded. */
export function runtime() {
  runtimeFiles ??= readRuntime();
  return runtimeFiles;
}

function readRuntime() {
  const root = mkdtempSync(join(tmpdir(), 'pyfence-runtime-'));
  try {
    run(['add', '--root', root, '--zola', '0.22.0']);
    const folder = readdirSync(join(root, 'static/pyfence'))[0];
    const names = readdirSync(join(root, 'static/pyfence', folder));
    return new Map(names.map((name) => [name, readFileSync(join(root, 'static/pyfence', folder, name))]));
  } finally {
    rmSync(root, { recursive: true });
  }
}

/**
 * A file of the runtime, at the address where a page asks for it, whose patience is shorter: minutes are long for a test.
 * @param {string} html the page
 * @param {string} name
 * @param {string} patience as the file has it
 * @param {string} shorter
 * @returns {Record<string, string>}
 */
export function impatient(html, name, patience, shorter) {
  const text = `${runtime().get(name)}`;
  const changed = text.replace(patience, shorter);
  if (changed === text) throw new Error(`${name} has no ${patience}`);
  return { [`${html.match(/\/pyfence\/[0-9a-f]+\//)?.[0]}${name}`]: changed };
}

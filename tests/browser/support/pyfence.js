// The project's own command, from PYFENCE or target/debug.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { ownFolder, project, target } from './paths.js';

export const command = process.env.PYFENCE ?? join(process.env.CARGO_TARGET_DIR ?? target, 'debug/pyfence');

/** @param {string[]} args @param {string} [input] */
function run(args, input) {
  if (!existsSync(command)) throw new Error(`${command} is missing: run \`cargo build\` first, or name it in PYFENCE.`);
  return execFileSync(command, args, { cwd: project, encoding: 'utf8', input, stdio: 'pipe' });
}

/**
 * Builds a site and returns the folder.
 * @param {string} root e.g. `site-example`
 * @param {string} [baseUrl]
 */
export function build(root, baseUrl = 'https://site.test') {
  const output = ownFolder(basename(root));
  run(['build', '--engine', 'embedded', '--root', root, '--output-dir', output, '--base-url', baseUrl, '--force']);
  return output;
}

/**
 * The policy for a site's blocks, as `pyfence csp` prints it.
 * @param {string} root
 * @param {string} format
 */
export const csp = (root, format) => run(cspOf(root, format)).trim();

/**
 * The line that isolates pages, which `pyfence csp` says last of all.
 * @param {string} root
 * @param {string} format
 */
export const isolation = (root, format) => spawnSync(command, cspOf(root, format), { cwd: project, encoding: 'utf8' }).stderr.trim().split('\n').at(-1) ?? '';

/** @param {string} root @param {string} format */
const cspOf = (root, format) => ['csp', '--engine', 'embedded', '--root', root, '--format', format];

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

/** The files of the runtime by their path in it, as the command has them embedded. */
export function runtime() {
  runtimeFiles ??= readRuntime();
  return runtimeFiles;
}

function readRuntime() {
  const root = mkdtempSync(join(tmpdir(), 'pyfence-runtime-'));
  try {
    writeFileSync(join(root, 'config.toml'), 'base_url = "/"\n');
    run(['add', '--root', root, '--zola', '0.22.0']);
    const folder = join(root, 'static/pyfence', readdirSync(join(root, 'static/pyfence'))[0]);
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const paths = files.map(({ parentPath, name }) => join(parentPath, name));
    return new Map(paths.map((path) => [relative(folder, path), readFileSync(path)]));
  } finally {
    rmSync(root, { recursive: true });
  }
}

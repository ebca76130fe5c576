// A real mdBook (`make mdbook`), with our preprocessor from target/debug.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ownFolder, project, target } from './paths.js';

const mdbook = process.env.MDBOOK ?? join(target, 'tools/bin/mdbook');
const preprocessor = join(process.env.CARGO_TARGET_DIR ?? target, 'debug/mdbook-pyfence');

export const isInstalled = existsSync(mdbook);

/** An environment in which both are found. */
export const environment = { ...process.env, PATH: `${dirname(mdbook)}:${dirname(preprocessor)}:${process.env.PATH}` };

/**
 * Builds a copy of a book of crates/mdbook-pyfence/tests/books and returns the folder of its pages.
 * @param {string} name
 * @param {string} [siteUrl] the address that the book is told to have; none is mdBook's own, the root
 */
export function buildBook(name, siteUrl = '/') {
  const book = ownFolder(name);
  cpSync(join(project, 'crates/mdbook-pyfence/tests/books', name), book, { recursive: true });
  return buildIn(book, siteUrl);
}

/**
 * Builds the book in a folder, and returns that of its pages.
 * @param {string} book
 * @param {string} siteUrl
 */
export function buildIn(book, siteUrl) {
  execFileSync(mdbook, ['build', book], {
    env: { ...process.env, MDBOOK_PREPROCESSOR__PYFENCE__COMMAND: preprocessor, MDBOOK_OUTPUT__HTML__SITE_URL: siteUrl },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return join(book, 'book');
}

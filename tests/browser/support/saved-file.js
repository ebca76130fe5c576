// A file that a page has its reader save.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Where Firefox saves. */
export const folderOfFirefox = process.env.PYFENCE_BROWSER === 'firefox' ? mkdtempSync(join(tmpdir(), 'pyfence-saved-')) : '';
process.on('exit', () => { if (folderOfFirefox) rmSync(folderOfFirefox, { recursive: true, force: true }); });

/**
 * @param {import('playwright-core').Page} page
 * @param {() => Promise<unknown>} act that has it saved
 * @returns {Promise<{ name: string, text: string }>}
 */
export async function saved(page, act) {
  if (folderOfFirefox) return savedByFirefox(act);
  const [download] = await Promise.all([page.waitForEvent('download'), act()]);
  const text = readFileSync(await download.path(), 'utf8');
  // Safari reads it some time after the click.
  assert.equal(await page.evaluate((address) => fetch(address).then((response) => response.text()), download.url()), text);
  return { name: download.suggestedFilename(), text };
}

/**
 * Firefox tells of a file that it saves from a `blob:` address by no id, and Playwright passes no such event on.
 * @param {() => Promise<unknown>} act
 */
async function savedByFirefox(act) {
  for (const name of readdirSync(folderOfFirefox)) rmSync(join(folderOfFirefox, name));
  await act();
  // The file is there under its name, empty, until all of it has come.
  for (let tries = 0; tries < 600; tries += 1) {
    const [name, ...others] = readdirSync(folderOfFirefox);
    const text = name && others.length === 0 ? readFileSync(join(folderOfFirefox, name), 'utf8') : '';
    if (text) return { name, text };
    await sleep(100);
  }
  throw new Error('Firefox saved no file');
}

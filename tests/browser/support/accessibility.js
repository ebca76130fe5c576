// axe's judgement of a page.
import { readFileSync } from 'node:fs';
import { installed } from './paths.js';

const axe = readFileSync(installed('axe-core/axe.min.js'), 'utf8');

/**
 * What axe finds, as sentences with the elements that they are about; an empty list is good.
 * @param {import('playwright-core').Page} page
 * @param {string} [within] a selector; the whole page when absent
 * @returns {Promise<string[]>}
 */
export async function accessibilityProblems(page, within = 'html') {
  await page.evaluate(axe);
  return page.evaluate(async (within) => {
    // @ts-expect-error the script above put it there
    const { violations } = await globalThis.axe.run(within);
    return violations.map(
      /** @param {{ id: string, help: string, nodes: { target: string[] }[] }} violation */
      ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
    );
  }, within);
}

/** What a run or an edit will need, fetched or connected to while the reader's hand is near. */

import { above, runInOrder } from './above.js';
import { button } from './bar.js';
import { messages } from './messages.js';
import { baseOf, packageOf } from './packages.js';

let prepared = false;

/** @param {import('./pyfence.js').Inside} inside */
export async function prepare(inside) {
  offerAbove(inside);
  await Promise.all([connect(), colour(inside)]);
}

/**
 * A button for the earlier blocks of the session, where there are any.
 * @param {import('./pyfence.js').Inside} inside
 */
function offerAbove({ block, bar }) {
  if (above(block).length === 0 || bar.element.querySelector('.pyfence-above')) return;
  bar.copy.before(button('above', messages.above, () => runInOrder([...above(block), block])));
}

/**
 * Code that nothing coloured at build time.
 * @param {import('./pyfence.js').Inside} inside
 */
export async function colour(inside) {
  if (inside.code.childElementCount > 0) return;
  const { colour } = await import('./colour.js');
  await colour(inside.code);
}

async function connect() {
  if (prepared) return;
  prepared = true;
  const { origin } = new URL(baseOf(await packageOf('pyodide')));
  const link = document.createElement('link');
  Object.assign(link, { rel: 'preconnect', href: origin, crossOrigin: 'anonymous' });
  document.head.append(link);
  await import('./run.js');
}

/** What a run or an edit will need, fetched or connected to while the reader's hand is near. */

import { above } from './above.js';
import { colour } from './editing.js';
import { baseOf, packageOf } from './packages.js';

let prepared = false;

/** @param {import('./element.js').Inside} inside */
export async function prepare(inside) {
  inside.bar.buttons.above.hidden = above(inside.block).length === 0;
  await Promise.all([colour(inside), connect()]);
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

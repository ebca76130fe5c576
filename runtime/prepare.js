/** What a run or an edit will need, fetched or connected to while the reader's hand is near. */

import { baseOf, packageOf } from './packages.js';

let prepared = false;

export async function prepare() {
  if (prepared) return;
  prepared = true;
  const { origin } = new URL(baseOf(await packageOf('pyodide')));
  const link = document.createElement('link');
  Object.assign(link, { rel: 'preconnect', href: origin, crossOrigin: 'anonymous' });
  document.head.append(link);
  await import('./run.js');
}

/**
 * In the page of a site with `offline`, once a Python has booted and nobody waits: lets the next visit do without a network.
 * When all is there, the document hears `pyodide-offline`.
 */

import { addressOf } from '../loader/runtime-file.js';

const workerFile = 'pyfence-offline.js';

/** Beside the folder of all runtimes: a service worker has the pages below its own folder. */
export async function register() {
  const { serviceWorker } = navigator;
  const { active, waiting, installing } = await serviceWorker.getRegistration() ?? {};
  const present = active ?? waiting ?? installing;
  // A worker of the site's own stays: it may import ours.
  if (!present || present.scriptURL.endsWith(`/${workerFile}`)) await serviceWorker.register(addressOf(`../../${workerFile}`));
  const ready = await serviceWorker.ready;
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => document.dispatchEvent(new CustomEvent('pyodide-offline'));
  ready.active?.postMessage('pyodide-block', [port2]);
}

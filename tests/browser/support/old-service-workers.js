// Old service workers go as they do where no developer tools watch.

/** Milliseconds that a worker whose successor waits may still work. */
const patienceMs = 5_000;

/**
 * Ends service workers whose successors wait. Browsers do so once such a worker is idle; Chromium not while developer tools
 * watch, as they do here, where the worker was only starting when its successor came: then it goes on for five minutes
 * (`ServiceWorkerVersion::OnRequestTermination`).
 * @param {import('playwright-core').Page} page
 */
export async function endOldWorkers(page) {
  if (process.env.PYFENCE_BROWSER === 'firefox') return;
  const tools = await page.context().newCDPSession(page);
  /** @type {Map<string, string>} */
  const states = new Map();
  tools.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
    for (const { versionId, status } of versions) states.set(versionId, status);
    if (![...states.values()].includes('installed')) return;
    for (const [versionId, status] of states) {
      if (status === 'activated') setTimeout(() => { tools.send('ServiceWorker.stopWorker', { versionId }).catch(() => {}); }, patienceMs);
    }
  });
  await tools.send('ServiceWorker.enable');
}

// Chromium, or Firefox when PYFENCE_BROWSER says so, living in the world.
import { execFileSync } from 'node:child_process';
import { basename, dirname } from 'node:path';
import { chromium, firefox } from 'playwright-core';
import { isAsPublished } from './compiled.js';
import { startProxy } from './proxy.js';
import { folderOfFirefox } from './saved-file.js';

/** @typedef {import('./world.js').World} World */

/** @param {string[]} names of commands, the best first */
const command = (...names) =>
  execFileSync('sh', ['-c', names.map((name) => `command -v ${name}`).join(' || ')], { encoding: 'utf8' }).trim();

/**
 * @param {World} world
 * @returns {Promise<import('playwright-core').Browser>}
 */
export function launch(world) {
  const name = process.env.PYFENCE_BROWSER ?? 'chromium';
  if (name === 'chromium') return launchChromium(world);
  if (name === 'firefox') return launchFirefox(world);
  throw new Error(`PYFENCE_BROWSER is chromium or firefox, not ${name}`);
}

export const chromiumPath = () => command('chromium', 'chromium-browser', 'google-chrome');

/** @param {World} world */
const launchChromium = (world) => chromium.launch(chromiumOptions(world));

// Two pages that Chromium holds ready under its address bar, which nobody sees, cost a second of work for each page
// that is opened. The last list of features holds, so the rest of this one is Playwright's.
const disabledFeatures = [
  'WebUIOmniboxPopup', 'WebUIOmniboxAimPopup',
  'AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'DialMediaRouteProvider', 'GlobalMediaControls',
  'HttpsUpgrades', 'LensOverlay', 'MediaRouter', 'NetworkTimeServiceQuerying', 'OptimizationHints', 'PaintHolding',
  'ThirdPartyStoragePartitioning', 'Translate',
];

/** Whether time is measured, as it passes for readers: by a bench, or by the stories in `timed/`. */
export const measuresTime = isAsPublished || process.argv.some((path) => basename(dirname(path)) === 'timed');

// What V8 does to have long calculations run faster, compiling WebAssembly a second time, takes more than it gives here.
const compilesOnce = '--js-flags=--liftoff-only';

/** @param {Pick<World, 'port' | 'spki'>} world */
export const chromiumOptions = ({ port, spki }) => ({
  // Readers go back to pages that were kept alive.
  ignoreDefaultArgs: ['--disable-back-forward-cache'],
  executablePath: chromiumPath(),
  args: [
    // What `pyfence serve` listens on is no part of the world.
    `--host-resolver-rules=MAP * 127.0.0.1:${port}, EXCLUDE 127.0.0.1`,
    `--ignore-certificate-errors-spki-list=${spki}`,
    `--disable-features=${disabledFeatures}`,
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync',
    ...(measuresTime ? [] : [compilesOnce]),
  ],
});

/**
 * The distribution's own Firefox, by WebDriver BiDi. It can map no hosts, so it gets a proxy.
 * Playwright after 1.64 sends commands that the long-term Firefox of today doesn't know.
 * @param {World} world
 */
async function launchFirefox({ port }) {
  const proxy = await startProxy(port);
  const browser = await firefox.launch({
    channel: 'moz-firefox',
    executablePath: command('firefox-esr', 'firefox'),
    downloadsPath: folderOfFirefox,
    firefoxUserPrefs: { 'network.proxy.type': 1, 'network.proxy.ssl': '127.0.0.1', 'network.proxy.ssl_port': proxy.port },
  });
  browser.on('disconnected', proxy.stop);
  return browser;
}

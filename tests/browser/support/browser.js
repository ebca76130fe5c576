// Chromium, started once per test file, living in the world.
import { execFileSync } from 'node:child_process';
import { chromium } from 'playwright-core';

const executablePath = process.env.PYFENCE_CHROMIUM ?? execFileSync(
  'sh', ['-c', 'command -v chromium || command -v chromium-browser || command -v google-chrome'], { encoding: 'utf8' },
).trim();

/** @param {string[]} worldArguments */
export const launch = (worldArguments) => chromium.launch({
  executablePath,
  args: [
    ...worldArguments,
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync',
  ],
});

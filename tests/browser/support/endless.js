// Blocks that don't end by themselves, and how long it takes to stop one.
import { press, reaches } from './block.js';

/** Headers of a page that shares memory with its worker. */
export const isolated = { headers: { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' } };

export const markdown = `
\`\`\`pyodide
x = 1
print("first")
\`\`\`

\`\`\`pyodide
print("busy", x)
while True: pass
\`\`\`

\`\`\`pyodide
x
\`\`\`

\`\`\`pyodide
import asyncio
print("asleep")
await asyncio.sleep(1000)
\`\`\`
`;

/**
 * @param {import('playwright-core').Locator} block that is running
 * @returns {Promise<number>} milliseconds, on the page's own clock, from the press to the stop
 */
export async function stops(block) {
  await block.locator('.pyfence-stdout').first().waitFor();
  const times = await block.evaluateHandle((block) => {
    const times = { pressed: 0, stopped: 0 };
    block.addEventListener('click', () => { times.pressed = performance.now(); }, { capture: true, once: true });
    new MutationObserver(() => { times.stopped ||= block.getAttribute('state') === 'idle' ? performance.now() : 0; })
      .observe(block, { attributeFilter: ['state'] });
    return times;
  });
  await press(block, 'Stop');
  await reaches(block, 'idle');
  return times.evaluate(({ pressed, stopped }) => stopped - pressed);
}

// Medians and their spread, over rounds in which everything was measured once.

/** @param {number[]} values @param {number} share from 0 to 1 */
function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)];
  return below + (sorted[Math.ceil(place)] - below) * (place % 1);
}

/** @param {number[]} values */
export const median = (values) => quantile(values, 0.5);

/**
 * The ratio of two things measured in the same rounds: whatever else the machine does in a round slows both.
 * @param {number[]} ours one value a round
 * @param {number[]} baseline
 */
export function ratioOf(ours, baseline) {
  const ratios = ours.map((value, round) => value / baseline[round]);
  return { ratio: median(ratios), low: quantile(ratios, 0.25), high: quantile(ratios, 0.75) };
}

/** @param {number[]} ours @param {number[]} baseline */
export function describedRatio(ours, baseline) {
  const { ratio, low, high } = ratioOf(ours, baseline);
  return `**${ratio.toFixed(2)}** (${low.toFixed(2)} to ${high.toFixed(2)})`;
}

/** @param {number} ms */
export const seconds = (ms) => (ms < 100 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(2)} s`);

/** @param {string[]} header @param {string[][]} rows */
export const table = (header, rows) =>
  [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

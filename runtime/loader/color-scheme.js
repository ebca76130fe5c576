/**
 * Whether the page is light or dark behind a block. The stylesheet knows the attributes and classes by which themes
 * usually switch; this reads the colours that the page really has, for all others.
 */

/** @type {Set<() => void>} */
const watchers = new Set();

let frame = 0;

/** In the next frame: the page answers to the same change first. */
const notify = () => {
  cancelAnimationFrame(frame);
  frame = requestAnimationFrame(() => watchers.forEach((watcher) => watcher()));
};
const observer = new MutationObserver(notify);
observer.observe(document.documentElement, { attributes: true });
observer.observe(document.body, { attributes: true });
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', notify);
addEventListener('transitionend', notify);

/**
 * @param {Element} element
 * @param {AbortSignal} signal ends the watching
 * @param {(dark: boolean) => void} watcher called now and when the scheme may have changed
 */
export function watchScheme(element, signal, watcher) {
  const check = () => watcher(isDarkBehind(element.parentElement));
  check();
  watchers.add(check);
  signal.addEventListener('abort', () => watchers.delete(check));
}

/** @param {Element | null} element */
function isDarkBehind(element) {
  for (let behind = element; behind; behind = behind.parentElement) {
    const lightness = lightnessOf(getComputedStyle(behind).backgroundColor);
    if (lightness !== null) return lightness < 0.5;
  }
  // Nothing is painted: the browser's own background goes with the text's colour (`color-scheme`).
  return /** @type {number} */ (lightnessOf(getComputedStyle(document.documentElement).color)) > 0.5;
}

/**
 * @param {string} color as computed
 * @returns {number | null} 0 to 1; null when one sees through it
 */
function lightnessOf(color) {
  const [notation, space] = color.split(/[( ]/);
  const [first = 0, second = 0, third = 0, alpha = 1] = color.slice(color.indexOf(space)).match(/-?[\d.]+(e-?\d+)?/g)?.map(Number) ?? [];
  if (alpha < 0.5) return null;
  // oklab, oklch; lab, lch.
  if (/^ok/.test(notation)) return first;
  if (/^l/.test(notation)) return first / 100;
  return (0.299 * first + 0.587 * second + 0.114 * third) / (notation === 'color' ? 1 : 255);
}

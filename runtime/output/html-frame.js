/**
 * HTML values. Each is in an `<iframe sandbox>` of an opaque origin, which can't reach the page. `in-frame.js` in it
 * measures the content and posts the height.
 */

import { help } from '../run/help.js';
import { once } from '../loader/once.js';
import { addressOf, runtimeFile } from '../loader/runtime-file.js';
import { outputStrings } from './strings.js';

/**
 * How long a frame that has loaded may take to post its first message. Its script ran before its load event, so the
 * message is under way by then. A machine so slow that it comes later gets the frame once more, as files.
 */
const firstMessageTimeoutMs = 100;

/** Some ten screens: what is higher scrolls, so that no value makes the page endless. */
const greatestHeightPx = 10_000;

/**
 * Whether frames may run inline scripts. A `srcdoc` document inherits the page's Content-Security-Policy
 * (https://html.spec.whatwg.org/multipage/browsers.html#determining-navigation-params-policy-container), and one
 * without 'unsafe-inline' lets it have files only. Files work everywhere, but cost each frame two requests: their
 * origin is opaque, so they share no cache with the page.
 */
let isInlineAllowed = true;

/**
 * @param {string} html
 * @param {HTMLElement} piece of the output that the frame is for
 */
export async function putFrame(html, piece) {
  const { fontSize } = getComputedStyle(piece);
  const isInline = isInlineAllowed;
  const frame = document.createElement('iframe');
  // Links open pages outside the sandbox: they are pages like any other.
  frame.sandbox.add('allow-scripts', 'allow-popups', 'allow-popups-to-escape-sandbox');
  frame.title = piece.parentElement?.getAttribute('aria-label') ?? 'HTML';
  frame.srcdoc = documentOf(html, isInline ? await asInline(fontSize) : asFiles(fontSize));
  let isHeard = false;
  let isBlockedReported = false;
  let height = 0;
  let drawing = 0;
  const receive = (/** @type {MessageEvent} */ { source, data }) => {
    if (!frame.isConnected) removeEventListener('message', receive);
    else if (source !== frame.contentWindow) return;
    isHeard = true;
    if (typeof data?.height === 'number') {
      // Layout is what costs: once in an animation frame, however often a value says its height.
      height = Math.min(Math.ceil(data.height), greatestHeightPx);
      drawing ||= requestAnimationFrame(() => {
        drawing = 0;
        frame.style.height = `${height}px`;
      });
    } else if (data?.isScriptBlocked && !isBlockedReported) {
      isBlockedReported = true;
      frame.after(help(outputStrings.noScripts, ''));
    }
  };
  frame.addEventListener('load', () => setTimeout(() => {
    if (isHeard || !isInline) return;
    isInlineAllowed = false;
    frame.srcdoc = documentOf(html, asFiles(fontSize));
  }, firstMessageTimeoutMs), { once: true });
  piece.append(frame);
  addEventListener('message', receive);
}

/**
 * @param {string} html
 * @param {string} head what measures and styles it; before the value, whose tags may be left open
 */
function documentOf(html, head) {
  return `<!doctype html><meta charset="utf-8"><base target="_blank">${head}\n${html}`;
}

const loadTexts = once(() => Promise.all(['output/in-frame.js', 'output/in-frame.css'].map(async (path) => (await runtimeFile(path)).text())));

/** @param {string} size of the text */
async function asInline(size) {
  const [script, style] = await loadTexts();
  return `<style>${style}</style><script data-size="${size}">${script}</script>`;
}

/** @param {string} size of the text */
function asFiles(size) {
  const [script, style] = ['output/in-frame.js', 'output/in-frame.css'].map((path) => addressOf(path).replaceAll('&', '&amp;'));
  return `<link rel="stylesheet" href="${style}"><script data-size="${size}" src="${script}"></script>`;
}

/** HTML values: each in a frame that can't reach the page and is as high as its content. */

import { part } from './bar.js';
import { remarks } from './remarks.js';

/** Milliseconds for a frame that has loaded to be heard. */
const patience = 100;

/** Whether this page's policy lets a frame run what stands in its text; a strict one lets it have files only. */
let isTextAllowed = true;

/**
 * @param {string} html
 * @param {HTMLElement} piece of the output that the frame is for
 */
export async function putFrame(html, piece) {
  const { fontSize } = getComputedStyle(piece);
  const isText = isTextAllowed;
  const frame = document.createElement('iframe');
  // A link leads to a page like any other, which the sandbox has no part in.
  frame.sandbox.add('allow-scripts', 'allow-popups', 'allow-popups-to-escape-sandbox');
  frame.title = piece.parentElement?.getAttribute('aria-label') ?? 'HTML';
  frame.srcdoc = documentOf(html, isText ? await asText(fontSize) : asFiles(fontSize));
  let isHeard = false;
  let isTold = false;
  const hear = (/** @type {MessageEvent} */ { source, data }) => {
    if (!frame.isConnected) removeEventListener('message', hear);
    else if (source !== frame.contentWindow) return;
    isHeard = true;
    if (typeof data?.height === 'number') {
      frame.style.height = `${Math.ceil(data.height)}px`;
    } else if (data?.isKept && !isTold) {
      isTold = true;
      const note = part('div', 'help');
      note.append(remarks.noScripts);
      frame.after(note);
    }
  };
  frame.addEventListener('load', () => setTimeout(() => {
    if (isHeard || !isText) return;
    isTextAllowed = false;
    frame.srcdoc = documentOf(html, asFiles(fontSize));
  }, patience), { once: true });
  piece.append(frame);
  addEventListener('message', hear);
}

/**
 * @param {string} html
 * @param {string} head what measures and styles it, before anything in it that is left open
 */
function documentOf(html, head) {
  return `<!doctype html><meta charset="utf-8"><base target="_blank">${head}\n${html}`;
}

/** @param {string} size of the text */
async function asText(size) {
  const [script, style] = await Promise.all(['framed.js', 'framed.css'].map(textOf));
  return `<style>${style}</style><script data-size="${size}">${script}</script>`;
}

/** @param {string} size of the text */
function asFiles(size) {
  const [script, style] = ['framed.js', 'framed.css'].map((name) => addressOf(name).replaceAll('&', '&amp;'));
  return `<link rel="stylesheet" href="${style}"><script data-size="${size}" src="${script}"></script>`;
}

/** @param {string} name of a file of the runtime */
const addressOf = (name) => new URL(name, import.meta.url).href;

/** @type {Map<string, Promise<string>>} */
const texts = new Map();

/** @param {string} name of a file of the runtime */
function textOf(name) {
  const text = texts.get(name) ?? fetch(addressOf(name)).then((response) => {
    if (!response.ok) throw new Error(`${name}: ${response.status}`);
    return response.text();
  });
  texts.set(name, text);
  text.catch(() => texts.delete(name));
  return text;
}

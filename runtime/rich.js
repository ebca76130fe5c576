/** Values that are more than text: images, and HTML in a frame that can't reach the page. */

import { part } from './bar.js';
import { messages } from './messages.js';

/** @typedef {import('./protocol.js').Value} Value */

/**
 * Puts the best form of a value that a page can show into a piece of the output.
 * @param {HTMLElement} piece
 * @param {Value} value
 */
export function putValue(piece, value) {
  const plain = value['text/plain'] ?? '';
  if (value['text/html']) piece.append(frameOf(value['text/html'], piece));
  else if (value['image/svg+xml']) piece.append(imageOf(`image/svg+xml,${encodeURIComponent(value['image/svg+xml'])}`, plain));
  else if (value['image/png']) piece.append(imageOf(`image/png;base64,${value['image/png']}`, plain));
  else if (value['image/jpeg']) piece.append(imageOf(`image/jpeg;base64,${value['image/jpeg']}`, plain));
  else piece.append(value['text/markdown'] ?? value['text/latex'] ?? value['application/json'] ?? plain);
}

/**
 * @param {string} data
 * @param {string} alt
 */
function imageOf(data, alt) {
  const image = document.createElement('img');
  image.src = `data:${data}`;
  image.alt = alt;
  return image;
}

/** Runs inside the frame: it may only say how high its content is, at once and whenever that changes. */
const measure = `{
const tell = () => parent.postMessage(document.documentElement.offsetHeight, '*');
tell();
new ResizeObserver(tell).observe(document.documentElement);
}`;

/**
 * @param {string} html
 * @param {HTMLElement} piece that the frame is for
 */
function frameOf(html, piece) {
  const { fontSize } = getComputedStyle(piece);
  const frame = document.createElement('iframe');
  frame.sandbox.add('allow-scripts', 'allow-popups');
  frame.title = 'HTML';
  // What the frame prefers is the scheme of the block: its colours follow, also later.
  const style = `html { color: CanvasText; color-scheme: light dark; font: ${fontSize} system-ui, sans-serif; background: none }
body { margin: 0; overflow-x: auto } table { border-collapse: collapse } thead { border-bottom: 1px solid }
:where(table, th, td) { border: 0; padding: 0.25em 0.75em; text-align: right } :where(table) { padding: 0 } img, svg { max-width: 100%; height: auto }`;
  frame.srcdoc = `<!doctype html><meta charset="utf-8"><base target="_blank"><style>${style}</style>
${html}<script>${measure}</script>`;
  let isRunning = false;
  const follow = (/** @type {MessageEvent} */ { source, data }) => {
    if (!frame.isConnected) removeEventListener('message', follow);
    else if (source === frame.contentWindow && typeof data === 'number') {
      isRunning = true;
      setHeight(frame, data);
    }
  };
  addEventListener('message', follow);
  // Its script speaks before the frame has loaded, unless the page's policy keeps it from running.
  frame.addEventListener('load', () => setTimeout(() => { if (!isRunning) hold(frame, style); }, soon), { once: true });
  return frame;
}

/** Milliseconds for a message to come. */
const soon = 100;

/**
 * Where the page's policy lets no script of a frame run, the frame holds still: without scripts it can be measured
 * from here, and its styles can be given to it, which that policy forbids in its text.
 * @param {HTMLIFrameElement} frame
 * @param {string} style
 */
function hold(frame, style) {
  frame.sandbox.value = 'allow-same-origin allow-popups';
  frame.addEventListener('load', () => {
    const inside = /** @type {(Window & typeof globalThis) | null} */ (frame.contentWindow);
    if (!inside) return;
    const sheet = new inside.CSSStyleSheet();
    sheet.replaceSync(style);
    inside.document.adoptedStyleSheets = [sheet];
    new ResizeObserver(() => setHeight(frame, inside.document.documentElement.offsetHeight)).observe(inside.document.documentElement);
  }, { once: true });
  const { srcdoc } = frame;
  frame.srcdoc = srcdoc;
  // One of the scripts is ours.
  if (srcdoc.match(/<script/gi)?.length === 1) return;
  const note = part('div', 'help');
  note.append(messages.noScripts);
  frame.after(note);
}

/**
 * @param {HTMLIFrameElement} frame
 * @param {number} height
 */
function setHeight(frame, height) {
  frame.style.height = `${Math.ceil(height)}px`;
}

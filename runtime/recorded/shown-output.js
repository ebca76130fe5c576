/**
 * What the output of a block shows, as data. Two runs of the same code give the same, wherever and whenever they run:
 * without addresses in memory, numbers of blocks and the site's own host. `pyfence test` records what these functions give.
 */

/**
 * @typedef {object} OutputPiece a piece of the output
 * @property {'stdout' | 'stderr' | 'value' | 'error'} kind
 * @property {string} text
 * @property {string} [html]
 * @property {{ extension: string, data: string }} [picture] in base64
 */

/**
 * Reads what stands on the page.
 * @param {HTMLElement} region of the output
 * @param {{ state: string, text?: string }} outcome of the run that wrote it
 * @returns {OutputPiece[]}
 */
export function shownOutput(region, outcome) {
  /** @type {OutputPiece[]} */
  const shown = [];
  for (const piece of region.children) {
    const kind = /** @type {const} */ (['stdout', 'stderr', 'value']).find((name) => piece.matches(`.pyfence-${name}`));
    if (!kind) continue;
    const last = shown.at(-1);
    const text = settled(piece.textContent ?? '');
    if (kind === 'value') shown.push(shownValue(piece, text));
    else if (last?.kind === kind) last.text += text;
    else shown.push({ kind, text });
  }
  if (outcome.state === 'error') shown.push({ kind: 'error', text: settled(outcome.text ?? '') });
  return shown;
}

/**
 * @param {Element} piece
 * @param {string} text
 * @returns {OutputPiece}
 */
function shownValue(piece, text) {
  const image = piece.querySelector('img');
  const frame = piece.querySelector('iframe');
  // Behind the script that measures the value comes the value.
  if (frame) return { kind: 'value', text: '', html: settled(frame.srcdoc.split('</script>\n').slice(1).join('</script>\n')) };
  const [, extension, encoding, data] = image?.src.match(/^data:image\/(\w+)[^,]*?(;base64)?,([^]*)$/) ?? [];
  if (!image || !data) return { kind: 'value', text };
  return { kind: 'value', text: settled(image.alt), picture: { extension, data: encoding ? data : base64(decodeURIComponent(data)) } };
}

/** @param {string} text */
const base64 = (text) => btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));

/** @param {string} text */
const settled = (text) => text
  .replaceAll(location.origin, '')
  .replace(/<block (?:set-up )?\d+>/g, '<block>')
  .replace(/\b0x[0-9a-f]{4,}\b/g, '0x...');

/**
 * A digest of what readers can tell apart; undefined where the browser has none, as on a page without https.
 * @param {OutputPiece[]} shown
 */
export async function digestOfOutput(shown) {
  if (!isSecureContext) return undefined;
  const told = shown.map(({ kind, text, html, picture }) => [kind, text.trimEnd(), html && textOf(html), picture && pictureOf(picture)]);
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify(told)));
  return Array.from(new Uint8Array(digest).slice(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What is to be read of HTML: libraries name their elements by chance. @param {string} html */
function textOf(html) {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  for (const unread of body.querySelectorAll('script, style')) unread.remove();
  return body.textContent?.replace(/\s+/g, ' ').trim();
}

/**
 * A drawing without the names of its parts and its date.
 * @param {{ extension: string, data: string }} picture
 */
function pictureOf({ extension, data }) {
  if (extension !== 'svg') return data;
  return atob(data).replace(/ (?:id|href|xlink:href|clip-path)="[^"]*"|<dc:date>[^]*?<\/dc:date>/g, '');
}

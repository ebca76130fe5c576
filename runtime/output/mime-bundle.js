/**
 * Rich values. A value comes in several media types at once, a MIME bundle as Jupyter calls it; the best one that a
 * page can show is shown.
 */

/** @typedef {import('../run/protocol.js').Value} Value */

/**
 * How each type is put into a piece of the output, best ones first. LaTeX and JSON show as their text.
 * @type {[mime: string, put: (data: string, piece: HTMLElement, plain: string) => unknown][]}
 */
const types = [
  ['text/html', async (html, piece) => (await import('./html-frame.js')).putFrame(html, piece)],
  ['image/svg+xml', (svg, piece, plain) => piece.append(imageOf(`image/svg+xml,${encodeURIComponent(withNamespace(svg))}`, plain))],
  ['image/gif', (data, piece, plain) => piece.append(imageOf(`image/gif;base64,${data}`, plain))],
  ['image/png', (data, piece, plain) => piece.append(imageOf(`image/png;base64,${data}`, plain))],
  ['image/jpeg', (data, piece, plain) => piece.append(imageOf(`image/jpeg;base64,${data}`, plain))],
  ['text/markdown', async (text, piece) => {
    try {
      await (await import('./markdown.js')).putMarkdown(text, piece);
    } catch {
      // Where it can't be formatted, Markdown is text that can be read.
      piece.append(text);
    }
  }],
  ['text/latex', (text, piece) => piece.append(text)],
  ['application/json', (text, piece) => piece.append(text)],
  ['text/plain', (text, piece) => piece.append(text)],
];

/**
 * @param {HTMLElement} piece
 * @param {Value} value
 */
export async function putValue(piece, value) {
  const best = types.find(([mime]) => value[mime] && !(mime === 'text/latex' && hasText(value)));
  if (!best) return;
  const [mime, put] = best;
  await put(value[mime], piece, value['text/plain'] ?? '');
}

/**
 * Whether its plain text says what it is, better than the source of a formula does; Python writes `<… object …>` for
 * what has none.
 * @param {Value} value
 */
const hasText = ({ 'text/plain': plain = '' }) => plain !== '' && !/^<[^]*\bobject\b[^]*>$/.test(plain);

/** In HTML an `<svg>` needs no namespace; in an image, which is XML, it does. @param {string} svg */
const withNamespace = (svg) => svg.replace(/<svg(?=[\s>])(?![^>]*\sxmlns\s*=)/, '$& xmlns="http://www.w3.org/2000/svg"');

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

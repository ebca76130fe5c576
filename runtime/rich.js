/** Values that are more than text: images, and HTML in a frame that can't reach the page. */

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

/** Runs inside the frame: it may only say how high its content is. */
const measure = `new ResizeObserver(() => parent.postMessage(document.documentElement.offsetHeight, '*')).observe(document.documentElement)`;

/**
 * @param {string} html
 * @param {HTMLElement} piece whose colours the frame takes
 */
function frameOf(html, piece) {
  const { color, colorScheme, fontSize } = getComputedStyle(piece);
  const frame = document.createElement('iframe');
  frame.sandbox.add('allow-scripts', 'allow-popups');
  frame.title = 'HTML';
  frame.srcdoc = `<!doctype html><meta charset="utf-8"><base target="_blank">
<style>html { color: ${color}; color-scheme: ${colorScheme}; font: ${fontSize} system-ui, sans-serif; background: none }
body { margin: 0; overflow-x: auto } table { border-collapse: collapse } th, td { padding: 0.25em 0.75em; text-align: right } thead { border-bottom: 1px solid }
img, svg { max-width: 100%; height: auto }</style>
${html}<script>${measure}</script>`;
  const follow = (/** @type {MessageEvent} */ { source, data }) => {
    if (!frame.isConnected) removeEventListener('message', follow);
    else if (source === frame.contentWindow && typeof data === 'number') frame.style.height = `${Math.ceil(data)}px`;
  };
  addEventListener('message', follow);
  return frame;
}

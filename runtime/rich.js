/** Values that are more than text. */

/** @typedef {import('./protocol.js').Value} Value */

/**
 * Puts the best form of a value that a page can show into a piece of the output.
 * @param {HTMLElement} piece
 * @param {Value} value
 */
export async function putValue(piece, value) {
  const plain = value['text/plain'] ?? '';
  if (value['text/html']) {
    const { putFrame } = await import('./frame.js');
    await putFrame(value['text/html'], piece);
  } else if (value['image/svg+xml']) piece.append(imageOf(`image/svg+xml,${encodeURIComponent(standalone(value['image/svg+xml']))}`, plain));
  else if (value['image/png']) piece.append(imageOf(`image/png;base64,${value['image/png']}`, plain));
  else if (value['image/jpeg']) piece.append(imageOf(`image/jpeg;base64,${value['image/jpeg']}`, plain));
  else piece.append(value['text/markdown'] ?? value['text/latex'] ?? value['application/json'] ?? plain);
}

/** In HTML an `<svg>` needs no namespace, in an image it does. @param {string} svg */
const standalone = (svg) => svg.replace(/<svg(?=[\s>])(?![^>]*\sxmlns\s*=)/, '$& xmlns="http://www.w3.org/2000/svg"');

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

/**
 * Tracebacks with wide characters (Chinese, emoji): Python puts its marks as on a terminal, where such a character is as
 * wide as two others. In the fonts of a page it is about that: here it gets exactly the room, so that the marks stand
 * under what they mean.
 */

/** About what Unicode calls wide (https://www.unicode.org/reports/tr11/), as Python's `unicodedata` has it. */
const wide = /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;

/** A line of marks and nothing else, within an exception group behind its bars. */
const marks = /^[ |]* [~^][~^ ]*$/;

/** Before the line of a SyntaxError, whose marks Python puts without regard to width. */
const placeOfSyntaxError = /^[ |]*File "[^"]*", line \d+$/;

/** @param {HTMLElement} element with the text of a traceback */
export function alignMarks(element) {
  for (const node of [...element.childNodes]) {
    if (node instanceof Text && wide.test(node.data)) node.replaceWith(...aligned(node.data.split('\n')));
  }
}

/** @param {string[]} lines */
function aligned(lines) {
  return lines.flatMap((line, at) => {
    const end = at < lines.length - 1 ? '\n' : '';
    const [before = '', above = ''] = [lines[at - 2], lines[at - 1]];
    if (wide.test(line) && marks.test(lines[at + 1] ?? '')) return [...[...line].map(cellOf), end];
    return [(marks.test(line) && placeOfSyntaxError.test(before) ? widened(line, above) : line) + end];
  });
}

/** @param {string} character */
function cellOf(character) {
  if (!wide.test(character)) return character;
  const cell = document.createElement('span');
  Object.assign(cell.style, { display: 'inline-block', width: '2ch', textAlign: 'center' });
  cell.append(character);
  return cell;
}

/**
 * Marks of which each is as wide as the character above it.
 * @param {string} line of marks
 * @param {string} above it
 */
function widened(line, above) {
  const characters = [...above];
  return [...line].map((mark, at) => mark.repeat(wide.test(characters[at] ?? '') ? 2 : 1)).join('');
}

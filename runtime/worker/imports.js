/** What code imports, as far as its text tells: known before Python is. */

/** Texts of several lines, which may hold other programs. */
const longText = /("""|''')[^]*?\1/g;

const importStatement = /^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import\b|import[ \t]+([^#;\n]+))/gm;

/**
 * The modules that code imports by statements at the beginning of a line, such as `matplotlib.pyplot`.
 * @param {string} code
 * @returns {string[]}
 */
export function importsOf(code) {
  const statements = [...code.replace(longText, '').matchAll(importStatement)];
  const names = statements.flatMap(([, from, list]) => (from ? [from] : list.split(',')).map((name) => name.trim().split(/\s/)[0]));
  return [...new Set(names.filter((name) => /^\w+(\.\w+)*$/.test(name)))];
}

/**
 * The modules that code imports, for whose packages it may be looked.
 * @param {Pick<import('../run/protocol.js').Piece, 'code' | 'autoload'>[]} pieces
 */
export const wantedModules = (pieces) => pieces.flatMap(({ code, autoload }) => (autoload ? importsOf(code) : []));

/** @param {string} module such as `matplotlib.pyplot` */
export const topOf = (module) => module.split('.')[0];

/** Code that needs nothing before it runs. */

/** Wherever one of the patterns of `needs.js` finds something, this does (`tests/unit/needs.test.js`). */
const needy = /import|class|display|async|http|urllib|matplotlib|micropip|IPython|input|stdin|breakpoint|exec|open|help|Runner|system|subprocess|_exit|os\.read|fileno|(?<![^])\s|^\s*(?:[%!$]|>>>|In ?\[|(?:pip|conda|mamba)3? |python3? -m)/m;

/** @param {import('../run/protocol.js').Piece} piece */
export const isPlain = ({ code, install, files, checks }) => !(install || files || checks || needy.test(code));

/** What Ace's Python mode doesn't know of Python 3: so that no word changes its colour when the editor mounts. */

/**
 * @typedef {{ PythonHighlightRules: { prototype: any } }} PythonRules
 *
 * @param {import('./ace-loader.js').Ace} ace
 */
export function teachPython3(ace) {
  const rules = ace.require('ace/mode/python_highlight_rules');
  makePrintAFunction(rules);
  addRules(rules);
}

/**
 * Ace's Python mode still takes `print` and `exec` for the keywords they were in Python 2.
 * @param {PythonRules} rules
 */
function makePrintAFunction({ PythonHighlightRules }) {
  const { createKeywordMapper } = PythonHighlightRules.prototype;
  PythonHighlightRules.prototype.createKeywordMapper = function (/** @type {{ [token: string]: string }} */ words, /** @type {string} */ other) {
    const keyword = words.keyword.split('|').filter((word) => word !== 'print' && word !== 'exec').join('|');
    const functions = `${words['support.function']}|print|exec`;
    return createKeywordMapper.call(this, { ...words, keyword, 'support.function': functions }, other);
  };
}

/**
 * Decorators, statements that begin with a soft keyword, digits in groups, prefixes of bytes: as the grammar of
 * the static code has them (src/html/highlight/python.sublime-syntax).
 * @param {PythonRules} rules
 */
function addRules({ PythonHighlightRules: { prototype } }) {
  const { normalizeRules } = prototype;
  prototype.normalizeRules = function () {
    this.$rules.start.unshift(
      { token: 'meta', regex: /^\s*@[\w.]+/ },
      { token: 'keyword', regex: /^\s*case\s+_(?=\s*:)/ },
      { token: 'keyword', regex: /^\s*(?:match|case)(?=\s+(?!(?:and|for|if|in|is|or|not\s+in)[\s(])(?:[-*]?[\w'"(]|\[|\{))/ },
      { token: ['keyword', 'text', 'entity.name.function'], regex: /^(\s*type)(\s+)(\w+)(?=\s*[=[])/ },
      { token: 'constant.numeric', regex: /\b(?:0[bBoOxX](?:_?[\da-fA-F])+|\d+(?:_\d+)+(?:\.[\d_]*)?(?:[eE][+-]?\d+)?)/ },
      { token: 'string', regex: /[bB](?=["'])/ },
    );
    normalizeRules.call(this);
  };
}

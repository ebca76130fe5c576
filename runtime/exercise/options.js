/** The options of exercises and of their parts, beside those that every block may have (`loader/options.js`). */
export const exerciseKinds = /** @type {const} */ ({
  exercise: 'text',
  check: 'text',
  hint: 'text',
  solution: 'text',
  attempts: 'text',
  forbid: 'list',
  require: 'list',
  stdin: 'list',
  timelimit: 'text',
});

/** Packages that micropip can't install, told in plain words: its own are for those who write packages, and stand folded below. */

import { explainStrings } from './strings.js';

/** What stands for a requirement in the text of the error, with the name of the package that can't be had. */
const noPackages = /** @type {const} */ ([
  [/^.+: Can't fetch metadata for '([^']+)'.*$/gm, 'noSuchPackage'],
  [/^.+: Can't find a pure Python 3 wheel for:? '([^']+)'.*(?:\nSee: .*\nYou can use .*)?$/gm, 'noWheel'],
]);

/** @param {HTMLElement} element whose first piece of text is that of the error */
export function tellPackages(element) {
  const error = element.firstChild;
  if (!(error instanceof Text)) return;
  /** @type {string[]} */
  const raw = [];
  for (const [pattern, words] of noPackages) {
    error.data = error.data.replace(pattern, (refusal, name) => {
      raw.push(refusal);
      return explainStrings[words].replace('{package}', name);
    });
  }
  if (raw.length === 0) return;
  const details = document.createElement('details');
  const summary = document.createElement('summary');
  summary.append('micropip');
  details.append(summary, raw.join('\n'));
  error.after(details);
}

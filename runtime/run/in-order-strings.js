/** What is said of several runs, in the page's language. */

import { strings } from '../loader/strings.js';

export const inOrderStrings = {
  above: 'Run all above',
  ...strings,
};

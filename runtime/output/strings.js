/** What stands in the output beside what the program wrote, in the page's language. */

import { strings } from '../loader/strings.js';

export const outputStrings = {
  noScripts: 'The security policy of this page keeps the scripts of this value from running.',
  showAll: 'Show all',
  saveAll: 'Save all',
  moreCharacters: '{size} more characters',
  ...strings,
};

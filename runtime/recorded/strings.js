/** What is said of a recorded output, in the page's language. */

import { strings } from '../loader/strings.js';

export const recordedStrings = {
  differs: 'This differs from the output that was recorded with the page.',
  ...strings,
};

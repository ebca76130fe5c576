/** What is said of a question, in the page's language. */

import { strings } from '../loader/strings.js';

export const inputStrings = {
  question: 'Your answer',
  ...strings,
};

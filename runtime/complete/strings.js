/** What completion says, in the page's language. */

import { strings } from '../loader/strings.js';

export const completionStrings = {
  suggestions: 'Suggestions',
  suggestion: 'Suggestion',
  ...strings,
};

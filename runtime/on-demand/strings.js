/** What is said of options, in the page's language. */

import { strings } from '../loader/strings.js';

export const optionStrings = {
  overTime: 'Stopped: it ran for longer than {seconds} s.',
  ...strings,
};

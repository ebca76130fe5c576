/** What a block says and offers below an error, in the page's language. */

import { strings } from '../loader/strings.js';

export const errorStrings = {
  stoppedAndLost: 'Python had to be ended to stop this: the variables of all blocks are gone.',
  frames: 'Calls in other code: {count}',
  definedIn: '{name} is defined in block {number}, which has not run.',
  runBefore: 'Run it first',
  runAboveAgain: 'Run the blocks above again',
  ...strings,
};

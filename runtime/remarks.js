/** What a block says where there is something to edit, to explain or to offer, in the page's language. */

import { strings } from './strings.js';

const english = {
  leave: 'Esc, then Tab, leaves the editor',
  noEditor: 'The editor could not be loaded',
  copied: 'Copied',
  notCopied: 'Could not copy',
  reset: 'Reset',

  question: 'Your answer',
  stoppedAndLost: 'Python had to be ended to stop this: the variables of all blocks are gone.',

  frames: 'Calls in other code: {count}',
  definedIn: '{name} is defined in block {number}, which has not run.',
  runBefore: 'Run it first',
  runAboveAgain: 'Run the blocks above again',

  noScripts: 'The security policy of this page keeps the scripts of this value from running.',
  showAll: 'Show all',
  saveAll: 'Save all',
  held: '{size} more characters',
};

export const remarks = { ...english, ...strings };

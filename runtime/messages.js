/** What a block says when the reader has turned to it, in the page's language. */

import { strings } from './strings.js';

const english = {
  leave: 'Esc, then Tab, leaves the editor',
  noEditor: 'The editor could not be loaded',
  copied: 'Copied',
  notCopied: 'Could not copy',
  above: 'Run all above',
  reset: 'Reset',
  clear: 'Clear',
  retry: 'Retry',
  question: 'Your answer',

  queued: 'Waiting for another block',
  installing: 'Installing {detail}',
  fetching: 'Loading {detail}',
  running: 'Running',
  done: 'Done',
  error: 'Error',
  download: 'Could not load what this code needs',
  lost: 'Python broke down: the variables of all blocks are gone.',
  stopped: 'Stopped',
  stoppedAndLost: 'Python had to be ended to stop this: the variables of all blocks are gone.',

  frames: '{count} lines of other code',
  definedIn: '{name} is defined in block {number}, which has not run.',
  runBefore: 'Run it first',
  runAboveAgain: 'Run the blocks above again',

  noScripts: 'The security policy of this page keeps the scripts of this value from running.',
  showAll: 'Show all',
  saveAll: 'Save all',
  held: '{size} more',
};

/** A language's file, and a site, say the words of both. */
export const messages = { ...english, ...strings };

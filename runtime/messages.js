/** What a block says of a run, in the page's language. */

import { strings } from './strings.js';

const english = {
  above: 'Run all above',
  clear: 'Clear',
  retry: 'Retry',

  queued: 'Waiting for another block',
  installing: 'Installing {detail}',
  fetching: 'Loading {detail}',
  running: 'Running',
  done: 'Done',
  error: 'Error',
  download: 'Could not load what this code needs',
  lost: 'Python broke down: the variables of all blocks are gone.',
  stopped: 'Stopped',
};

/** A language's file, and a site, say the words of this file, of strings.js and of remarks.js. */
export const messages = { ...english, ...strings };

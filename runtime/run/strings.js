/** What a block says of its run, in the page's language. */

import { strings } from '../loader/strings.js';

export const runStrings = {
  clear: 'Clear',
  retry: 'Retry',

  queued: 'Waiting for another block',
  installing: 'Installing {detail}',
  fetching: 'Loading {detail}',
  running: 'Running',
  done: 'Done',
  error: 'Error',
  unavailable: 'Could not load what this code needs',
  lost: 'Python broke down: the variables of all blocks are gone.',
  stopped: 'Stopped',
  ...strings,
};

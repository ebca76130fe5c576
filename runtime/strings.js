/** What the block says to the reader. */

export const strings = {
  code: 'Python code',
  edit: 'Press Enter to edit',
  leave: 'Esc, then Tab, leaves the editor',
  noEditor: 'The editor could not be loaded',

  run: 'Run',
  stop: 'Stop',
  above: 'Run all above',
  copy: 'Copy',
  copied: 'Copied',
  notCopied: 'Could not copy',
  reset: 'Reset',
  clear: 'Clear',
  retry: 'Retry',
  output: 'Output',

  question: 'Your answer',

  queued: 'Waiting for another block',
  loading: 'Loading Python',
  installing: 'Installing {detail}',
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

  showAll: 'Show all',
  saveAll: 'Save all',
  held: '{size} more',
};

/** What the block says to the reader. */

export const strings = {
  code: 'Python code',
  edit: 'Press Enter to edit',
  leave: 'Esc, then Tab, leaves the editor',
  noEditor: 'The editor could not be loaded',

  run: 'Run',
  stop: 'Stop',
  copy: 'Copy',
  copied: 'Copied',
  notCopied: 'Could not copy',
  reset: 'Reset',
  clear: 'Clear',
  retry: 'Retry',
  output: 'Output',

  queued: 'Waiting for another block',
  loading: 'Loading Python',
  installing: 'Installing {detail}',
  running: 'Running',
  done: 'Done',
  error: 'Error',
  download: 'Could not load what this code needs',
  lost: 'Python broke down: variables are gone',
  stopped: 'Stopped',
  stoppedAndLost: 'Stopped: variables are gone',
};

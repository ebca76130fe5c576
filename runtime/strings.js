/** What the block says to the reader, in the page's language. */

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

const language = document.documentElement.lang.slice(0, 2).toLowerCase();
if (language in { de: 1, es: 1, fr: 1 }) {
  // A page in another language waits for one small file more before its blocks come to life.
  const translated = await import(`./strings-${language}.js`).catch(() => ({ strings: {} }));
  Object.assign(strings, translated.strings);
}

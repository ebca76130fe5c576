/** What a block says where the reader edits or copies, in the page's language. */

import { strings } from '../loader/strings.js';

export const editStrings = {
  leave: 'Esc, then Tab, leaves the editor',
  noEditor: 'The editor could not be loaded',
  silent: 'the network is silent',
  copied: 'Copied',
  notCopied: 'Could not copy',
  reset: 'Reset',
  ...strings,
};

/** What a block says of links and files that hold its code, in the page's language. */

import { strings } from '../loader/strings.js';

export const shareStrings = {
  share: 'Share',
  copyLink: 'Copy a link with this code',
  linkCopied: 'Link copied',
  tooLong: 'This code is too long for a link',
  saveScript: 'Save this code as .py',
  savePageScript: 'Save all code of this page as .py',
  saveNotebook: 'Save all code of this page as .ipynb',
  notSaved: 'Could not save',
  fromLink: 'This code came with the link, it is not the code of this page.',
  stranger: 'This code came with the link. If it runs, it can read from {host} what you can read there, and act there in your name. Run it only if you trust whoever made the link.',
  runIt: 'Run it',
  backToPage: 'Back to the code of this page',
  brokenLink: 'The code in this link can’t be read.',
  ...strings,
};

/** For a module that Python has not: says who has it, and offers to install it and run again where the site doesn't lock what runs. */

import { button } from '../loader/dom.js';
import { optionsOf } from '../loader/options.js';
import { help } from '../run/help.js';
import { packageOf } from '../third-party/manifests.js';
import { explainStrings } from './strings.js';

/**
 * @param {HTMLElement} element
 * @param {import('../pyfence.js').PyodideBlock} block
 * @param {import('../run/protocol.js').Missing} missing
 */
export async function offerPackage(element, block, missing) {
  const say = (/** @type {string} */ text) => text.replace('{module}', missing.module).replace('{package}', missing.package);
  const told = say(missing.isInPyodide ? explainStrings.notLoaded : explainStrings.notInPyodide);
  const { autoload, install } = optionsOf(block);
  const isLocked = (await packageOf('pyodide')).others !== undefined;
  if (autoload && !isLocked) element.append(help(told, button('offer', say(explainStrings.installAndRun), installAndRun)));
  else element.append(help(`${told} `, say(explainStrings.authorCanInstall)));

  /** For this run only: what can't be had must not be in the way of the next. */
  async function installAndRun() {
    block.setAttribute('install', [install, missing.package].filter(Boolean).join(','));
    await block.run();
    if (install === null) block.removeAttribute('install');
    else block.setAttribute('install', install);
  }
}

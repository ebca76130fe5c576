/**
 * For a module that Python has not: says that it never comes or is no more, or who has it, and offers to install it and run
 * again where the site doesn't lock what runs.
 */

import { explainStrings } from '../explain/strings.js';
import { button } from '../loader/dom.js';
import { optionsOf } from '../loader/options.js';
import { runtimeFile } from '../loader/runtime-file.js';
import { help } from '../run/help.js';
import { packageOf } from '../third-party/manifests.js';

/** Projects of PyPI that are called otherwise than the modules that they bring. */
const projects = new Map(Object.entries({
  docx: 'python-docx', dotenv: 'python-dotenv', fitz: 'PyMuPDF', git: 'GitPython', jose: 'python-jose', jwt: 'PyJWT', pptx: 'python-pptx',
  serial: 'pyserial', slugify: 'python-slugify', telegram: 'python-telegram-bot', turtle: 'basthon-turtle', usb: 'pyusb', zmq: 'pyzmq',
}));

/**
 * @param {HTMLElement} element
 * @param {import('../pyfence.js').PyodideBlock} block
 * @param {import('../run/protocol.js').Missing} missing
 */
export async function explainMissing(element, block, { module, isStandard, inPyodide }) {
  const project = inPyodide ?? projects.get(module);
  const say = (/** @type {string} */ text) => text.replace('{module}', module).replace('{package}', project ?? module);
  if (!project) {
    // Whatever PyPI has under such a name is somebody else's.
    const told = isStandard ? explainStrings.noModule : await formerly(module);
    if (told) return element.append(help(say(told), ''));
  }
  const told = say(inPyodide ? explainStrings.notLoaded : explainStrings.notInPyodide);
  const { autoload, install } = optionsOf(block);
  const isLocked = (await packageOf('pyodide')).others !== undefined;
  if (autoload && !isLocked) element.append(help(told, button('offer', say(explainStrings.installAndRun), installAndRun)));
  else element.append(help(`${told} `, say(explainStrings.authorCanInstall)));

  /** For this run only: what can't be had must not be in the way of the next. */
  async function installAndRun() {
    block.setAttribute('install', [install, project ?? module].filter(Boolean).join(','));
    await block.run();
    if (install === null) block.removeAttribute('install');
    else block.setAttribute('install', install);
  }
}

/** @param {string} module what to say of it if Python had it once */
async function formerly(module) {
  /** @type {{ [version: string]: { [module: string]: string } }} by the last version that had them, with what is there instead; `pyfence check` reads it, too */
  const former = await (await runtimeFile('missing/former-modules.json')).json();
  for (const [version, modules] of Object.entries(former)) {
    if (!Object.hasOwn(modules, module)) continue;
    const told = explainStrings.formerModule.replace('{version}', version);
    return modules[module] ? `${told} ${explainStrings.insteadOfIt.replace('{instead}', modules[module])}` : told;
  }
}

/** What a block says to explain an error, in the page's language. */

import { strings, translated } from '../loader/strings.js';

export const english = {
  notLoaded: 'Pyodide has {module}, but it is not loaded.',
  notInPyodide: 'Pyodide does not have {module}. The package index PyPI may have it, as {package}.',
  noSuchPackage: 'The package index PyPI has no {package}. Is that its name?',
  noWheel: 'PyPI has {package}, but no wheel of it that runs in a browser: in pure Python, or for Pyodide. Perhaps another version has one.',
  installAndRun: 'Install {package} and run again',
  authorCanInstall: 'The author of this page can name it in the option of the block: install="{package}"',

  refusedByHost: '{host} answers, but does not allow pages of this site to read what it says (CORS). Its owner can allow it; or the author of this page puts a copy beside the page.',
  refusedByPolicy: 'The security policy of this page does not allow {host}. Its author can name it under connect-src.',
  refusedByScheme: 'A page of https reaches {host} by https:// only.',
  notReached: '{host} could not be reached.',

  smallStack: 'A browser gives Python little stack: functions that call themselves by way of Python’s own (lru_cache, sorted, sum) can go some hundred levels deep. A loop goes on as long as it likes.',
  tooDeep: 'What is nested some thousand levels deep (lists in lists, objects that each hold the next one) takes more of a browser’s stack than there is when it is shown, compared or freed, and that ends Python. A list of the objects holds as many as you like.',
  noThreads: 'Python in a browser has one thread. asyncio does several things at once: await asyncio.gather(...).',
  noProcesses: 'A browser starts no programs. What Python itself can do works: pathlib and shutil for files, functions instead of processes.',
  noSockets: 'A browser opens no sockets, only addresses of the web: urllib.request.urlopen(...), requests, or await pyodide.http.pyfetch(...).',
  noWindows: 'Python in a browser opens no windows. Below a block show print, display(...) and the figures of matplotlib; input() asks.',
  noSignals: 'A browser sends no signals. asyncio.timeout(...) ends what awaits, Stop ends the block.',
  noPage: 'Python runs apart from the page, in a worker: it has no document, window or alert. print, display(...) and input() reach the reader.',
  noPyscript: 'pyscript is part of PyScript’s pages only. Here display(...) needs no import.',
  noNotebook: 'get_ipython() belongs to notebooks. Here figures show by themselves, and a line %pip install installs.',
  noColab: 'google.colab is part of Colab’s notebooks only. Here open(...) reads the files that the author of the page puts beside the code.',
  oneLoop: 'asyncio.run(...) and await work here as they are: leave nest_asyncio out.',
  noModule: '{module} is a part of Python’s standard library that needs an operating system: Python in a browser has not got it.',
  formerModule: '{module} was a part of Python until {version}.',
  insteadOfIt: 'Now: {instead}.',
  noAwait: 'await is missing before a call whose answer comes later: await micropip.install(...)',

  habit: '{habit} is a command of notebooks. In Python: ',
  noHabit: '{habit} is a command of notebooks, which Python does not know.',
  lineDiffers: 'Line {line}: {written} is written, {found} came.',
  nothing: 'nothing',
};

/** A site's own words are in `strings`. */
export const explainStrings = { ...english, ...await translated('explain-'), ...strings };

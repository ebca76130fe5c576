/** What can be found out about an error of the code, for what the page says and offers beside it. */

import { search } from './find-definition.js';

/**
 * @param {import('./boot-pyodide.js').Pyodide} pyodide
 * @param {import('../run/protocol.js').Failed} failed is given what was found out
 * @param {import('../run/protocol.js').RunRequest} request
 */
export async function explain(pyodide, failed, request) {
  if (failed.name) await search(pyodide, failed, request);
  // Whatever it was in Python, the browser knows more.
  if (/URLError|JsException|AbortError|Connect(?:ion)?Error|NetworkError/.test(failed.text)) failed.refusal = await (await import('./requirements.js')).refusal();
  const module = missingModule(pyodide, failed);
  if (!module) return;
  // Python doesn't count its own tests.
  const isStandard = module === 'test' || pyodide.pyimport('sys').stdlib_module_names.has(module);
  failed.missing = { module, isStandard, inPyodide: pyodide._api._import_name_to_package_name.get(module) };
}

/**
 * The module that an error is about, where it isn't there. Packages tell of one in words of their own.
 * @param {import('./boot-pyodide.js').Pyodide} pyodide
 * @param {import('../run/protocol.js').Failed} failed
 */
function missingModule(pyodide, { type, text }) {
  const named = [...text.matchAll(/No module named '(\w+)/g)].map(([, name]) => name);
  const last = text.slice(text.lastIndexOf('ImportError'));
  // A name that a module lacks is no missing module, whatever the words of the module's path say.
  const words = type === 'ImportError' && !last.startsWith('ImportError: cannot import name') ? last.match(/\w+/g) ?? [] : [];
  const candidates = [...named.reverse(), ...words.filter((word) => pyodide._api._import_name_to_package_name.has(word))];
  const { find_spec } = pyodide.pyimport('importlib.util');
  return candidates.find((name) => !find_spec(name));
}

/** Spares Emscripten's start what takes it long and changes nothing. */

/** How WebAssembly writes the types that the letters of a signature mean: https://github.com/emscripten-core/emscripten/blob/main/src/lib/libaddfunction.js */
const types = { i: 127, p: 127, j: 126, f: 125, d: 124, e: 111 };

/**
 * @param {import('../worker/boot-pyodide.js').LoadOptions['createPyodideModule']} create
 * @param {any} settings
 * @param {(instance: any) => void} [note] takes a look at the instance in which nothing has run
 * @returns {Promise<any>}
 */
export function started(create, settings, note) {
  const { URL } = self;
  const { instantiateWasm } = settings;
  const table = '__indirect_function_table';
  settings.instantiateWasm = (/** @type {any} */ imports, /** @type {Function} */ done) => (
    instantiateWasm(imports, (/** @type {any} */ instance, /** @type {WebAssembly.Module} */ module) => {
      note?.(instance);
      takeFunctions(imports.env[table] ?? instance.exports[table]);
      return done(instance, module);
    })
  );
  // A script asks for its folder, which a blob has none of. To say where that fails the browser would parse all of the script again.
  self.URL = new Proxy(URL, { construct: (URL, [address, base]) => (/^blob:/.test(base) ? { href: '' } : new URL(address, base)) });
  try {
    return create(settings);
  } finally {
    self.URL = URL;
  }
}

/**
 * A table takes no function of JavaScript: Emscripten has each of hundreds refused by an error, and then wraps it in a
 * module of its own. Here it is wrapped at once, by one module for each signature.
 * @param {WebAssembly.Table | undefined} table
 */
function takeFunctions(table) {
  if (!table) return;
  /** @type {Map<string, WebAssembly.Module>} */
  const wrappers = new Map();
  table.set = (index, value) => {
    const { sig = '' } = value ?? {};
    if (/^[vipjfde]+$/.test(sig)) {
      const wrapper = wrappers.get(sig) ?? new WebAssembly.Module(wrapperOf(sig));
      wrappers.set(sig, wrapper);
      value = new WebAssembly.Instance(wrapper, { e: { f: value } }).exports.f;
    }
    WebAssembly.Table.prototype.set.call(table, index, value);
  };
}

/**
 * A module that exports the function that it imports.
 * @param {string} signature the type of the result first, `v` where there is none
 */
function wrapperOf([result, ...values]) {
  const codes = (/** @type {string[]} */ letters) => letters.map((letter) => types[/** @type {keyof typeof types} */ (letter)]);
  const type = [1, 96, values.length, ...codes(values), ...(result === 'v' ? [0] : [1, ...codes([result])])];
  return Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, type.length, ...type, 2, 7, 1, 1, 101, 1, 102, 0, 0, 7, 5, 1, 1, 102, 0, 0);
}

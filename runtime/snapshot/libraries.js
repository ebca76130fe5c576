/**
 * The compiled libraries of packages, and their files. A library is code beside the memory: a snapshot holds where in
 * memory and in the table of functions each one lay, and a restored Python has them loaded anew into the same places.
 */

/**
 * @typedef {object} Libraries
 * @property {number} tableStart entries of the table before any was loaded
 * @property {number} tableSize
 * @property {Library[]} list in the order of loading
 * @property {[index: number, path: string, name: string][]} slots functions that were put into the table one by one
 * @property {[handle: number, path: string][]} handles what C knows of those that Python imported
 *
 * @typedef {object} Library
 * @property {string} path
 * @property {string[]} names under which it is found
 * @property {number} memoryBase
 * @property {number} tableBase
 * @property {boolean} isGlobal whether others see its symbols
 *
 * @typedef {import('./restore.js').Packages} Packages
 * @typedef {{ name: string, exports: { [name: string]: any }, global: boolean, refcount: number }} Loaded as Emscripten has it:
 *   https://github.com/emscripten-core/emscripten/blob/main/src/lib/libdylink.js
 */

/**
 * Notes the libraries that are loaded from now on.
 * @param {any} module Emscripten's
 * @returns {() => Libraries}
 */
export function watchLibraries(module) {
  const tableStart = module.wasmTable.length;
  const before = new Set(Object.keys(module.LDSO.loadedLibsByName));
  /** @type {{ env: any, instance: WebAssembly.Instance }[]} */
  const loaded = [];
  const { instantiate, Instance } = WebAssembly;
  const note = (/** @type {any} */ imports, /** @type {WebAssembly.Instance} */ instance) => {
    const { __memory_base: memoryBase, __table_base: tableBase } = imports.env;
    if (typeof memoryBase === 'number') loaded.push({ env: { memoryBase, tableBase }, instance });
  };
  WebAssembly.instantiate = /** @type {any} */ (async (/** @type {any} */ code, /** @type {any} */ imports) => {
    const made = /** @type {any} */ (await instantiate(code, imports));
    if (imports?.['GOT.mem']) note(imports, made.instance ?? made);
    return made;
  });
  WebAssembly.Instance = new Proxy(Instance, {
    construct(target, [code, imports]) {
      const made = new target(code, imports);
      if (imports?.['GOT.mem']) note(imports, made);
      return made;
    },
  });
  return () => {
    Object.assign(WebAssembly, { instantiate, Instance });
    const { loadedLibsByName, loadedLibsByHandle } = module.LDSO;
    const names = Object.keys(loadedLibsByName).filter((name) => !before.has(name));
    /** @type {Loaded[]} */
    const libraries = [...new Set(names.map((name) => loadedLibsByName[name]))];
    const list = loaded.map(({ env, instance }) => {
      const functions = new Set(Object.values(instance.exports));
      const library = libraries.find(({ exports }) => Object.values(exports).some((value) => typeof value === 'function' && functions.has(value)));
      if (!library) throw new Error('a library exports nothing');
      return { path: library.name, names: names.filter((name) => loadedLibsByName[name] === library), ...env, isGlobal: library.global };
    });
    const tableSize = module.wasmTable.length;
    return {
      tableStart, tableSize, list, slots: slotsOf(module.wasmTable, tableStart, libraries),
      handles: Object.entries(loadedLibsByHandle).filter(([handle]) => handle !== '0').map(([handle, { name }]) => [Number(handle), name]),
    };
  };
}

/** @param {WebAssembly.Table} table @param {number} start @param {Loaded[]} libraries */
function slotsOf(table, start, libraries) {
  const known = new Map(libraries.flatMap(({ name, exports }) => Object.entries(exports).map(([symbol, value]) => [value, [name, symbol]])));
  /** @type {Libraries['slots']} */
  const slots = [];
  for (let index = start; index < table.length; index += 1) {
    const [path, name] = known.get(table.get(index)) ?? [];
    if (path) slots.push([index, path, name]);
  }
  return slots;
}

/**
 * What puts packages where they were, once the module is there.
 * @param {Packages} packages
 * @param {Uint8Array<ArrayBuffer>} bytes of their files
 */
export async function equipping({ files, libraries }, bytes) {
  let at = 0;
  const contents = new Map(files.map(([path, size]) => [path, bytes.subarray(at, at += size)]));
  const codes = await Promise.all(libraries.list.map(({ path }) => WebAssembly.compile(/** @type {Uint8Array<ArrayBuffer>} */ (contents.get(path)))));
  return (/** @type {any} */ module, /** @type {number} */ memorySize) => {
    if (module.wasmTable.length !== libraries.tableStart) throw new Error('the table is not what it was');
    writeFiles(module.FS, contents);
    link(module, libraries, codes, memorySize);
  };
}

/** @param {any} FS @param {Map<string, Uint8Array>} contents */
export function writeFiles(FS, contents) {
  const folders = new Set();
  for (const [path, bytes] of contents) {
    const folder = path.slice(0, path.lastIndexOf('/'));
    if (!folders.has(folder)) FS.mkdirTree(folder);
    folders.add(folder);
    FS.writeFile(path, bytes, { canOwn: true });
  }
}

/**
 * @param {any} module
 * @param {Libraries} libraries
 * @param {WebAssembly.Module[]} codes
 * @param {number} memorySize
 */
function link(module, { list, slots, handles, tableSize }, codes, memorySize) {
  const { wasmTable, LDSO } = module;
  const grown = (/** @type {number} */ size) => { if (wasmTable.length < size) wasmTable.grow(size - wasmTable.length); };
  /** @type {{ [path: string]: Loaded }} */
  const loaded = {};
  list.forEach(({ path, names, memoryBase, tableBase, isGlobal }, index) => {
    grown(tableBase);
    // As Emscripten does for a thread, which has the memory of another: what says where to load to lies in memory, and
    // this memory is filled later.
    const handle = memorySize - 64;
    module.HEAPU8[handle + 8] = 1;
    module.HEAPU32[handle + 12 >> 2] = memoryBase;
    module.HEAPU32[handle + 20 >> 2] = tableBase;
    const exports = module.loadWebAssemblyModule(codes[index], { loadAsync: false, nodelete: true, allowUndefined: true, global: isGlobal }, path, isGlobal ? undefined : {}, handle);
    loaded[path] = { name: path, exports, global: isGlobal, refcount: Infinity };
    for (const name of names) LDSO.loadedLibsByName[name] = loaded[path];
  });
  grown(tableSize);
  for (const [index, path, name] of slots) {
    if (wasmTable.get(index) !== loaded[path].exports[name]) throw new Error('the table is not what it was');
  }
  for (const [handle, path] of handles) LDSO.loadedLibsByHandle[handle] = loaded[path];
}

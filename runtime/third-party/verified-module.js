/** Third-party modules in the page, verified by the browser. */

/**
 * Imports a module. It is fetched once: when the first to ask states its integrity, import() gets what was verified.
 * @param {string} address
 * @param {string} integrity
 */
export async function importWithIntegrity(address, integrity) {
  await verify(address, integrity);
  return import(address);
}

/**
 * @param {string} address
 * @param {string} integrity
 */
function verify(address, integrity) {
  const script = document.createElement('script');
  Object.assign(script, { type: 'module', src: address, integrity, crossOrigin: 'anonymous' });
  return new Promise((resolve, reject) => {
    script.onload = resolve;
    script.onerror = () => reject(new Error(`${address} could not be loaded`));
    document.head.append(script);
  });
}

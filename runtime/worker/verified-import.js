/** Runs scripts from the very bytes that were verified: what an address answers the next time may be something else. */

/**
 * @param {string} address of a module
 * @param {import('./verified-fetch.js').Coming} coming
 * @returns {Promise<any>} what it exports
 */
export async function importVerified(address, { bytes }) {
  const verified = await bytes;
  const script = URL.createObjectURL(new Blob([verified], { type: 'text/javascript' }));
  try {
    return await import(script);
  } catch {
    return (await import('../strict-policy/import-by-address.js')).importByAddress(address, verified);
  } finally {
    URL.revokeObjectURL(script);
  }
}

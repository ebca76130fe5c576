/** Files of the runtime that aren't modules: Python, JSON, what goes into the frames of HTML values. */

/** @param {string} path in the runtime's folder */
export const addressOf = (path) => new URL(`../${path}`, import.meta.url).href;

/**
 * Fetches a file; a status that isn't 2xx is an error.
 * @param {string} path in the runtime's folder
 */
export async function runtimeFile(path) {
  const response = await fetch(addressOf(path));
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response;
}

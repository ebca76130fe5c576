/** Loading things once. */

/**
 * Makes a function that loads something at its first call and gives every caller the same promise. A failure is
 * forgotten: the next call tries again.
 * @template T
 * @param {() => Promise<T>} load
 * @returns {() => Promise<T>}
 */
export function once(load) {
  /** @type {Promise<T> | undefined} */
  let loading;
  return () => loading ??= load().catch((error) => {
    loading = undefined;
    throw error;
  });
}

/** Waiting no longer than is good. */

/**
 * Resolves when the other does, or after so long.
 * @template T
 * @param {number} ms
 * @param {Promise<T>} promise
 * @returns {Promise<T | void>}
 */
export const within = (ms, promise) => Promise.race([promise, new Promise((resolve) => { setTimeout(resolve, ms); })]);

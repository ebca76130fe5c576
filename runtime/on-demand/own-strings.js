/** The site's own words in the place of ours: `<meta name="pyfence-strings">`. */

/**
 * @param {Record<string, string>} strings
 * @param {string} language of the page
 */
export function replace(strings, language) {
  // JSON: words for all languages, and for each under its name.
  const own = /** @type {HTMLMetaElement} */ (document.querySelector('meta[name="pyfence-strings"]')).content;
  try {
    const { [language]: here, ...everywhere } = JSON.parse(own);
    Object.assign(strings, everywhere, here);
  } catch (error) {
    console.warn(`pyfence-strings: ${error}`);
  }
}

/** What stands on a block from the beginning, in the page's language. */

export const strings = {
  code: 'Python code',
  edit: 'Press Enter to edit',

  run: 'Run',
  stop: 'Stop',
  copy: 'Copy',
  output: 'Output',

  loading: 'Loading Python',
};

const language = document.documentElement.lang.toLowerCase().split('-')[0];

/**
 * What comes within some seconds: better in English than not at all.
 * @param {Promise<object | void>} words
 * @returns {Promise<any>}
 */
const soon = (words) => Promise.race([words, new Promise((go) => setTimeout(go, 3_000))]).catch(() => {});

/**
 * What is said in the page's language, where there is a translation. A page in another language waits for one small
 * file more before its blocks come to life.
 * @param {'' | 'exercise-' | 'explain-'} part whose words they are; the loader's without
 * @returns {Promise<object | undefined>} nothing where there is none
 */
export const translated = async (part) => (/^(de|es|fr)$/.test(language) ? soon(import(`../i18n/${part}${language}.js`).then(({ strings }) => strings)) : {});

Object.assign(strings, await translated(''));

// The site's own words.
if (document.querySelector('meta[name="pyfence-strings"]')) await soon(import('../on-demand/own-strings.js').then(({ replace }) => replace(strings, language)));

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
if (/^(de|es|fr)$/.test(language)) {
  // A page in another language waits for one small file more before its blocks come to life.
  const translated = await import(`../i18n/${language}.js`).catch(() => ({ strings: {} }));
  Object.assign(strings, translated.strings);
}

// The site's own words.
const own = /** @type {HTMLMetaElement | null} */ (document.querySelector('meta[name="pyfence-strings"]'));
if (own) await import('../on-demand/own-strings.js').then(({ replace }) => replace(strings, own.content, language)).catch(() => {});

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
  const translated = await import(`./strings-${language}.js`).catch(() => ({ strings: {} }));
  Object.assign(strings, translated.strings);
}

// The site's own words, for all languages and for this one.
const own = document.querySelector('meta[name="pyfence-strings"]')?.getAttribute('content');
try {
  const { [language]: here, ...everywhere } = JSON.parse(own ?? '{}');
  Object.assign(strings, everywhere, here);
} catch (error) {
  console.warn(`pyfence-strings: ${error}`);
}

/**
 * Blocks out of ordinary fences: `code[data-pyodide]` as Zola renders `python,pyodide=run,session=x`, and
 * `code.language-pyodide` of any generator, with options as classes (`session=x`) as mdBook writes them. The loader's
 * own tag says where: `<script data-fences="main">`, a selector. A page may hold markup of readers, such as comments,
 * and what lets it pass may let `data-` attributes and classes pass.
 */

import { kinds } from '../loader/options.js';

/**
 * What runs unasked or unseen takes more than the markup of a fence: files, which other blocks import, as well.
 * Exercises, whose checks do, aren't read here at all.
 */
const neverStated = ['autorun', 'hidden', 'file'];

/** Upgrades the fences that the page has, and those that a client-side router brings. */
export function watch() {
  const places = document.querySelector('script[data-fences]')?.getAttribute('data-fences') || 'body';
  upgrade(places);
  new MutationObserver(() => upgrade(places)).observe(document, { childList: true, subtree: true });
}

/** @param {string} places a selector of what fences are in */
function upgrade(places) {
  // The code, or the `<pre>` that has the fence's data.
  for (const source of document.querySelectorAll(`:is(${places}) :is([data-pyodide], code.language-pyodide):not(pyodide-block *)`)) {
    const code = source.matches('code') ? source : source.querySelector('code');
    const pre = code?.parentElement;
    if (code && pre?.localName === 'pre') replace(pre, code, statedBy(source));
  }
}

/**
 * @param {HTMLElement} pre
 * @param {Element} code
 * @param {Map<string, string>} stated
 */
function replace(pre, code, stated) {
  clean(code);
  const block = document.createElement('pyodide-block');
  block.setAttribute('session', 'default');
  for (const [name, value] of stated) block.setAttribute(name, value);
  // The block is whole when it enters the page: it takes its code from there.
  const place = document.createComment('');
  pre.replaceWith(place);
  block.append(pre);
  place.replaceWith(block);
}

/**
 * What the fence states. In its words a comma ends an option, so a list has `+` in its place.
 * @param {Element} source
 */
function statedBy(source) {
  /** @type {Map<string, string>} */
  const stated = new Map();
  for (const [name, kind] of Object.entries(kinds)) {
    const word = [...source.classList].find((word) => word.startsWith(`${name}=`));
    const value = source.getAttribute(`data-${name}`) ?? word?.slice(name.length + 1);
    if (!value) continue;
    if (neverStated.includes(name)) console.warn(`pyfence: an ordinary fence can't state \`${name}\``);
    else if (kind === 'list') stated.set(name, value.replaceAll('+', ','));
    else if (kind === 'text') stated.set(name, value);
    else {
      const yes = isYes(value);
      if (yes === undefined) console.warn(`pyfence: \`${name}\` takes yes or no, not \`${value}\``);
      else if (kind === 'switch' && yes) stated.set(name, '');
      else if (kind === 'default-on' && !yes) stated.set(name, 'no');
    }
  }
  return stated;
}

/**
 * What a switch says; `tests/spec/option_values.md` lists the words.
 * @param {string} word
 * @returns {boolean | undefined} undefined for what is neither
 */
export function isYes(word) {
  if (/^(yes|true|on|1)$/i.test(word)) return true;
  return /^(no|false|off|0)$/i.test(word) ? false : undefined;
}

/**
 * Leaves the code alone: no line numbers, no line end after the last line.
 * @param {Element} code
 */
function clean(code) {
  for (const number of code.querySelectorAll('[aria-hidden="true"]')) number.remove();
  /** @type {Node | null} */
  let last = code;
  while (last?.lastChild) last = last.lastChild;
  if (last instanceof Text) last.data = last.data.replace(/\n$/, '');
}

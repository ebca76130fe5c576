// What a story says its code does, for the worker that plays it: see scripted-worker.js.
import { readFileSync } from 'node:fs';

/**
 * @typedef {import('./scripted-worker.js').Script} Script
 * @typedef {import('./scripted-worker.js').Step} Step
 */

const player = readFileSync(new URL('scripted-worker.js', import.meta.url), 'utf8');

/** The worker that plays the script. @param {Script} script */
export const workerOf = (script) => Buffer.from(`${player}\nplay(${JSON.stringify(script)});\n`);

/** @type {Step} */
const isDone = { end: { state: 'done', value: null } };

/** Code that prints a text. @param {string} text @returns {Step[]} */
export const prints = (text) => [{ print: text }, isDone];

/**
 * Code whose last expression has a value.
 * @param {string} text of the value
 * @param {{ [mime: string]: string }} [rich] what else it can be shown as
 * @returns {Step[]}
 */
export const returns = (text, rich = {}) => [{ end: { state: 'done', value: { ...rich, 'text/plain': text } } }];

/**
 * Code that asks and is done.
 * @param {string[]} prompts
 * @returns {Step[]}
 */
export const asks = (...prompts) => [...prompts.map((ask) => ({ ask })), isDone];

/**
 * Code that fails at one of its lines, behind what it prints.
 * @param {string} error its type and message
 * @param {number} line
 * @param {string} [printed]
 * @returns {Step[]}
 */
export function raises(error, line, printed = '') {
  const text = `Traceback (most recent call last):\n  File "<block 1>", line ${line}, in <module>\n${error}`;
  return [...(printed ? [{ print: printed }] : []), { end: { state: 'error', type: error.split(':')[0], text, line, name: null } }];
}

// The site under test: a built folder, or pages held in memory beside the runtime as the command has it embedded.
import { join, normalize } from 'node:path';
import { fileAnswer, typeOf } from './answer.js';
import { manifestForOurLock } from './cdn.js';
import { runtime } from './pyfence.js';

/**
 * @typedef {object} Site
 * @property {string} host
 * @property {(path: string) => Promise<import('./answer.js').Answer | undefined>} answer
 */

/**
 * @typedef {object} Serving how a site is served
 * @property {string} [host] `site.test` when absent
 * @property {string} [base] the path under which the site is, `/` when absent
 * @property {Record<string, string>} [headers] added to every answer, e.g. a Content-Security-Policy
 */

// Chromium asks for an icon whatever the page says; a 404 would stand in every page's console.
const noIcon = { status: 204, headers: {}, body: Buffer.alloc(0) };

/**
 * A built site.
 * @param {string} folder
 * @param {Serving} [serving]
 * @returns {Site}
 */
export function folder(folder, serving = {}) {
  return serve(serving, (path) => fileAnswer(join(folder, normalize(path))));
}

/**
 * Files in memory by path; `/pyfence/ANY/FILE` is the runtime.
 * @param {Record<string, string>} files
 * @param {Serving} [serving]
 * @returns {Site}
 */
export function pages(files, serving = {}) {
  return serve(serving, async (path) => {
    const name = [path, path.replace(/index\.html$/, '')].find((name) => name in files);
    const inRuntime = path.match(/^\/pyfence\/[^/]+\/([^/]+)$/)?.[1];
    const body = name !== undefined ? Buffer.from(files[name]) : runtime().get(inRuntime ?? '');
    return body && { body, headers: { 'content-type': typeOf(path) } };
  });
}

/**
 * @param {Serving} serving
 * @param {Site['answer']} find
 * @returns {Site}
 */
function serve({ host = 'site.test', base = '/', headers = {} }, find) {
  return {
    host,
    async answer(path) {
      if (path === '/favicon.ico') return noIcon;
      if (!path.startsWith(base)) return undefined;
      const answer = await find(`/${path.slice(base.length)}`.replace(/\/$/, '/index.html'));
      if (!answer) return undefined;
      if (/\/pyfence\/[^/]+\/pyodide\.json$/.test(path)) answer.body = Buffer.from(manifestForOurLock(answer.body.toString()));
      return { ...answer, headers: { 'cache-control': 'max-age=600', ...answer.headers, ...headers } };
    },
  };
}

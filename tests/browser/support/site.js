// The site under test: a built folder, or pages held in memory beside the runtime as the command has it embedded.
import { join, normalize } from 'node:path';
import { fileAnswer, typeOf } from './answer.js';
import { manifestForCompiledLibrary, manifestForOurLock } from './cdn.js';
import { runtime } from './pyfence.js';
import { workerOf } from './scripted-python.js';
import { inWorker as bringingSnapshot, kept, snapshotAnswer, snapshotPath } from './second-visit.js';

/**
 * @typedef {object} Site
 * @property {string} host
 * @property {(path: string) => Promise<import('./answer.js').Answer | undefined>} answer
 * @property {boolean} [isSecondVisit] whether its readers bring a snapshot of Python
 */

/**
 * @typedef {object} Serving how a site is served
 * @property {string} [host] `site.test` when absent
 * @property {string} [base] the path under which the site is, `/` when absent
 * @property {Record<string, string>} [headers] added to every answer, e.g. a Content-Security-Policy
 * @property {string} [inWorker] script that the runtime's worker runs first, e.g. `hurry` for a clock that doesn't let the test wait
 * @property {boolean} [isFirstVisit] whether its readers have no snapshot of Python yet, and Pyodide is as published, for what is about loading
 * @property {boolean} [snapshots] whether pages keep snapshots of Python; making one takes a second worker's time
 * @property {import('./scripted-python.js').Script} [python] what code does, in place of a real Python: for what isn't about Python
 */

// Chromium asks for an icon whatever the page says; a 404 would stand in every page's console.
const noIcon = { status: 204, headers: {}, body: Buffer.alloc(0) };

/** The clock of timers runs twenty times as fast: minutes are long for a test. */
export const hurry = 'const patient = self.setTimeout; self.setTimeout = (act, ms, ...rest) => patient(act, ms / 20, ...rest);';

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
 * @param {Record<string, string | Buffer>} files
 * @param {Serving} [serving]
 * @returns {Site}
 */
export function pages(files, serving = {}) {
  return serve(serving, async (path) => {
    const name = [path, path.replace(/index\.html$/, '')].find((name) => name in files);
    const inRuntime = path.match(/^\/pyfence\/[^/]+\/(.+)$/)?.[1];
    const body = name !== undefined ? Buffer.from(/** @type {string} */ (files[name])) : runtime().get(inRuntime ?? '');
    return body && { body, headers: { 'content-type': typeOf(path) } };
  });
}

/**
 * @param {Serving} serving
 * @param {Site['answer']} find
 * @returns {Site}
 */
function serve({ host = 'site.test', base = '/', headers = {}, inWorker, isFirstVisit = false, snapshots = false, python }, find) {
  const worker = python && workerOf(python);
  const isSecondVisit = kept !== undefined && !isFirstVisit && !snapshots && !python;
  const first = [isSecondVisit ? bringingSnapshot : '', inWorker ?? ''].join('\n');
  return {
    host,
    isSecondVisit,
    async answer(path) {
      if (path === '/favicon.ico') return noIcon;
      if (path === snapshotPath) return snapshotAnswer();
      if (!path.startsWith(base)) return undefined;
      const answer = await find(`/${path.slice(base.length)}`.replace(/\/$/, '/index.html'));
      if (!answer) return undefined;
      if (/\/pyfence\/[^/]+\/worker\/worker\.js$/.test(path)) {
        answer.body = Buffer.concat([Buffer.from(`${first}\n`), worker ?? answer.body]);
      }
      // A site that has Pyodide itself has it as published.
      if (/\/pyfence\/[^/]+\/third-party\/pyodide(-releases)?\.json$/.test(path) && !answer.body.includes('pyfence-vendor/')) {
        const manifest = manifestForOurLock(answer.body.toString());
        answer.body = Buffer.from(isFirstVisit ? manifest : manifestForCompiledLibrary(manifest));
      }
      if (!snapshots && answer.headers['content-type']?.startsWith('text/html')) answer.body = withoutSnapshots(answer.body);
      return { ...answer, headers: { 'cache-control': 'max-age=600', ...answer.headers, ...headers } };
    },
  };
}

/** @param {Buffer} page */
function withoutSnapshots(page) {
  const html = page.toString();
  const start = html.match(/^\s*(<!doctype[^>]*>)?\s*(<html[^>]*>)?\s*(<head[^>]*>)?/i)?.[0] ?? '';
  return Buffer.from(`${start}<meta name="pyfence-snapshot" content="no">${html.slice(start.length)}`);
}

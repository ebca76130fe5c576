// A host for static files: byte for byte what was built, below a path.
import { join } from 'node:path';
import { fileAnswer } from './answer.js';

/** @typedef {import('./site.js').Site & { headers: Record<string, string> }} StaticHost */

/**
 * @param {string} folder
 * @param {string} base the path, such as `/docs/`
 * @returns {StaticHost}
 */
export function staticHost(folder, base) {
  return {
    host: 'site.test',
    headers: {},
    async answer(path) {
      if (!path.startsWith(base)) return path === '/favicon.ico' ? { status: 204, headers: {}, body: Buffer.alloc(0) } : undefined;
      const answer = await fileAnswer(join(folder, path.slice(base.length).replace(/(^|\/)$/, '$1index.html')));
      const isPage = answer?.headers['content-type'].startsWith('text/html');
      return answer && { ...answer, headers: { ...answer.headers, 'cache-control': isPage ? 'no-cache' : 'max-age=600', ...this.headers } };
    },
  };
}

// The first release of Pyodide's next line, as far as it can be known before it is there: the installed one with another
// version, another ABI and another Python stated wherever it states its own.
import { cdnAnswer } from './cdn.js';
import { installedVersion } from './npm.js';
import { cdnHost } from './world.js';

const version = '315.0.0';
const today = installedVersion('pyodide');

const renamed = [[today, version], ['2026_0', '2027_0'], ['"python": "3.14.2"', '"python": "3.15.0"'], ['"python":"3.14.2"', '"python":"3.15.0"']];

/** @type {import('./site.js').Site & { version: string }} the CDN, which has that release, too */
export const nextRelease = {
  version,
  host: cdnHost,
  async answer(path) {
    const asked = path.replace(`/v${version}/`, `/v${today}/`).replace('2027_0', '2026_0');
    const answer = await cdnAnswer(asked);
    if (!answer || asked === path || !/\.(mjs|json)$/.test(path)) return answer;
    const text = renamed.reduce((text, [now, then]) => text.replaceAll(now, then), `${answer.body}`);
    return { ...answer, body: Buffer.from(text) };
  },
};

// The world that the browser sees: one HTTPS server to which the browser comes for every host. So CDN and package-index
// addresses are answered with the browser's own cache, workers and integrity checks in force,
// which interception of requests would switch off or miss.
import { createServer } from 'node:https';
import { cdnAnswer } from './cdn.js';
import { plotlyAnswer, plotlyHost } from './charts.js';
import { makeCertificate } from './certificate.js';
import { compressed } from './compression.js';
import { Faults } from './faults.js';
import { packageIndexAnswer } from './package-index.js';
import { snapshotPath } from './second-visit.js';

/**
 * @typedef {object} Seen a request of a page that reached the world
 * @property {string} host
 * @property {string} path
 * @property {number} at milliseconds on the test's `performance.now()`
 * @property {number} status 0 while unanswered, and when the connection was broken
 * @property {number} bytes of the body as sent
 * @property {string} cookies that came with it
 */

export const cdnHost = 'cdn.jsdelivr.net';

export class World {
  /** @type {Seen[]} */
  requests = [];
  #faults = new Faults();
  /** @type {Map<string, import('./site.js').Site>} */
  #sites = new Map();
  #certificate = makeCertificate();
  #server = createServer({ key: this.#certificate.pem, cert: this.#certificate.pem }, (request, response) => {
    this.#serve(request, response).catch((error) => response.destroy(error));
  });

  /** The port that stands for every host. */
  port = 0;
  spki = this.#certificate.spki;

  async start() {
    await new Promise((resolve) => this.#server.listen(0, '127.0.0.1', () => resolve(undefined)));
    this.port = /** @type {import('node:net').AddressInfo} */ (this.#server.address()).port;
  }

  stop() {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** @param {import('./site.js').Site} site */
  put(site) {
    this.#sites.set(site.host, site);
  }

  /**
   * Breaks every address that contains `part`; the function that comes back mends it.
   * @param {string} part e.g. `pyodide.asm.wasm` or a host
   * @param {import('./faults.js').Fault} fault
   */
  fault(part, fault) {
    return this.#faults.add(part, fault);
  }

  /**
   * The requests whose address (host and path) contains `part`.
   * @param {string} part
   */
  requested(part) {
    return this.requests.filter(({ host, path }) => `${host}${path}`.includes(part));
  }

  /** As new, for the next test. */
  reset() {
    this.#faults.liftAll();
    this.#sites.clear();
    this.requests = [];
  }

  /** @param {string} host @param {string} path */
  #answer(host, path) {
    const site = this.#sites.get(host);
    if (site) return site.answer(path);
    if (host === plotlyHost) return plotlyAnswer(path);
    return host === cdnHost ? cdnAnswer(path) : packageIndexAnswer(host, path);
  }

  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   */
  async #serve(request, response) {
    const { hostname: host, pathname } = new URL(request.url ?? '/', `https://${request.headers.host}`);
    const path = decodeURIComponent(pathname);
    /** @type {Seen} */
    const seen = { host, path, at: performance.now(), status: 0, bytes: 0, cookies: request.headers.cookie ?? '' };
    if (isOfPage(request)) this.requests.push(seen);

    const nothing = { status: 404, headers: { 'access-control-allow-origin': '*' }, body: Buffer.from('not found\n') };
    const befallen = await this.#faults.befall(`${host}${path}`, await this.#answer(host, path) ?? nothing);
    if (!befallen) return void response.destroy();

    const answer = await compressed(befallen, `${request.headers['accept-encoding']}`);
    seen.status = answer.status ?? 200;
    seen.bytes = answer.body.length;
    response.writeHead(seen.status, { ...answer.headers, 'content-length': answer.body.length });
    const half = answer.resumes ? answer.body.length >> 1 : 0;
    if (half) response.write(answer.body.subarray(0, half));
    await answer.resumes;
    response.end(answer.body.subarray(half));
  }
}

/**
 * Chromium has requests of its own besides the pages': its services, and an icon for each page; and stories bring a snapshot.
 * @param {import('node:http').IncomingMessage} request
 */
function isOfPage({ url, headers }) {
  if (url === '/favicon.ico' || url === snapshotPath) return false;
  return headers['sec-fetch-mode'] === 'navigate' || ['same-origin', 'same-site', 'cross-site'].includes(String(headers['sec-fetch-site']));
}

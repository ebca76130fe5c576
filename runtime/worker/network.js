/** The network for code: addresses are relative to the page, and a refusal says who refused. */

/** @typedef {import('../run/protocol.js').Refusal} Refusal */

/** What addresses are relative to: the page's, not the worker's. */
let base = self.location.href;

/** @type {string | null} the last address that could not be had while the code ran */
let failed = null;

/** @type {Set<string>} what the page's policy forbade, as the browser names it */
const forbidden = new Set();

self.addEventListener('securitypolicyviolation', ({ blockedURI }) => forbidden.add(blockedURI));

/** To be called before a run. @param {string} page its address */
export function hearOf(page) {
  base = page;
  failed = null;
  forbidden.clear();
}

const { fetch: fetchByBrowser, Request } = self;

self.fetch = async (request, init) => {
  const asked = request instanceof Request ? request : absolute(request);
  try {
    return await fetchByBrowser(asked, init);
  } catch (error) {
    failed = asked instanceof Request ? asked.url : asked;
    throw error;
  }
};

// Pyodide makes a request before it fetches it, with what is here when code first imports its HTTP.
self.Request = class extends Request {
  constructor(/** @type {RequestInfo | URL} */ request, /** @type {RequestInit | undefined} */ init) {
    super(request instanceof Request ? request : absolute(request), init);
  }
};

const { open, send } = XMLHttpRequest.prototype;

/** @type {WeakMap<XMLHttpRequest, string>} */
const addresses = new WeakMap();

XMLHttpRequest.prototype.open = function (/** @type {string} */ method, /** @type {string | URL} */ address, /** @type {any[]} */ ...rest) {
  addresses.set(this, absolute(address));
  return Reflect.apply(open, this, [method, absolute(address), ...(rest.length > 0 ? rest : [true])]);
};

XMLHttpRequest.prototype.send = function (body) {
  try {
    return Reflect.apply(send, this, [body]);
  } catch (error) {
    failed = addresses.get(this) ?? null;
    throw error;
  }
};

/** @param {string | URL} address as code has it */
export function absolute(address) {
  try {
    return new URL(address, base).href;
  } catch {
    return String(address);
  }
}

/** @returns {Promise<Refusal | undefined>} why the last address could not be had, where one could not */
export async function refusal() {
  if (failed === null || !URL.canParse(failed)) return undefined;
  const { origin, host, protocol } = new URL(failed);
  if ([...forbidden].some((uri) => uri.startsWith(origin))) return { host, by: 'policy' };
  if (protocol === 'http:' && base.startsWith('https:') && !/^(localhost|127\.)/.test(host)) return { host, by: 'scheme' };
  // Without the right to read the answer, a browser still asks: who answers is there.
  const isThere = await fetchByBrowser(failed, { mode: 'no-cors' }).then(() => true, () => false);
  return { host, by: isThere ? 'host' : 'network' };
}

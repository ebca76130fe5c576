/** Fetches files that tell how they come, and checks that they are what was published. */

/** Milliseconds that a network may say nothing; then its silence is an error. A browser that checks says nothing before the end. */
const silenceTimeoutMs = 60_000;

/**
 * @typedef {(bytes: number) => void} OnBytes some more bytes came
 *
 * @typedef {object} Coming a file on its way
 * @property {Response} response as the browser has it, unread: what compiles while it comes keeps its cache of compiled code
 * @property {Promise<ArrayBuffer>} bytes all of them, once they are verified
 * @property {Promise<WebAssembly.Module>} [compiling] where that has begun
 */

/**
 * What `fetch` does; a status that isn't 2xx is an error, and so is the page by which a network asks to be signed in to.
 * @param {typeof self.fetch} fetchNow
 * @param {RequestInfo | URL} request
 * @param {RequestInit} init
 * @param {OnBytes} onBytes
 * @returns {Promise<Coming>}
 */
export async function fetchWithProgress(fetchNow, request, { integrity = '', ...init }, onBytes) {
  const silence = new AbortController();
  const halfMs = (crypto.subtle ? silenceTimeoutMs : 10 * silenceTimeoutMs) / 2;
  // In two halves: while Python starts nothing is heard, and what has come by then is to be heard before time is up.
  const listen = () => setTimeout(() => { timer = setTimeout(() => silence.abort(new Error('the network is silent')), halfMs); }, halfMs);
  let timer = listen();
  /** @param {unknown} error */
  const fail = (error) => {
    clearTimeout(timer);
    // Some browsers forget the reason on the way.
    throw silence.signal.reason ?? error;
  };
  const response = await fetchNow(request, { ...init, integrity: crypto.subtle ? '' : integrity, signal: silence.signal }).catch(fail);
  if (!response.ok) fail(new Error(`${response.status} ${response.statusText}`.trim()));
  if (response.headers.get('content-type')?.startsWith('text/html')) fail(new Error('a web page came instead'));
  return { response, bytes: read(response.clone()).then((bytes) => verified(bytes, integrity)).catch(fail) };

  /** @param {Response} response */
  async function read({ body }) {
    /** @type {Uint8Array<ArrayBuffer>[]} */
    const chunks = [];
    let size = 0;
    const reader = body?.getReader();
    for (let chunk = await reader?.read(); chunk?.value; chunk = await reader?.read()) {
      clearTimeout(timer);
      timer = listen();
      onBytes(chunk.value.length);
      size += chunk.value.length;
      chunks.push(chunk.value);
    }
    clearTimeout(timer);
    // A blob would join them as well, but by way of another process.
    const all = new Uint8Array(size);
    for (const chunk of chunks.reverse()) all.set(chunk, size -= chunk.length);
    return all.buffer;
  }
}

/**
 * @param {ArrayBuffer} bytes
 * @param {string} integrity empty where it isn't known
 */
export async function verified(bytes, integrity) {
  if (integrity && crypto.subtle && await digestOf(bytes, integrity) !== integrity) throw new TypeError('other bytes came than were published');
  return bytes;
}

/**
 * @param {ArrayBuffer} bytes
 * @param {string} integrity whose algorithm is taken
 */
export async function digestOf(bytes, integrity) {
  const algorithm = integrity.split('-')[0];
  const digest = new Uint8Array(await crypto.subtle.digest(algorithm.replace('sha', 'SHA-'), bytes));
  return `${algorithm}-${btoa(String.fromCharCode(...digest))}`;
}

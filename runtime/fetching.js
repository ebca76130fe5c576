/** Fetches files that tell how they come, and checks that they are what was published. */

/** Milliseconds that a network may say nothing; then its silence is an error. A browser that checks says nothing before the end. */
const patience = 60_000;

/** @typedef {(bytes: number) => void} Heard some more bytes came */

/**
 * What `fetch` does, with all of the body there.
 * @param {typeof self.fetch} fetchNow
 * @param {RequestInfo | URL} request
 * @param {RequestInit} init
 * @param {Heard} heard
 */
export async function fetchHeard(fetchNow, request, { integrity, ...init }, heard) {
  const silence = new AbortController();
  const listen = () => setTimeout(() => silence.abort(new Error('the network is silent')), crypto.subtle ? patience : 10 * patience);
  let timer = listen();
  try {
    const response = await fetchNow(request, { ...init, integrity: crypto.subtle ? '' : integrity, signal: silence.signal });
    if (!response.ok || !response.body) return response;
    const counted = response.body.pipeThrough(new TransformStream({
      transform(chunk, controller) {
        clearTimeout(timer);
        timer = listen();
        heard(chunk.length);
        controller.enqueue(chunk);
      },
    }));
    const bytes = await new Response(counted).arrayBuffer();
    if (integrity && crypto.subtle && await digestOf(bytes, integrity) !== integrity) throw new TypeError('other bytes came than were published');
    return new Response(bytes, response);
  } catch (error) {
    // Some browsers forget the reason on the way.
    throw silence.signal.reason ?? error;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * @param {ArrayBuffer} bytes
 * @param {string} integrity whose algorithm is taken
 */
async function digestOf(bytes, integrity) {
  const algorithm = integrity.split('-')[0];
  const digest = new Uint8Array(await crypto.subtle.digest(algorithm.replace('sha', 'SHA-'), bytes));
  return `${algorithm}-${btoa(String.fromCharCode(...digest))}`;
}

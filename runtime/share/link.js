/**
 * The code of a block in the fragment of an address: `#pyfence=...`, base64url of deflated JSON. A fragment is sent to
 * no server. What a link holds is a stranger's: it is read as text, and within bounds.
 */

/**
 * @typedef {object} Shared
 * @property {string} code
 * @property {string} written digest of the author's code that it stands for
 * @property {number} place of its block among those that readers see, from 0
 */

const beginning = '#pyfence=';

/** Characters of an address that browsers, chats and mail programs take. */
const mostCharacters = 30_000;

/** Characters of code; a few bytes can hold megabytes. */
const mostCode = 100_000;

/**
 * @param {Shared} shared
 * @returns {Promise<string | null>} the address; null where the code is too long for one
 */
export async function linkTo(shared) {
  const deflated = new Blob([JSON.stringify(shared)]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(deflated).arrayBuffer());
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  const fragment = beginning + text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
  if (fragment.length > mostCharacters || shared.code.length > mostCode) return null;
  return new URL(fragment, location.href).href;
}

/**
 * @param {string} fragment
 * @returns {Promise<Shared>} an error where it holds none
 */
export async function sharedIn(fragment) {
  if (fragment.length > mostCharacters) throw new Error('the link is too long');
  const text = atob(fragment.slice(beginning.length).replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
  const { code, written, place } = JSON.parse(await inflated(bytes));
  if (typeof code !== 'string' || typeof written !== 'string' || !Number.isInteger(place)) throw new Error('the link holds no code');
  return { code, written, place };
}

/**
 * As text, without reading on beyond the bounds.
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
async function inflated(bytes) {
  // JSON writes a character in six at most, UTF-8 in four bytes.
  const most = 6 * mostCode;
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  let text = '';
  for (let chunk = await reader.read(); chunk.value; chunk = await reader.read()) {
    text += decoder.decode(chunk.value, { stream: true });
    if (text.length > most) {
      await reader.cancel();
      throw new Error('the link holds too much');
    }
  }
  return text + decoder.decode();
}

/**
 * A few letters that tell the author's code from other code.
 * @param {string} text
 */
export function digestOfCode(text) {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(36);
}

/** Whether the site takes such links, and makes them. */
export const areLinksOn = () => /** @type {HTMLMetaElement | null} */ (document.querySelector('meta[name="pyfence-links"]'))?.content !== 'no';

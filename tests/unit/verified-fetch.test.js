// Files that say how they come, are what was published, and don't keep anybody waiting for ever.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mock, test } from 'node:test';
import { fetchWithProgress } from '../../runtime/worker/verified-fetch.js';

const text = 'the file';
const integrity = `sha256-${createHash('sha256').update(text).digest('base64')}`;
const heardBytes = () => {
  /** @type {number[]} */
  const heard = [];
  return { heard, hear: (/** @type {number} */ bytes) => heard.push(bytes) };
};

test('The bytes that were published come, and are heard of', async () => {
  const { heard, hear } = heardBytes();
  const { response, bytes } = await fetchWithProgress(async () => new Response(text), 'https://files.test/', { integrity }, hear);
  assert.equal(new TextDecoder().decode(await bytes), text);
  assert.equal(await response.text(), text, 'the answer itself is there to be read, or compiled');
  assert.equal(heard.reduce((sum, bytes) => sum + bytes, 0), text.length);
});

test('Other bytes are refused, and so is an answer that is none', async () => {
  const other = await fetchWithProgress(async () => new Response('the fill'), 'https://files.test/', { integrity }, () => {});
  await assert.rejects(other.bytes, /other bytes came than were published/);
  const missing = fetchWithProgress(async () => new Response('', { status: 404, statusText: 'Not Found' }), 'https://files.test/', { integrity }, () => {});
  await assert.rejects(missing, /^Error: 404 Not Found$/);
});

test('A network that falls silent is an error after a while, before the first byte and behind it', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  try {
    /** @type {typeof fetch} */
    const halting = async (_, init) => new Response(new ReadableStream({
      start(controller) {
        controller.enqueue(new Uint8Array(1));
        init?.signal?.addEventListener('abort', () => controller.error(new Error('aborted')));
      },
    }));
    const begun = await new Promise((heard) => { const coming = fetchWithProgress(halting, 'https://files.test/', {}, () => heard(coming)); });
    await new Promise(setImmediate);
    for (let half = 0; half < 2; half++) mock.timers.tick(1_800_000);
    await assert.rejects(begun.bytes, /the network is silent/);
    /** @type {typeof fetch} */
    const mute = (_, init) => new Promise((_, reject) => { init?.signal?.addEventListener('abort', () => reject(new Error('aborted'))); });
    const waiting = fetchWithProgress(mute, 'https://files.test/', {}, () => {});
    for (let half = 0; half < 2; half++) mock.timers.tick(1_800_000);
    await assert.rejects(waiting, /the network is silent/);
  } finally {
    mock.timers.reset();
  }
});

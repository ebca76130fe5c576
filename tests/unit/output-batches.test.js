// Output goes at once while it is little, and in batches while it pours.
import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { OutputStream } from '../../runtime/worker/output-batches.js';

/** @param {string} text */
const bytes = (text) => new TextEncoder().encode(text);

function stream() {
  /** @type {string[]} */
  const sent = [];
  const output = new OutputStream((written) => sent.push(written.map(({ stream, text }) => `${stream}: ${text}`).join(' | ')));
  return { sent, output, out: output.writer('stdout'), error: output.writer('stderr') };
}

test('What is written goes at once, and says how many bytes it took', () => {
  const { sent, out } = stream();
  assert.equal(out.write(bytes('é')), 2);
  assert.deepEqual(sent, ['stdout: é']);
});

test('A character whose bytes come in two writes is one; bytes that are no UTF-8 show as such', () => {
  const { sent, output, out } = stream();
  const snake = bytes('🐍');
  out.write(snake.slice(0, 2));
  assert.deepEqual(sent, []);
  out.write(snake.slice(2));
  out.write(Uint8Array.of(0xff));
  output.flush();
  assert.deepEqual(sent, ['stdout: 🐍', 'stdout: \ufffd']);
});

test('A flood goes in batches, in order across the streams, and the rest without another write', () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const now = mock.method(performance, 'now', () => 1_000);
  try {
    const { sent, out, error } = stream();
    for (let line = 0; line < 1_000; line += 1) {
      out.write(bytes('o'));
      error.write(bytes('e'));
    }
    assert.ok(sent.length < 50, `${sent.length} messages`);
    mock.timers.tick(1_000);
    assert.equal(sent.join(' | ').match(/stdout: o \| stderr: e/g)?.length, 1_000);
  } finally {
    now.mock.restore();
    mock.timers.reset();
  }
});

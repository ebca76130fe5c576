// The page's side of Python, with a worker that only notes what it is told.
import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import { hasRun, noteRun } from '../../runtime/run/session-blocks.js';

/** @typedef {import('../../runtime/run/protocol.js').ToWorker} ToWorker */
/** @typedef {import('../../runtime/run/protocol.js').FromWorker} FromWorker */

/** @typedef {import('../../runtime/run/protocol.js').Boot} Boot */

/** Hands messages over at once. */
class NotingPort {
  /** @type {((event: { data: any }) => void) | null} */
  onmessage = null;
  /** @type {NotingPort | undefined} */
  other;

  /** @param {unknown} data */
  postMessage(data) {
    this.other?.onmessage?.({ data });
  }

  close() {
    this.other = undefined;
    this.onmessage = null;
  }
}

class NotingChannel {
  port1 = new NotingPort();
  port2 = new NotingPort();

  constructor() {
    [this.port1.other, this.port2.other] = [this.port2, this.port1];
  }
}

class NotingWorker {
  /** @type {NotingWorker[]} */
  static all = [];
  /** @type {Boot | undefined} */
  boot;
  /** @type {ToWorker[]} */
  told = [];
  isEnded = false;
  /** @type {NotingPort | undefined} */
  port;
  /** @type {((event: { data: unknown }) => void) | null} */
  onmessage = null;
  /** @type {((event: { message: string, preventDefault(): void }) => void) | null} */
  onerror = null;

  constructor() {
    NotingWorker.all.push(this);
  }

  /** @param {Boot} boot @param {[NotingPort]} ports */
  postMessage(boot, [port]) {
    Object.assign(this, { boot, port });
    port.onmessage = ({ data }) => this.told.push(data);
  }

  terminate() {
    this.isEnded = true;
  }

  /** @param {FromWorker} data */
  says(data) {
    this.port?.postMessage(data);
  }
}

// Node 20 has not got it yet; every browser that runs Pyodide has.
Promise.withResolvers ??= /** @type {any} */ (() => {
  let settle = {};
  const promise = new Promise((resolve, reject) => { settle = { resolve, reject }; });
  return { promise, ...settle };
});
Object.assign(globalThis, { Worker: NotingWorker, MessageChannel: NotingChannel, crossOriginIsolated: false, document: { querySelectorAll: () => [] } });
mock.timers.enable({ apis: ['setTimeout'] });

/** @type {typeof import('../../runtime/run/python-client.js').python} */
let python;
let count = 0;

beforeEach(async () => {
  NotingWorker.all = [];
  Object.assign(globalThis, { crossOriginIsolated: false });
  // A page has one; a test has one of its own.
  ({ python } = await import(`../../runtime/run/python-client.js?${count += 1}`));
});

const piece = { code: '1', filename: '<block 1>', install: null, files: null, autoload: true };
const request = { session: 'default', base: 'https://site.test/', setUp: [], earlier: [], block: piece };

/** Starts a run and notes what is heard of it. @param {string | null} [version] */
function start(version = null) {
  const control = new AbortController();
  /** @type {string[]} */
  const heard = [];
  const outcome = python.run(request, version, control.signal, {
    progress: (phase, detail) => heard.push(`${phase} ${detail}`.trim()),
    output: (stream, text) => heard.push(`${stream}: ${text}`),
    value: ({ value }) => heard.push(JSON.stringify(value)),
    clear: (waits) => heard.push(`clear ${waits}`),
    question: ({ prompt, answer }) => { heard.push(prompt); answer('yes'); },
  });
  return { heard, outcome, stop: () => control.abort() };
}

const done = { state: /** @type {const} */ ('done'), value: null };

test('The first run boots Python, the next one finds it there', async () => {
  const first = start();
  const [worker] = NotingWorker.all;
  assert.deepEqual(worker.told.map(({ type }) => type), ['run']);
  worker.says({ type: 'finished', id: 1, outcome: done });
  assert.deepEqual(await first.outcome, done);
  start();
  assert.deepEqual(worker.told.map(({ type }) => type), ['run', 'run']);
  assert.equal(NotingWorker.all.length, 1);
});

test('That Python is loaded is told until it is there, also to the next after its end', async () => {
  const told = [start()];
  const [worker] = NotingWorker.all;
  worker.says({ type: 'booted', id: 1, restored: '' });
  worker.says({ type: 'finished', id: 1, outcome: done });
  await told[0].outcome;
  told.push(start());
  worker.onerror?.({ message: 'broken', preventDefault() {} });
  await told[1].outcome;
  told.push(start());
  assert.deepEqual(told.map(({ heard }) => heard), [['loading'], [], ['loading']]);
});

test('Runs wait for each other, and each hears its own messages', async () => {
  const [first, second] = [start(), start()];
  const [worker] = NotingWorker.all;
  assert.deepEqual(second.heard, ['queued']);
  worker.says({ type: 'output', id: 1, written: [{ stream: 'stdout', text: 'a' }, { stream: 'stderr', text: 'b' }] });
  worker.says({ type: 'question', id: 1, key: 7, prompt: 'Sure?', isSecret: false });
  assert.deepEqual(worker.told.at(-1), { type: 'answer', key: 7, line: 'yes' });
  worker.says({ type: 'finished', id: 1, outcome: done });
  worker.says({ type: 'output', id: 1, written: [{ stream: 'stdout', text: 'too late' }] });
  worker.says({ type: 'value', id: 2, value: { 'text/plain': '1' } });
  worker.says({ type: 'clear', id: 2, waits: true });
  worker.says({ type: 'finished', id: 2, outcome: done });
  await Promise.all([first.outcome, second.outcome]);
  assert.deepEqual(first.heard, ['loading', 'stdout: a', 'stderr: b', 'Sure?']);
  assert.deepEqual(second.heard, ['queued', 'loading', '{"text/plain":"1"}', 'clear true']);
});

test('What the worker posts beside its port, or what no message of ours looks like, ends nothing', async () => {
  const first = start();
  const [worker] = NotingWorker.all;
  worker.onmessage?.({ data: { type: 'finished', id: 1, outcome: done } });
  worker.says(/** @type {any} */ ({ type: 'unheard', id: 1 }));
  const second = start();
  assert.deepEqual(second.heard, ['queued']);
  worker.says({ type: 'finished', id: 1, outcome: done });
  assert.deepEqual(await first.outcome, done);
});

test('A waiting run that is stopped leaves the queue, and nothing is lost', async () => {
  start();
  const second = start();
  second.stop();
  assert.deepEqual(await second.outcome, { state: 'stopped', lost: false });
  assert.deepEqual(NotingWorker.all[0].told.map(({ type }) => type), ['run']);
});

test('A run that hears Stop ends by itself; one that does not is ended with its worker, and Python boots again', async () => {
  const polite = start();
  const [worker] = NotingWorker.all;
  polite.stop();
  assert.deepEqual(worker.told.at(-1), { type: 'cancel' });
  worker.says({ type: 'finished', id: 1, outcome: { state: 'stopped', lost: false } });
  assert.deepEqual(await polite.outcome, { state: 'stopped', lost: false });
  mock.timers.tick(10_000);
  assert.equal(worker.isEnded, false);

  const busy = start();
  worker.says({ type: 'progress', id: 2, phase: 'running', detail: '' });
  busy.stop();
  assert.equal(worker.isEnded, false);
  mock.timers.tick(10_000);
  assert.deepEqual(await busy.outcome, { state: 'stopped', lost: true });
  assert.equal(worker.isEnded, true);
  assert.ok(NotingWorker.all[1].boot);
});

test('Stop while Python is still loading loses nothing and boots nothing', async () => {
  const loading = start();
  loading.stop();
  mock.timers.tick(10_000);
  assert.deepEqual(await loading.outcome, { state: 'stopped', lost: false });
  assert.equal(NotingWorker.all.length, 1);
});

test('On an isolated page Stop interrupts before anything is ended', async () => {
  Object.assign(globalThis, { crossOriginIsolated: true });
  const busy = start();
  const [worker] = NotingWorker.all;
  const interrupt = worker.boot?.shared?.interrupt;
  busy.stop();
  assert.equal(interrupt && interrupt[0], 0);
  mock.timers.tick(100);
  assert.equal(interrupt && interrupt[0], 2, 'SIGINT');
  // Pyodide takes the signal, and a slow device raises and tells it later.
  interrupt?.fill(0);
  mock.timers.tick(1_000);
  assert.equal(worker.isEnded, false);
  worker.says({ type: 'finished', id: 1, outcome: { state: 'stopped', lost: false } });
  await busy.outcome;
  start();
  assert.equal(interrupt && interrupt[0], 0, 'the next run is not interrupted');
  const deaf = start();
  deaf.stop();
  mock.timers.tick(100);
  interrupt?.fill(0);
  mock.timers.tick(10_000);
  assert.equal((await deaf.outcome).state, 'stopped', 'code that goes on after the signal is ended');
});

test('Another version of Pyodide is refused once code has run', async () => {
  const first = start();
  NotingWorker.all[0].says({ type: 'progress', id: 1, phase: 'running', detail: '' });
  NotingWorker.all[0].says({ type: 'finished', id: 1, outcome: done });
  await first.outcome;
  const { state, text } = /** @type {any} */ (await start('0.27.7').outcome);
  assert.equal(state, 'unavailable');
  assert.match(text, /no other can beside it/);
});

test('What was begun for nobody is taken by the first run, ended, or replaced by another version', async () => {
  python.begin(null, request);
  python.begin(null, request);
  const { outcome } = start();
  assert.equal(NotingWorker.all.length, 1);
  python.giveUp();
  const [worker] = NotingWorker.all;
  assert.equal(worker.isEnded, false, 'somebody waits');
  worker.says({ type: 'finished', id: 1, outcome: { state: 'unavailable', text: 'no wheel', booted: true } });
  await outcome;
  python.giveUp();
  assert.equal(worker.isEnded, true);

  python.begin(null, request);
  start('0.27.7');
  assert.deepEqual(NotingWorker.all.map(({ isEnded }) => isEnded), [true, true, false]);
  assert.equal(NotingWorker.all[2].boot?.version, '0.27.7');
});

test('What was begun and could not be had is tried anew by a run', () => {
  python.begin(null, request);
  NotingWorker.all[0].says({ type: 'failed', id: 0 });
  start();
  assert.deepEqual(NotingWorker.all.map(({ isEnded }) => isEnded), [true, false]);
});

test('A worker that never came is no loss; one that breaks later is', async () => {
  const first = start();
  NotingWorker.all[0].onerror?.({ message: '', preventDefault() {} });
  assert.deepEqual(await first.outcome, { state: 'unavailable', text: 'worker.js could not be loaded' });
  const second = start();
  const worker = NotingWorker.all[1];
  worker.says({ type: 'progress', id: 2, phase: 'running', detail: '' });
  worker.onerror?.({ message: 'broken', preventDefault() {} });
  assert.deepEqual(await second.outcome, { state: 'lost', text: 'broken' });
  assert.equal(worker.isEnded, true);
});

test('What ran in a Python that is gone has not run, also where no run was under way when it broke', async () => {
  const block = /** @type {import('../../runtime/pyfence.js').PyodideBlock} */ ({ code: '1' });
  for (const breaks of [
    (/** @type {NotingWorker} */ worker) => worker.says({ type: 'finished', id: 1, outcome: { state: 'lost', text: 'broken' } }),
    (/** @type {NotingWorker} */ worker) => worker.onerror?.({ message: 'broken', preventDefault() {} }),
  ]) {
    ({ python } = await import(`../../runtime/run/python-client.js?${count += 1}`));
    const { outcome } = start();
    const [worker] = NotingWorker.all.slice(-1);
    worker.says({ type: 'progress', id: 1, phase: 'running', detail: '' });
    worker.says({ type: 'finished', id: 1, outcome: done });
    await outcome;
    noteRun(block, '1');
    breaks(worker);
    assert.equal(hasRun(block), false);
  }
});

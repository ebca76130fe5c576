// What keeps snapshots in the page, with a worker that makes one when it is told to.
import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';

/** @typedef {import('../../runtime/run/protocol.js').Made} Made */

class MakingWorker {
  /** @type {MakingWorker[]} */
  static all = [];
  isEnded = false;
  /** @type {(made: Made | null) => void} */
  answers = () => {};

  constructor() {
    MakingWorker.all.push(this);
  }

  /** @param {import('../../runtime/run/protocol.js').Make} _wish @param {[{ other: { onmessage: Function } }]} ports */
  postMessage(_wish, [{ other }]) {
    this.answers = (made) => other.onmessage({ data: made });
  }

  terminate() {
    this.isEnded = true;
  }
}

class Channel {
  port1 = { onmessage: () => {} };
  port2 = { other: this.port1 };
}

/** @type {{ [key: string]: any }} */
const storage = Object.create({
  getItem(/** @type {string} */ key) { return storage[key] ?? null; },
  setItem(/** @type {string} */ key, /** @type {string} */ value) { storage[key] = value; },
});

let isLocked = false;

const locks = {
  /** @param {string} _name @param {object} _options @param {(lock: object | null) => Promise<void>} act */
  async request(_name, _options, act) {
    if (isLocked) return act(null);
    isLocked = true;
    await act({}).finally(() => { isLocked = false; });
  },
};

// Node 20 has not got it yet; every browser that runs Pyodide has.
Promise.withResolvers ??= /** @type {any} */ (() => {
  let settle = {};
  const promise = new Promise((resolve, reject) => { settle = { resolve, reject }; });
  return { promise, ...settle };
});
Object.assign(globalThis, { localStorage: storage, document: { querySelector: () => null, baseURI: 'https://site.test/' }, Worker: MakingWorker, MessageChannel: Channel });
Object.defineProperty(globalThis, 'navigator', { value: { locks, storage: { estimate: async () => ({ quota: 1e12, usage: 0 }) } } });

/** @type {typeof import('../../runtime/snapshot/keep.js').keep} */
let keep;
let copies = 0;

beforeEach(async () => {
  mock.timers.reset();
  mock.timers.enable({ apis: ['setTimeout'] });
  MakingWorker.all = [];
  delete storage['pyfence-snapshots'];
  // A page of its own for each test.
  ({ keep } = await import(`../../runtime/snapshot/keep.js?${copies++}`));
});

/** Everything that waits for nothing but promises. */
const settled = () => new Promise((resolve) => { setImmediate(resolve); });

const made = { address: 'https://site.test/snapshot/?a', digest: 'sha256-a', addresses: ['https://site.test/snapshot/?a'] };

test('What is kept of snapshots and can\'t be read is written anew', async () => {
  for (const damaged of ['{"https://site.test/snap', 'null', '"text"', '7']) {
    storage['pyfence-snapshots'] = damaged;
    ({ keep } = await import(`../../runtime/snapshot/keep.js?${copies++}`));
    keep(null, [], '');
    await settled();
    const worker = MakingWorker.all.at(-1);
    worker?.answers(made);
    await settled();
    assert.deepEqual(JSON.parse(storage['pyfence-snapshots']), { [made.address]: made.digest }, damaged);
    assert.equal(worker?.isEnded, true);
  }
});

test('A worker that never has a snapshot made is ended, and the next run has another one try', async () => {
  keep(null, [], '');
  await settled();
  mock.timers.tick(300_000);
  await settled();
  const [first] = MakingWorker.all;
  assert.equal(first.isEnded, false, 'on a slow network it takes minutes');
  mock.timers.tick(300_000);
  await settled();
  assert.equal(first.isEnded, true);
  assert.equal(isLocked, false);
  keep(null, [], '');
  await settled();
  MakingWorker.all[1].answers(made);
  await settled();
  assert.deepEqual(JSON.parse(storage['pyfence-snapshots']), { [made.address]: made.digest });
});

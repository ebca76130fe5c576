// What can go wrong with an address, switched on by a test and off when it ends.

/**
 * @typedef {number | 'refuse' | 'html' | 'stall' | 'half' | 'wrong' | 'forged' | 'changes'} Fault
 * a status such as 404; the connection breaks; a page of HTML with status 200 (a captive portal);
 * no answer until the fault is lifted, or only half of it; the right length with a wrong byte, which nobody is to
 * keep; the same to be kept like the right one; right at first, and a wrong byte in every later answer
 */

export class Faults {
  /** @type {{ part: string, fault: Fault, answers: number, lifted: Promise<void>, lift: () => void }[]} */
  #on = [];

  /**
   * @param {string} part of the addresses (without https://) that it befalls
   * @param {Fault} fault
   * @returns {() => void} lifts it
   */
  add(part, fault) {
    let release = () => {};
    const lifted = new Promise((resolve) => { release = () => resolve(undefined); });
    const entry = { part, fault, answers: 0, lifted, lift: () => {
      this.#on = this.#on.filter((other) => other !== entry);
      release();
    } };
    this.#on.push(entry);
    return entry.lift;
  }

  liftAll() {
    for (const { lift } of this.#on) lift();
  }

  /**
   * The answer as the faults leave it; undefined when the connection breaks.
   * @param {string} address
   * @param {import('./answer.js').Answer} answer
   */
  async befall(address, answer) {
    let befallen = answer;
    for (const entry of this.#on.filter(({ part }) => address.includes(part))) {
      const { fault, lifted } = entry;
      if (fault === 'refuse') return undefined;
      if (fault === 'stall') await lifted;
      else if (fault === 'half') befallen = { ...befallen, resumes: lifted };
      else if (fault === 'changes') befallen = entry.answers++ === 0 ? unkept(befallen) : spoil(befallen, 'wrong');
      else befallen = spoil(befallen, fault);
    }
    return befallen;
  }
}

/**
 * @param {import('./answer.js').Answer} answer
 * @param {Exclude<Fault, 'refuse' | 'stall' | 'half' | 'changes'>} fault
 * @returns {import('./answer.js').Answer}
 */
function spoil(answer, fault) {
  const headers = { ...answer.headers, 'content-type': 'text/html', 'cache-control': 'no-store' };
  if (fault === 'wrong' || fault === 'forged') {
    const body = Buffer.from(answer.body);
    body[body.length >> 1] ^= 1;
    return { ...fault === 'wrong' ? unkept(answer) : answer, body };
  }
  if (fault === 'html') return { headers, body: Buffer.from('<!doctype html><p>Please sign in to this network.') };
  return { status: fault, headers, body: Buffer.from(`${fault}\n`) };
}

/** @param {import('./answer.js').Answer} answer @returns {import('./answer.js').Answer} */
const unkept = (answer) => ({ ...answer, headers: { ...answer.headers, 'cache-control': 'no-store' } });

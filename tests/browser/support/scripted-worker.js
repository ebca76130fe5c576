// Plays Python's part by a script, for stories that aren't about Python: served in place of the runtime's worker, it
// speaks the same protocol, at once and always alike. Code that the script doesn't know fails its story.

/**
 * @typedef {import('../../../runtime/run/protocol.js').FromWorker} FromWorker
 * @typedef {import('../../../runtime/run/protocol.js').ToWorker} ToWorker
 * @typedef {import('../../../runtime/run/protocol.js').Outcome} Outcome
 * @typedef {{ print: string } | { display: { [mime: string]: string } } | { ask: string } | { sleep: number } | { end: Outcome }} Step
 *   text for stdout, a value, a question whose answer is awaited, milliseconds that pass; `end` is the last one
 * @typedef {Record<string, Step[]>} Script what each code does; line ends behind the code don't count
 */

/** @param {Script} script */
export function play(script) {
  const steps = new Map(Object.entries(script).map(([code, steps]) => [code.trimEnd(), steps]));
  /** @type {() => void} */
  let answered = () => {};
  /** @type {MessagePort} */
  let port;
  /** @param {FromWorker} message */
  const post = (message) => port.postMessage(message);

  /** @param {import('../../../runtime/run/protocol.js').Run} message */
  async function run({ id, request: { block: { code } } }) {
    post({ type: 'progress', id, phase: 'running', detail: '' });
    const unknown = { state: /** @type {const} */ ('error'), type: 'KeyError', text: `no script for this code:\n${code}`, line: null, name: null };
    for (const step of steps.get(code.trimEnd()) ?? [{ end: unknown }]) {
      if ('print' in step) post({ type: 'output', id, written: [{ stream: 'stdout', text: step.print }] });
      else if ('display' in step) post({ type: 'value', id, value: step.display });
      else if ('ask' in step) {
        post({ type: 'question', id, key: id, prompt: step.ask, isSecret: false });
        await new Promise((resolve) => { answered = () => resolve(undefined); });
      } else if ('sleep' in step) await new Promise((resolve) => { setTimeout(resolve, step.sleep); });
      else post({ type: 'finished', id, outcome: step.end });
    }
  }

  self.onmessage = (/** @type {MessageEvent} */ { ports }) => {
    [port] = ports;
    port.onmessage = (/** @type {MessageEvent<ToWorker>} */ { data: message }) => {
      if (message.type === 'run') run(message);
      else if (message.type === 'answer') answered();
    };
  };
}

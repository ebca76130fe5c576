// What `pyfence test` says to a page: it finds the blocks and runs them by their own public API.
// An expression: its value is a list of the page's blocks.
(async () => {
  /** Output that is longer isn't compared or shown. */
  const keptCharacters = 100_000;

  /** A block that writes more than this has no end that anybody waits for: the page would keep all of it. */
  const mostCharacters = 10_000_000;

  performance.setResourceTimingBufferSize(10_000);

  if (document.readyState !== 'complete') await new Promise((loaded) => { addEventListener('load', loaded, { once: true }); });
  await customElements.whenDefined('pyodide-block');
  // Ordinary fences become blocks when their module has come.
  while (document.querySelector(':is([data-pyodide], code.language-pyodide):not(pyodide-block *)')) {
    await new Promise((later) => { setTimeout(later, 20); });
  }
  /** @typedef {HTMLElement & { code: string, session: string, state: string, run(): Promise<void>, stop(): void, check?(): Promise<void> }} Block */
  const blocks = /** @type {Block[]} */ ([...document.querySelectorAll('pyodide-block')]);

  /**
   * The solution of an exercise that has one.
   * @param {Block} block
   */
  const solutionOf = (block) => {
    const solutions = [...document.querySelectorAll('pyodide-part[solution]')];
    const own = solutions.find((part) => part.getAttribute('solution') === block.getAttribute('exercise'));
    return own?.querySelector('code')?.textContent ?? null;
  };

  /**
   * Has an exercise's code checked, and says what isn't passed.
   * @param {Block} block
   */
  const check = async (block) => {
    // Its module comes by itself.
    while (!block.check) await new Promise((later) => { setTimeout(later, 20); });
    /** @type {any} */
    let results = [{ state: 'unchecked', name: 'an error' }];
    block.addEventListener('pyodide-checked', (/** @type {any} */ { detail }) => { results = detail.results; }, { once: true });
    await block.check();
    const failed = results.filter((/** @type {any} */ { state }) => state !== 'passed');
    return failed.map((/** @type {any} */ { state, name, forbid, require, call, expected, got, message, text }) => {
      const compared = expected === undefined ? undefined : `${call} should be ${expected} and is ${got}`;
      return `${name ?? forbid ?? require ?? 'time'}: ${compared ?? text ?? message ?? state}`;
    });
  };

  /**
   * Runs the block at this index to its end; an exercise with its solution, which is checked then.
   * @param {number} index
   * @param {{ stdin: string[], runningSeconds: number, loadingSeconds: number, isCompared: boolean }} how
   */
  const run = async (index, { stdin, runningSeconds, loadingSeconds, isCompared }) => {
    const block = blocks[index];
    const lines = [...stdin];
    let [stdout, stderr, characters] = ['', '', 0];
    /** @type {string | null} why it was stopped */
    let stopped = null;
    /** @type {any} */
    let outcome = null;
    /** @type {number | undefined} */
    let timer;
    /** @type {string | undefined} */
    let state;
    const stop = (/** @type {string} */ why) => { stopped ??= why; block.stop(); };
    const watch = () => {
      if (block.state !== state) {
        state = block.state;
        clearTimeout(timer);
        if (state === 'running') timer = setTimeout(stop, runningSeconds * 1000, 'running');
        if (state === 'loading') timer = setTimeout(stop, loadingSeconds * 1000, 'loading');
      }
      const question = block.querySelector('form');
      const field = question?.querySelector('input');
      if (!question || !field || stopped) return;
      const line = lines.shift();
      if (line === undefined) return void stop('input');
      field.value = line;
      question.requestSubmit();
    };
    const observer = new MutationObserver(watch);
    observer.observe(block, { attributes: true, childList: true, subtree: true });
    const hear = (/** @type {any} */ { detail: { stream, text } }) => {
      characters += text.length;
      if (characters > mostCharacters) stop('output');
      if (stream === 'stdout') stdout = (stdout + text).slice(0, keptCharacters);
      else stderr = (stderr + text).slice(0, keptCharacters);
    };
    const end = (/** @type {any} */ { detail }) => { outcome = detail; };
    block.addEventListener('pyodide-output', hear);
    block.addEventListener('pyodide-done', end);
    const solution = solutionOf(block);
    if (solution !== null) block.code = solution;
    await block.run();
    block.removeEventListener('pyodide-output', hear);
    block.removeEventListener('pyodide-done', end);
    const failedChecks = solution !== null && block.state === 'done' ? await check(block) : [];
    observer.disconnect();
    clearTimeout(timer);
    return {
      state: outcome?.state ?? 'refused', stopped, failedChecks, stdout, stderr,
      type: outcome?.type ?? null, text: outcome?.text ?? '', line: outcome?.line ?? null,
      value: outcome?.value?.['text/plain'] ?? null, differences: outcome?.differences ?? [],
      ...isCompared && /done|error/.test(outcome?.state) ? await shown(block, outcome) : {},
    };
  };

  /**
   * What the page shows, read by its own runtime: it lies where the file came from that ran the block.
   * @param {Block} block
   * @param {any} outcome
   */
  const shown = async (block, outcome) => {
    const files = performance.getEntriesByType('resource').map(({ name }) => name);
    const { shownOutput, digestOfOutput } = await import(new URL('../recorded/shown-output.js', files.find((name) => name.endsWith('/run/run.js'))).href);
    const pieces = shownOutput(block.querySelector(':scope > .pyfence-output'), outcome);
    return { shown: pieces, digest: await digestOfOutput(pieces) };
  };

  Object.defineProperty(globalThis, '__pyfenceTest', { value: run });
  /**
   * Where a block was written: what it says itself, or else what is around it.
   * @param {Block} block
   */
  const sourceOf = (block) => /** @type {HTMLElement | null} */ (block.closest('[data-source]'))?.dataset.source;
  return blocks.map((block) => ({ code: block.code, hidden: block.hidden, source: sourceOf(block) }));
})()

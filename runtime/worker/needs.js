/**
 * What code needs before it runs, as far as its text tells. The patterns find too much rather than too little: a
 * word in a comment costs a small download, a need that isn't seen costs the run.
 */

const patterns = {
  /**
   * a margin, as what was cut out of other code has it; marks of a notebook or a console: `%pip install x`,
   * `!pip install x`, `$ pip install x`, `>>> 1 + 1`, `In [1]: x`
   */
  notebook: /(?<![^])\s|^\s*(?:[%!$]|>>>|In ?\[|(?:pip|conda|mamba)3? |python3? -m)/m,
  /** an `input` that asks the reader, also in what the code imports, opens or executes */
  input: /import|input|stdin|breakpoint|exec|open|help/,
  /**
   * packages, or what only some code meets: a value that shows as more than text (only what is imported, a class of its
   * own or `display` has one), coroutines
   */
  packages: /import|class|display|async|https?:/,
  /** figures that show where they are made; micropip may bring matplotlib while the code runs */
  figures: /matplotlib|micropip/,
  /** the web by Python's own urllib, which pandas uses too */
  network: /urllib|https?:/,
  /** our `display` in the place of IPython's, which prints where there is no notebook */
  display: /IPython/,
  /** event loops of its own */
  eventLoops: /Runner|Isolated|new_event_loop/,
  /** the source of what it defined */
  ownSource: /inspect|getsource/,
  /** programs to run */
  processes: /system|subprocess|_exit/,
  /** the reader's lines as a file */
  stdinFile: /open\(0|\/dev\/(stdin|tty)|\bos(\.read| import)|fileno/,
};

/** @param {string} code */
export function needsOf(code) {
  const needs = Object.entries(patterns).map(([need, pattern]) => [need, pattern.test(code)]);
  return /** @type {{ [need in keyof typeof patterns]: boolean }} */ (Object.fromEntries(needs));
}

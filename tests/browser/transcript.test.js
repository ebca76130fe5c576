// What documentation and notebooks have: transcripts of a console, and lines that only a notebook understands.
import assert from 'node:assert/strict';
import { blockOf, outputOf, runs } from './support/block.js';
import { render } from './support/pyfence.js';
import { pages } from './support/site.js';
import { story } from './support/story.js';

story('A transcript shows each value; what differs from what is written is told with its line', async ({ open, screenshot, complaints }) => {
  const right = '>>> words = "to be or not".split()\n>>> len(words)\n4\n>>> for word in words[:2]:\n...     print(word)\n...\nto\nbe\n>>> words[9]\nTraceback (most recent call last):\n  ...\nIndexError: list index out of range';
  const wrong = '>>> sorted(words)\n["be", "not"]\n>>> len(words)\n5';
  const page = await open(pages({ '/': render(`\`\`\`pyodide\n${right}\n\`\`\`\n\n\`\`\`pyodide\n${wrong}\n\`\`\`\n`).replace('lang="en"', 'lang="de"') }));
  const [first, second] = [blockOf(page), blockOf(page, 1)];
  await first.getByRole('button', { name: 'Ausführen' }).click();
  await first.and(page.locator('[state="done"]')).waitFor();
  assert.equal(await outputOf(first), '4\nto\nbe\nIndexError: list index out of range');
  assert.equal(await first.locator('pre[data-marked]').count(), 0);
  await second.getByRole('button', { name: 'Ausführen' }).click();
  await second.and(page.locator('[state="done"]')).waitFor();
  assert.equal(await outputOf(second), "['be', 'not', 'or', 'to']\n4\nZeile 2: Da steht [\"be\", \"not\"], heraus kam ['be', 'not', 'or', 'to'].\nZeile 4: Da steht 5, heraus kam 4.");
  assert.equal(await second.locator('pre').evaluate((pre) => pre.style.getPropertyValue('--pyfence-marked')), '2');
  await screenshot(page, 'transcript');
  assert.deepEqual(complaints, []);
});

story('A transcript of IPython: printed lines are no code, the last value of a cell is compared', async ({ open }) => {
  const cells = 'In [1]: words = ["to", "be"]\n   ...: for word in words:\n   ...:     print(word)\n   ...: len(words)\nto\nbe\nOut[1]: 3\n\nIn [2]: len(words);\n\nIn [3]: words[9]\n---------------------------------------------------------------------------\nIndexError                                Traceback (most recent call last)\n----> 1 words[9]\n\nIndexError: list index out of range';
  const page = await open(pages({ '/': render(`\`\`\`pyodide\n${cells}\n\`\`\`\n`) }));
  assert.equal(await runs(blockOf(page)), 'to\nbe\n2\nIndexError: list index out of range\nLine 7: 3 is written, 2 came.');
});

story('What a notebook understands runs, or the block says what to write instead', async ({ open }) => {
  const page = await open(pages({ '/': render('```pyodide\n%load_ext autoreload\n%autoreload 2\n%config InlineBackend.figure_format = "svg"\n1\n```\n\n```pyodide\nx = 1\n%timeit -n 10 sum(range(x))\n```\n\n```pyodide\n!ls\n```\n\n```pyodide\n%%bash\nls\n```\n\n```pyodide\nprint?\n```\n\n```pyodide\nfiles = !ls\n```\n\n```pyodide\n!pip install -r needed.txt\n```\n') }));
  assert.equal(await runs(blockOf(page)), '1');
  const told = [
    [1, '%timeit is a command of notebooks. In Python: import timeit; timeit.timeit(lambda: sum(range(x)), number=1000)'],
    [2, '!ls is a command of notebooks. In Python: import os; os.listdir()'],
    [3, '%%bash is a command of notebooks, which Python does not know.'],
    [4, 'print? is a command of notebooks. In Python: help(print)'],
    [5, '!ls is a command of notebooks. In Python: import os; os.listdir()'],
    [6, "!pip is a command of notebooks. In Python: import micropip; await micropip.install(open('needed.txt').read().split())"],
  ];
  for (const [place, text] of told) {
    await runs(blockOf(page, Number(place)), 'error');
    assert.equal(await blockOf(page, Number(place)).locator('.pyfence-help').textContent(), text);
  }
});

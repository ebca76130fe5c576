// What code finds around it: a Python like any other, with nothing of ours in sight.
import assert from 'node:assert/strict';
import { blockOf, runs } from './support/block.js';
import { render } from './support/pyfence.js';
import { pages } from './support/site.js';
import { story } from './support/story.js';

/** @param {string[]} fences options and code of each */
const site = (...fences) => pages({ '/': render(fences.map((fence) => `\`\`\`pyodide ${fence}\n\`\`\`\n`).join('\n')) });

story('Nothing of ours is in the folder, among the modules, in tracebacks and in warnings', async ({ open }) => {
  const page = await open(site(
    '\nimport os, sys, __main__\nclass Shown:\n    def _repr_html_(self): return "<b>shown</b>"\ndisplay(Shown())\n'
      + 'print(os.listdir("."), [name for name in sys.modules if "pyfence" in name], [name for name in vars(__main__) if "pyfence" in repr(vars(__main__)[name])])',
    '\nimport traceback\ndef inner(): traceback.print_stack()\ninner()\nprint(input.__module__)',
    '\nimport re\nprint(len("\\d"))',
    '\nasync def work(): pass\ndef f():\n    task = work()\n    1 / 0\nf()',
    '\nclass Bad:\n    def __repr__(self): raise OSError("no text")\ndisplay(Bad())',
  ));
  assert.match(await runs(blockOf(page)), /^\n?\[\] \[\] \[\]$/);
  const stack = await runs(blockOf(page, 1));
  assert.match(stack, /^ {2}File "<block 2>", line 3, in <module>\n/);
  assert.doesNotMatch(stack, /pyfence \w+>", line|_pyodide|asyncio/);
  const warned = await runs(blockOf(page, 2));
  assert.equal(warned.match(/SyntaxWarning/g)?.length, 1, warned);
  assert.match(warned, /^<block 3>:2: SyntaxWarning: /);
  assert.match(await runs(blockOf(page, 3), 'error'), /^<block 4>:1: RuntimeWarning: coroutine 'work' was never awaited/);
  const failed = await runs(blockOf(page, 4), 'error');
  assert.match(failed, /line 3, in <module>[^]*line 2, in __repr__[^]*OSError: no text$/);
  assert.doesNotMatch(failed, /pyfence|Calls in other code/);
});

story('What a block sets for its program holds in its session alone, and its hooks are called', async ({ open }) => {
  const page = await open(site(
    'session=quiet\nimport sys, io, logging\nsys.stdout = io.StringIO()\nlogging.basicConfig(level="DEBUG", format="told: %(message)s")\n'
      + 'def hook(kind, error, trace): print("hook:", kind.__name__, trace.tb_lineno, file=sys.stderr)\nsys.excepthook = hook',
    'session=quiet\nprint("unseen")\nlogging.debug("one")\n1 / 0',
    'session=loud\nimport logging\nprint("seen")\nlogging.debug("two")\n1 / 0',
  ));
  assert.equal(await runs(blockOf(page)), '');
  assert.match(await runs(blockOf(page, 1), 'error'), /^told: one\nhook: ZeroDivisionError 3\nThe program ended with exit status 1\.$/);
  assert.match(await runs(blockOf(page, 2), 'error'), /^seen\nTraceback[^]*ZeroDivisionError: division by zero$/);
});

story('Loops of asyncio end with their value, however code makes them', async ({ open }) => {
  const main = 'import asyncio\nasync def main():\n    await asyncio.sleep(0.01)\n    return 3\n';
  const page = await open(site(
    `session=loops\n${main}asyncio.run(main())`,
    'session=loops\nasyncio.run(main()) + asyncio.run(main())',
    'session=loops\nwith asyncio.Runner() as runner:\n    print(runner.run(main()) + runner.run(main()), runner.get_loop().is_running())',
    'session=loops\nloop = asyncio.new_event_loop()\nasyncio.set_event_loop(loop)\nprint(loop.run_until_complete(main()))\nloop.close()',
    'session=loops\nprint(asyncio.get_event_loop().run_until_complete(main()))',
    'session=loops\nimport unittest\nclass Test(unittest.IsolatedAsyncioTestCase):\n    async def test_main(self): self.assertEqual(await main(), 3)\nunittest.main(exit=False).result.wasSuccessful()',
    'session=loops\nawait main()',
  ));
  const told = [];
  for (let place = 0; place < 7; place++) told.push(await runs(blockOf(page, place)));
  assert.deepEqual(told.toSpliced(5, 1), ['3', '6', '6 True', '3', '3', '3']);
  assert.match(told[5], /Ran 1 test[^]*OK[^]*True$/);
});

story('A block has a name and a source, as a program has', async ({ open }) => {
  const page = await open(site(
    '\nimport inspect\nclass Shape:\n    sides = 4\ndef area(a): return a * a\nprint(inspect.getsource(Shape), inspect.getsource(area), __file__, sep="")',
    '\nprint(inspect.getsource(Shape), __name__, sep="")',
  ));
  assert.equal(await runs(blockOf(page)), 'class Shape:\n    sides = 4\ndef area(a): return a * a\n<block 1>');
  assert.equal(await runs(blockOf(page, 1)), 'class Shape:\n    sides = 4\n__main__');
});

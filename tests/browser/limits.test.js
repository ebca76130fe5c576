// What Python can't do in a browser: its own error, then why and what to write instead.
import assert from 'node:assert/strict';
import { blockOf, outputOf, press, reaches, runs } from './support/block.js';
import { becomes, inkOf } from './support/measures.js';
import { build, render } from './support/pyfence.js';
import { raises } from './support/scripted-python.js';
import { folder, pages } from './support/site.js';
import { story } from './support/story.js';

/** @type {[string, string, RegExp, RegExp][]} a kind, code of it, Python's own words, ours */
const limits = [
  ['threads', 'import threading\nthreading.Thread(target=print).start()', /RuntimeError: can't start new thread/, /one thread/],
  ['pools of threads', 'from concurrent.futures import ThreadPoolExecutor\nThreadPoolExecutor().submit(print)', /RuntimeError/, /one thread/],
  ['programs', 'import subprocess\nsubprocess.run(["ls"])', /OSError: .*does not support processes/, /starts no programs/],
  ['forks', 'import os\nos.fork()', /OSError: \[Errno 52\]/, /starts no programs/],
  ['commands', 'import os\nos.system("ls")', /OSError: \[Errno 138\] .*does not support processes/, /starts no programs/],
  ['pipes of commands', 'import os\nos.popen("ls").read()', /OSError: .*does not support processes/, /starts no programs/],
  ['other programs in the place of this one', 'import os\nos.execv("/bin/ls", ["ls"])', /OSError/, /starts no programs/],
  ['programs of asyncio', 'import asyncio\nawait asyncio.create_subprocess_shell("ls")', /NotImplementedError/, /starts no programs/],
  ['processes', 'import multiprocessing\nmultiprocessing.Process(target=print).start()', /'_multiprocessing'/, /starts no programs/],
  ['queues between processes', 'from multiprocessing import Queue\nQueue()', /'_multiprocessing'/, /starts no programs/],
  ['pools of processes', 'from concurrent.futures import ProcessPoolExecutor\nProcessPoolExecutor().submit(print)', /NotImplementedError/, /starts no programs/],
  ['windows', 'import tkinter', /No module named 'tkinter'/, /opens no windows/],
  ['windows of others', 'import PyQt5', /No module named 'PyQt5'/, /opens no windows/],
  ['signals', 'import signal\nsignal.alarm(1)', /AttributeError/, /sends no signals/],
  ['the page by name', 'from js import document', /ImportError: cannot import name 'document' from 'js'/, /apart from the page/],
  ['the page by attribute', 'import js\njs.alert("x")', /AttributeError: alert/, /apart from the page/],
  ['what the page keeps', 'import js\njs.localStorage.setItem("a", "b")', /AttributeError: localStorage/, /apart from the page/],
  ['the page as Brython has it', 'from browser import document', /No module named 'browser'/, /apart from the page/],
  ['a server', 'import http.server\nhttp.server.HTTPServer(("", 8000), http.server.SimpleHTTPRequestHandler)', /OSError: \[Errno 138\] Not supported/, /opens no sockets/],
  ['other pages', 'import webbrowser\nwebbrowser.open("https://site.test/")', /ImportError/, /apart from the page/],
  ['a comic', 'import antigravity', /ImportError/, /apart from the page/],
  ['a deep recursion through functions of Python', 'import functools\n@functools.lru_cache\ndef fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)\nfib(900)',
    /RecursionError: Stack overflow/, /some hundred levels/],
  ['a deep recursion of sorting', 'def deeper(n): return sorted([n + 1], key=deeper)\ndeeper(0)', /RecursionError: Stack overflow/, /some hundred levels/],
  ['PyScript', 'from pyscript import display', /No module named 'pyscript'/, /PyScript/],
  ['an operating system', 'import msvcrt', /No module named 'msvcrt'/, /msvcrt is a part of Python’s standard library/],
  ['notebooks by name', 'get_ipython().run_line_magic("matplotlib", "inline")', /NameError: name 'get_ipython' is not defined/, /belongs to notebooks/],
  ['notebooks by import', 'get_ipython = lambda: None\nget_ipython().system("ls")', /AttributeError: 'NoneType' object/, /belongs to notebooks/],
  ['loops in loops', 'import nest_asyncio\nnest_asyncio.apply()', /No module named 'nest_asyncio'/, /leave nest_asyncio out/],
  ['micropip without await', 'import micropip\nmicropip.install("cowsay")\nimport cowsay', /No module named 'cowsay'/, /await micropip\.install/],
  ['micropip by another name', 'from micropip import install as get, install\ninstall("cowsay")  # no await\nimport cowsay', /No module named 'cowsay'/, /await is missing/],
  ['what a coroutine would give', 'async def main(): return 1\nmain() + 1', /TypeError: .*'coroutine' and 'int'/, /await is missing/],
  ['what a request would give', 'import js\njs.fetch("data.csv").text()', /AttributeError: 'PyodideFuture'/, /await is missing/],
  ['connections', 'import asyncio\nawait asyncio.open_connection("site.test", 80)', /NotImplementedError/, /opens no sockets/],
  ['the page in JavaScript', 'import js\njs.eval("document.title")', /ReferenceError: document is not defined/, /apart from the page/],
  ['errors with notes', 'import json\nnested = {}\nfor _ in range(5000): nested = {"a": nested}\njson.dumps(nested)', /RecursionError: Stack overflow.*\nwhen serializing/, /some hundred levels/],
  ['a module of an older Python', 'import imp', /No module named 'imp'/, /imp was a part of Python until 3\.11\. Now: importlib\./],
  ['a module of Python 2', 'from urllib2 import urlopen', /No module named 'urllib2'/, /until 2\.7\. Now: urllib\.request\./],
  ['a module that is no more', 'import telnetlib', /No module named 'telnetlib'/, /until 3\.12\.$/],
  ['tests of Python', 'import test.support', /No module named 'test'/, /test is a part of Python’s standard library/],
];

const fences = limits.map(([, code]) => `\`\`\`pyodide\n${code}\n\`\`\`\n`).join('\n');

story("What a browser can't do is explained below Python's own error", async ({ open, screenshot }) => {
  const page = await open(pages({ '/': render(fences) }));
  for (const [place, [kind, , own, ours]] of limits.entries()) {
    const told = await runs(blockOf(page, place), 'error');
    assert.match(told, own, kind);
    assert.match(told, ours, kind);
    assert.equal(await blockOf(page, place).getByRole('button', { name: /Install/ }).count(), 0, kind);
  }
  await screenshot(page, 'limits');
});

story('It is explained in the language of the page, and what is no limit is not', async ({ open, world }) => {
  const html = render('```pyodide\n1 / 0\n```\n\n```pyodide\nimport threading\nthreading.Thread(target=print).start()\n```\n');
  const page = await open(pages({ '/': html.replace('lang="en"', 'lang="fr"') }));
  await blockOf(page).getByRole('button', { name: 'Exécuter' }).click();
  await reaches(blockOf(page), 'error');
  assert.equal(world.requested('/explain/').length, 0);
  await blockOf(page, 1).getByRole('button', { name: 'Exécuter' }).click();
  await reaches(blockOf(page, 1), 'error');
  assert.match(await outputOf(blockOf(page, 1)), /qu’un fil d’exécution/);
});

story('An error comes with its explanation; a file that is silent does not keep the block busy', async ({ open, world }) => {
  const python = { threads: raises("RuntimeError: can't start new thread", 1), wide: raises('ValueError: 漢', 1) };
  const page = await open(pages({ '/': render('```pyodide\nthreads\n```\n\n```pyodide\nwide\n```\n') }, { python }));
  const mend = world.fault('explain-error.js', 'stall');
  await press(blockOf(page), 'Run');
  await blockOf(page).getByText('RuntimeError').waitFor();
  assert.equal(await blockOf(page).getAttribute('state'), 'running');
  mend();
  await reaches(blockOf(page), 'error');
  assert.match(await outputOf(blockOf(page)), /one thread/);
  world.fault('wide-characters.js', 'stall');
  assert.match(await runs(blockOf(page, 1), 'error'), /ValueError: 漢/);
});

story('Recursion that is too deep for the browser is an error, and the variables stay', async ({ open }) => {
  const fib = 'import functools\n@functools.lru_cache\ndef fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)\n';
  const codes = [`${fib}fib(550) % 1000`, 'fib.cache_clear()\nfib(900)', 'fib(550) % 1000', 'def down(n): return n and down(n - 1)\ndown(900)'];
  const page = await open(pages({ '/': render(codes.map((code) => `\`\`\`pyodide\n${code}\n\`\`\`\n`).join('\n')) }));
  assert.equal(await runs(blockOf(page)), '775');
  assert.match(await runs(blockOf(page, 1), 'error'), /RecursionError: Stack overflow/);
  assert.equal(await runs(blockOf(page, 2)), '775');
  assert.equal(await runs(blockOf(page, 3)), '0');
  // A worker's own stack is smaller than the one that Python has where it can be suspended.
  const inWorker = 'delete WebAssembly.Suspending; delete WebAssembly.promising;';
  const unsuspended = await open(pages({ '/': render(`\`\`\`pyodide\n${fib}fib(900)\n\`\`\`\n`) }, { inWorker }));
  assert.match(await runs(blockOf(unsuspended), 'error'), /RecursionError: Stack overflow/);
});

story('The command that clears a terminal clears the output, and the end of the process is that of the run', async ({ open }) => {
  const codes = [
    'import os\nprint("before")\nos.system("cls" if os.name == "nt" else "clear")\nprint("after")',
    'import subprocess\nprint("before")\nsubprocess.run("cls||clear", shell=True)\nprint("after")',
    'print("before")\nsubprocess.call(["clear"])',
    'import os\nos._exit(3)',
  ];
  const page = await open(pages({ '/': render(codes.map((code) => `\`\`\`pyodide\n${code}\n\`\`\`\n`).join('\n')) }));
  assert.equal(await runs(blockOf(page)), 'after');
  assert.equal(await runs(blockOf(page, 1)), 'after');
  assert.equal(await runs(blockOf(page, 2)), '0');
  assert.equal(await runs(blockOf(page, 3), 'error'), 'The program ended with exit status 3.');
});

story('Turtles draw with the package that is offered for them', async ({ open, screenshot }) => {
  const page = await open(pages({ '/': render('```pyodide\nimport turtle\nfor _ in range(4):\n    turtle.forward(80)\n    turtle.left(90)\n```\n') }));
  const block = blockOf(page);
  assert.match(await runs(block, 'error'), /No module named 'turtle'[^]*as basthon-turtle/);
  await press(block, 'Install basthon-turtle and run again');
  await reaches(block, 'done');
  // The turtle takes its time: a square of 80 pixels is there when it has come round.
  const ink = await becomes(() => inkOf(block.locator('.pyfence-output img')), (ink) => ink > 320);
  assert.ok(ink > 320, `${ink} pixels are drawn`);
  await screenshot(page, 'turtle');
});

story('The page of the course about browsers asks, fetches, draws and explains', async ({ open, screenshot }) => {
  const page = await open(folder(build('site-example')), '/editor/browser/');
  await press(blockOf(page), 'Run');
  await blockOf(page).getByRole('textbox').fill('8');
  await page.keyboard.press('Enter');
  await reaches(blockOf(page), 'done');
  assert.match(await outputOf(blockOf(page)), /That is even\.$/);
  assert.match(await runs(blockOf(page, 1)), /PYTHON IN AN HOUR/);
  await runs(blockOf(page, 2));
  assert.equal(await blockOf(page, 2).locator('.pyfence-output img').count(), 1);
  assert.match(await runs(blockOf(page, 3), 'error'), /starts no programs/);
  assert.match(await runs(blockOf(page, 4), 'error'), /^500\nTraceback[^]*RecursionError[^]*some hundred levels/);
  await screenshot(page, 'in-a-browser', { fullPage: true });
});

/** What Python can't do in a browser: which errors come of it, in one table. Why, and what to write instead, is in strings.js. */

/** @typedef {keyof typeof import('./strings.js').english} Name */

/**
 * The first row that fits the end of a traceback names the explanation.
 * @type {[RegExp, Name][]}
 */
const rows = [
  [/^RecursionError: Stack overflow/m, 'smallStack'],
  [/call stack size exceeded|too much recursion/i, 'tooDeep'],
  [/can't start new thread|'_interpreters'/, 'noThreads'],
  [/not support processes|OS process APIs|multiprocessing|sem_open|Errno 52\] Function not implemented|Exec format error|pty devices|'(posix_|fork|spawn|exec|wait)[a-z]*'$/m, 'noProcesses'],
  [/No module named '(_?tkinter|_?curses|PyQt\d|PySide\d|wx|kivy|pyglet)\b|required interactive framework/, 'noWindows'],
  [/module 'signal' has no attribute|'(alarm|pause|setitimer|sigwait)'/, 'noSignals'],
  [/No module named 'pyscript\b|from 'pyscript'/, 'noPyscript'],
  [/name 'get_ipython' is not defined|'NoneType' object has no attribute '(run_(line|cell)_magic|system|magic|kernel)'/, 'noNotebook'],
  [/^ +(from|import) google\.colab\b/m, 'noColab'],
  [/No module named 'nest_asyncio'/, 'oneLoop'],
  [/^(Attribute|Type)Error: .*'(coroutine|\w*(Future|Task))'/m, 'noAwait'],
  [/from 'js'|^(AttributeError: |\S+ ReferenceError: )(document|window|alert|confirm|prompt|print|parent|top|opener|open|screen|history|localStorage|sessionStorage|cookieStore)(\.| is not|$)|^ +from browser import [^]*'browser'/m, 'noPage'],
  [/^(BlockingIOError|ConnectionRefusedError|ConnectionAbortedError|socket\.gaierror|gaierror)\b|Host is unreachable|Operation in progress|sockets? (is|are)? ?not|raw socket/m, 'noSockets'],
];

/** A line that installs by micropip, under whatever name, and neither awaits that nor has something run it. */
const unawaited = /^(?:(?!await|run)[^#\n])*\binstall\(/m;

/**
 * @param {string} text of the error
 * @param {string} code as it ran
 * @param {import('../run/protocol.js').Missing} [missing]
 * @param {string} [stack] that a Python printed which ended
 * @returns {Name | undefined}
 */
export function limitOf(text, code, missing, stack = '') {
  // From the line of code that failed: below the error may stand notes.
  const end = text.trimEnd().replace(/^[^]*\n {2}File .*\n/, '');
  if (missing && /\bmicropip\b/.test(code) && unawaited.test(code)) return 'noAwait';
  // The error alone doesn't say what was not supported: a server listens where the last frame is.
  if (/Errno 138\] Not supported$/m.test(end) && /\.(listen|accept)\(.*\n[^\n]*\n?OSError/.test(text)) return 'noSockets';
  const limit = rows.find(([pattern]) => pattern.test(end))?.[1];
  // Functions of the code that call each other, one or two in turn: before Python 3.14 they end it as well.
  return limit === 'tooDeep' && /^( {2}File .*\n {2}File .*\n)\1{9}/m.test(stack) ? 'smallStack' : limit;
}

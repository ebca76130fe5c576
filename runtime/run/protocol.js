/**
 * What the page and its worker say to each other. Types only: nothing loads this file.
 *
 * The worker's first message is `Boot`, with a port. All others go through that port, which code in blocks doesn't
 * hold: what it posts itself, by `self.postMessage`, comes to nobody.
 *
 * @typedef {object} Piece a block's code and what it needs
 * @property {string} code
 * @property {string} [python] the code as Python, where it has a margin, or marks of a notebook or a console
 * @property {(code: string, session: string, filename: string) => Promise<string>} [run] how it runs, where it is a transcript or checked: set in the worker
 * @property {string} filename in tracebacks
 * @property {string | null} install requirements, as the option has them
 * @property {string | null} files as the option has them
 * @property {boolean} autoload whether packages that it needs come by themselves
 * @property {Wishes} [checks] has the code checked, in a copy of its session
 *
 * @typedef {{ seconds: number, stdin: string[], forbid: string[], require: string[], checks: Check[] }} Wishes how code is checked
 * @typedef {{ name: string, code: string, seconds: number }} Check
 *
 * @typedef {{ session: string, base: string, setUp: Piece[], earlier: string[], block: Piece, written?: WrittenFile[] }} RunRequest
 *   `base` is what addresses are relative to; `setUp` runs once in its session, before the block; `earlier` is the code
 *   of the blocks above it that have not run; `written` are the blocks that are files
 * @typedef {{ path: string, text: string }} WrittenFile
 *
 * From the page:
 * @typedef {{ version: string | null, shared: Shared | null, digests: string | null, pieces: Piece[], base: string }} Boot starts
 *   Python, once, before any run; `digests`: JSON of `Digests`; `pieces`: what may run in it
 * @typedef {{ version: string | null, pieces: Piece[], base: string, good: string[], failed: string[] }} Make in the place of
 *   `Boot`, has a worker that runs nothing make a snapshot with the packages that these ask for; it answers with `Made`, or
 *   null where a good one has them all, or where it could not be made before (both by address)
 * @typedef {{ type: 'run', id: number, request: RunRequest }} Run
 * @typedef {{ type: 'cancel' }} Cancel ends a run that awaits; one that computes doesn't hear it
 * @typedef {{ type: 'answer', key: number, line: string | null }} Answer what the reader wrote
 * @typedef {{ type: 'complete', session: string, line: string, name?: string, reply: MessagePort }} Complete what may stand behind this
 *   line, or, with a name, what stands behind it under that name; the answer comes as text through a port of its own
 * @typedef {Run | Cancel | Answer | Complete} ToWorker
 *
 * @typedef {{ [address: string]: string }} Digests of the snapshots that are kept; empty where one can't be made
 * @typedef {{ address: string, digest: string, addresses: string[] }} Made a snapshot, and the addresses of all that are kept
 *
 * From the worker:
 * @typedef {{ type: 'booted', id: number, restored: string }} Booted Python is there, out of the snapshot of this address if of any
 * @typedef {{ type: 'failed', id: number }} Lacking Python could not be had
 * @typedef {{ type: 'progress', id: number, phase: Phase, detail: string }} Progress
 * @typedef {{ type: 'output', id: number, written: Written[] }} Output
 * @typedef {{ type: 'finished', id: number, outcome: Outcome }} Finished
 * @typedef {{ type: 'value', id: number, value: Value, place?: string | null, isUpdate?: boolean }} Displayed by `display`;
 *   `place` is the name that code has for where it stands, an update puts another value there
 * @typedef {{ type: 'clear', id: number, waits: boolean }} Cleared by `clear_output`, perhaps not before there is something new
 * @typedef {{ type: 'question', id: number, key: number, prompt: string, isSecret: boolean }} Question asked by `input` or,
 *   unseen, by `getpass`
 * @typedef {Booted | Lacking | Progress | Output | Finished | Displayed | Cleared | Question} FromWorker
 *
 * What an isolated page shares with its worker, to reach it while it is busy:
 * @typedef {object} Shared
 * @property {Int32Array} interrupt
 * @property {Int32Array} answered 0 while a question waits, then the length of the answer in bytes plus 1, or -1 for none;
 *   behind it the question's key
 * @property {Uint8Array} answer
 *
 * @typedef {'queued' | 'loading' | 'bootProgress' | 'installing' | 'wheelProgress' | 'fetching' | 'running'} Phase
 * @typedef {'stdout' | 'stderr'} Stream
 * @typedef {{ stream: Stream, text: string }} Written
 * @typedef {{ [mime: string]: string }} Value one value, by media type
 *
 * How a run ended:
 * @typedef {{ state: 'done', value: Value | null, differences?: Difference[], results?: Result[] }} Done `differences` is there for a
 *   transcript, `results` where the code was checked
 * @typedef {{ line: number, written: string, found: string }} Difference at this line of a transcript another line came than is written
 * @typedef {object} Result of one check
 * @property {string | null} name null for what isn't a check of the author's: a construct, or the time of the code itself
 * @property {'passed' | 'failed' | 'raised' | 'broken' | 'late'} state whether it isn't fulfilled, the reader's code raised,
 *   the check did so itself, or time was up
 * @property {string | null} [message] the author's
 * @property {string | null} [call] what was asked for
 * @property {string} [expected]
 * @property {string} [got]
 * @property {string} [missing] a name that the code doesn't define
 * @property {string} [text] an exception
 * @property {number | null} [line] of the reader's code
 * @property {number} [seconds] that it had
 * @property {string} [forbid] the construct that it is about
 * @property {string} [require]
 * @property {number[]} [lines] where it stands
 * @typedef {{ state: 'error', type: string, text: string, line: number | null, name: string | null, definer?: string, missing?: Missing,
 *   refusal?: Refusal }} Failed
 *   the code raised an exception, with this traceback, at this line of the block; for a NameError, the name, and the
 *   earlier code that would define it
 * @typedef {{ host: string, by: 'policy' | 'host' | 'network' | 'scheme' }} Refusal who kept code from an address of this host
 * @typedef {{ module: string, isStandard: boolean, inPyodide?: string }} Missing a module that isn't there, whether Python
 *   has it elsewhere, and the package of Pyodide's distribution that would bring it
 * @typedef {{ state: 'unavailable', text: string, booted?: boolean }} NotLoaded Python or, where that has booted, a package could not be had;
 *   trying again may help
 * @typedef {{ state: 'lost', text: string }} Lost Python itself broke, and what the sessions held is gone
 * @typedef {{ state: 'stopped', lost: boolean }} Stopped
 * @typedef {Done | Failed | NotLoaded | Lost | Stopped} Outcome
 */

export {};

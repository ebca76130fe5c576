/**
 * What the page and its worker say to each other. Types only: nothing loads this file.
 *
 * @typedef {object} Piece a block's code and what it needs
 * @property {string} code
 * @property {string} filename in tracebacks
 * @property {string | null} install requirements, as the option has them
 * @property {string | null} files as the option has them
 * @property {boolean} autoload whether packages that it imports come by themselves
 *
 * @typedef {{ session: string, base: string, setUp: Piece[], earlier: string[], block: Piece }} RunRequest
 *   `base` is what addresses are relative to; `setUp` runs once in its session, before the block; `earlier` is the code
 *   of the blocks above it that have not run
 *
 * From the page:
 * @typedef {{ type: 'boot', version: string | null, shared: Shared | null }} Boot starts Python, once, before any run
 * @typedef {{ type: 'run', id: number, request: RunRequest }} Run
 * @typedef {{ type: 'cancel', id: number }} Cancel ends a run that awaits; one that computes doesn't hear it
 * @typedef {{ type: 'answer', key: number, line: string | null }} Answer what the reader wrote
 * @typedef {Boot | Run | Cancel | Answer} ToWorker
 *
 * From the worker:
 * @typedef {{ type: 'progress', id: number, stage: Stage, detail: string }} Progress
 * @typedef {{ type: 'output', id: number, written: Written[] }} Output
 * @typedef {{ type: 'finished', id: number, outcome: Outcome }} Finished
 * @typedef {{ type: 'value', id: number, value: Value }} Shown by `display`
 * @typedef {{ type: 'question', id: number, key: number, prompt: string }} Question asked by `input`
 * @typedef {Progress | Output | Finished | Shown | Question} FromWorker
 *
 * What an isolated page shares with its worker, to reach it while it is busy:
 * @typedef {object} Shared
 * @property {Int32Array} interrupt
 * @property {Int32Array} answered 0 while a question waits, then the length of the answer in bytes plus 1, or -1 for none;
 *   behind it the question's key
 * @property {Uint8Array} answer
 *
 * @typedef {'queued' | 'loading' | 'arriving' | 'installing' | 'coming' | 'fetching' | 'running'} Stage
 * @typedef {'stdout' | 'stderr'} Stream
 * @typedef {{ stream: Stream, text: string }} Written
 * @typedef {{ [mime: string]: string }} Value one value, by media type
 *
 * How a run ended:
 * @typedef {{ state: 'done', value: Value | null }} Done
 * @typedef {{ state: 'error', type: string, text: string, line: number | null, name: string | null, definer?: string }} Failed
 *   the code raised an exception, with this traceback, at this line of the block; for a NameError, the name, and the
 *   earlier code that would define it
 * @typedef {{ state: 'download', text: string, booted?: boolean }} NotLoaded Python or, where that has booted, a package could not be had;
 *   trying again may help
 * @typedef {{ state: 'lost', text: string }} Lost Python itself broke, and what the sessions held is gone
 * @typedef {{ state: 'stopped', lost: boolean }} Stopped
 * @typedef {Done | Failed | NotLoaded | Lost | Stopped} Outcome
 */

export {};

/**
 * What the page and its worker say to each other. Types only: nothing loads this file.
 *
 * @typedef {{ code: string, session: string, filename: string, install: string[] }} RunRequest
 *
 * From the page:
 * @typedef {{ type: 'boot', version: string | null }} Boot starts Python, once, before any run
 * @typedef {{ type: 'run', id: number, request: RunRequest }} Run
 * @typedef {Boot | Run} ToWorker
 *
 * From the worker:
 * @typedef {{ type: 'progress', id: number, stage: Stage, detail: string }} Progress
 * @typedef {{ type: 'output', id: number, stream: Stream, text: string }} Output
 * @typedef {{ type: 'finished', id: number, outcome: Outcome }} Finished
 * @typedef {Progress | Output | Finished} FromWorker
 *
 * @typedef {'queued' | 'loading' | 'installing' | 'running'} Stage
 * @typedef {'stdout' | 'stderr'} Stream
 * @typedef {{ [mime: string]: string }} Value one value, by media type
 *
 * How a run ended:
 * @typedef {{ state: 'done', value: Value | null }} Done
 * @typedef {{ state: 'error', type: string, text: string }} Failed the code raised an exception
 * @typedef {{ state: 'download', text: string, booted: boolean }} NotLoaded Python or a package could not be had; trying again may help
 * @typedef {{ state: 'lost', text: string }} Lost Python itself broke, and what the sessions held is gone
 * @typedef {{ state: 'stopped', lost: boolean }} Stopped
 * @typedef {Done | Failed | NotLoaded | Lost | Stopped} Outcome
 */

export {};

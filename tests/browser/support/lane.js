// The stories of several files in one process, one after the other, with one browser: `node lane.js FILE…`. A process
// and a browser for each file would take three seconds of processor time more, every time.
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

/** @type {(value: unknown) => void} */
let begin = () => {};
const isLoaded = new Promise((resolve) => { begin = resolve; });
// Files build sites while they are loaded, and no story waits for answers meanwhile.
test('All files of the lane are loaded', () => isLoaded);

for (const file of process.argv.slice(2)) {
  try {
    await import(pathToFileURL(file).href);
  } catch (error) {
    test(file, () => { throw error; });
  }
}
begin(undefined);

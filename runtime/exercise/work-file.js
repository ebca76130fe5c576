/** The reader's work as one file: saved, read back, handed in. docs/exercises.md says what is in it. */

import { part } from '../loader/dom.js';
import { optionsOf } from '../loader/options.js';
import { saveFile } from '../share/save-file.js';
import { packageOf } from '../third-party/manifests.js';
import { keyPrefix, putBack, readProgress } from './progress.js';
import { exerciseStrings } from './strings.js';

/** Says what a file is; with another version its fields mean something else. */
const format = { format: 'pyfence-work', version: 1 };

/** A file that is larger holds no work of a reader's. */
const mostBytes = 10_000_000;

/**
 * Offers to save the work and to read it back.
 * @param {Element} place
 * @param {boolean} isOfSite whether it is that of all pages, or of this one
 */
export function offerWork(place, isOfSite) {
  const status = part('span', 'work-status');
  status.role = 'status';
  const file = document.createElement('input');
  Object.assign(file, { type: 'file', accept: '.json,application/json', hidden: true });
  file.addEventListener('change', async () => {
    const [chosen] = file.files ?? [];
    if (!chosen) return;
    const count = await readBack(chosen, isOfSite);
    status.textContent = count === null ? exerciseStrings.noWork : exerciseStrings.workRead.replace('{count}', `${count}`);
    file.value = '';
  });
  place.append(
    ' ', plainButton(exerciseStrings.saveWork, () => save(isOfSite)),
    ' ', plainButton(exerciseStrings.readBack, () => file.click()), file, ' ', status,
  );
}

/**
 * A button that looks like the others of the page.
 * @param {string} label
 * @param {() => void} act
 */
function plainButton(label, act) {
  const made = document.createElement('button');
  made.type = 'button';
  made.append(label);
  made.addEventListener('click', act);
  return made;
}

/** @param {boolean} isOfSite */
async function save(isOfSite) {
  const { version } = await packageOf('pyodide');
  const block = document.querySelector('pyodide-block');
  const pyodide = (block && optionsOf(block).version) ?? version;
  const work = { ...format, saved: new Date().toISOString(), site: location.origin, pyodide, exercises: storedWork(isOfSite) };
  saveFile('work.json', 'application/json', [JSON.stringify(work, null, 2)]);
}

/** @param {boolean} isOfSite */
function storedWork(isOfSite) {
  const work = [];
  for (const [key, text] of Object.entries(localStorage)) {
    if (!key.startsWith(keyPrefix)) continue;
    const [page, ...name] = key.slice(keyPrefix.length).split(' ');
    const progress = parsed(text);
    if (progress && (isOfSite || page === location.pathname)) work.push({ page, exercise: name.join(' '), ...progress });
  }
  return work.sort((one, other) => (one.page + one.exercise < other.page + other.exercise ? -1 : 1));
}

/** @param {string} text */
function parsed(text) {
  try {
    return readProgress(JSON.parse(text));
  } catch {
    return null;
  }
}

/**
 * @param {File} file
 * @param {boolean} isOfSite
 * @returns {Promise<number | null>} how many exercises were read; null where it is no such file
 */
async function readBack(file, isOfSite) {
  try {
    const work = file.size <= mostBytes && JSON.parse(await file.text());
    if (work?.format !== format.format || work.version !== format.version || !Array.isArray(work.exercises)) return null;
    let count = 0;
    for (const stored of work.exercises) {
      const progress = readProgress(stored);
      const isHere = isOfSite || stored?.page === location.pathname;
      if (!progress || !isHere || typeof stored.exercise !== 'string' || !/^\/[^ ]*$/.test(stored.page)) continue;
      putBack(stored.page, stored.exercise, progress);
      count += 1;
    }
    return count;
  } catch {
    return null;
  }
}

// The languages that blocks speak.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { project } from './paths.js';

const folder = join(project, 'runtime/i18n');

/** As `<html lang>` names them. */
export const languages = readdirSync(join(project, 'translations')).map((file) => file.replace('.toml', ''));

/** The words of a language, or of a part such as `exercise-de`. @param {string} name @returns {Promise<{ [name: string]: string }>} */
export const wordsOf = async (name) => (await import(`${pathToFileURL(folder)}/${name}.js`)).strings;

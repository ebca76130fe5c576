// Third-party packages as npm installed them.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { installed } from './paths.js';

/** @param {string} name */
export const installedVersion = (name) => JSON.parse(readFileSync(installed(`${name}/package.json`), 'utf8')).version;

/**
 * The value of an `integrity` attribute.
 * @param {import('node:crypto').BinaryLike} bytes
 */
export const integrity = (bytes) => `sha256-${createHash('sha256').update(bytes).digest('base64')}`;

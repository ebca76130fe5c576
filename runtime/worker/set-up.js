/** Set-up code, which runs once in its session, before the first block. What it prints is nobody's output; a failure is told. */

/**
 * @typedef {import('../run/protocol.js').Piece} Piece
 * @typedef {import('../run/protocol.js').Outcome} Outcome
 */

/** @type {Set<string>} what has run */
const done = new Set();

/** @param {string} session @param {Piece} piece */
const keyOf = (session, { code }) => JSON.stringify([session, code]);

/**
 * What of a request's set-up code hasn't run yet.
 * @param {import('../run/protocol.js').RunRequest} request
 */
export const freshOf = ({ session, setUp }) => setUp.filter((piece) => !done.has(keyOf(session, piece)));

/**
 * @param {string} session
 * @param {Piece[]} pieces
 * @param {(session: string, piece: Piece) => Promise<Outcome>} run
 * @returns {Promise<Outcome | undefined>} the failure
 */
export async function setUp(session, pieces, run) {
  for (const piece of pieces) {
    const outcome = await run(session, piece);
    if (outcome.state !== 'done') return outcome.state === 'error' ? { ...outcome, line: null } : outcome;
    done.add(keyOf(session, piece));
  }
}

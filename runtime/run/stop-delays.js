/** How long Stop waits before each of its means: it cancels, then interrupts, then ends the worker (`#stop` in `python-client.js`). */

/**
 * From Stop to SIGINT. Code that awaits is cancelled by message within that time and raises CancelledError, which
 * libraries expect there; a KeyboardInterrupt in the event loop they don't.
 */
export const sigintDelayMs = 80;

/** From Stop to the end of the worker, for a run that doesn't end by itself: readers press again after half a second. */
export const killDelayMs = 350;

/**
 * The same where a run is about to end by itself and the end of the worker would lose the sessions: Python has taken
 * the signal, or the run's code hasn't begun and the worker, which is at the import of micropip, say, hears of Stop
 * behind that.
 */
export const patientKillDelayMs = 3_000;

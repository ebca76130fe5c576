//! What Ctrl-C, a closed terminal and a request to end do: what is half-written goes, and nothing
//! is left behind.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use pyfence::{Error, ErrorKind};

use super::Failure;

/// Whether the process was asked to end, and whether it can.
#[derive(Clone, Default)]
pub(crate) struct Interrupt {
    stop: Arc<AtomicBool>,
    writing: Arc<Mutex<()>>,
}

impl Interrupt {
    /// From now on, `then` is done when the process is asked to end.
    pub(crate) fn handle(then: impl Fn(&Self) + Send + 'static) -> Result<Self, Failure> {
        let interrupt = Self::default();
        let asked = interrupt.clone();
        let handled = ctrlc::set_handler(move || {
            asked.stop.store(true, Ordering::Relaxed);
            then(&asked);
        });
        handled
            .map_err(|error| Error::new(ErrorKind::Io, "can't wait for Ctrl-C").caused_by(error))?;
        Ok(interrupt)
    }

    /// Set when the process was asked to end.
    pub(crate) fn stop(&self) -> &AtomicBool {
        &self.stop
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Held while something is half-written: waits until nobody else holds it.
    pub(crate) fn writing(&self) -> MutexGuard<'_, ()> {
        self.writing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

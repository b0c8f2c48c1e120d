//! Signals that end a scan: the first asks it to stop after its batch, the second ends at once unless
//! something is to be put away.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use super::exit::Failure;

/// Whether something is to be put away before the process may end. Handlers are the process's own,
/// whoever sets them, and so is this.
static HELD: AtomicBool = AtomicBool::new(false);

/// Watches for SIGINT and SIGTERM from its making to the end of the process.
#[derive(Debug)]
pub(crate) struct Signals {
    cancel: Arc<AtomicBool>,
    caught: Arc<AtomicUsize>,
}

impl Signals {
    /// Begins to watch. Where [`Signals::hold`] came before, also a second signal only asks.
    ///
    /// # Errors
    /// [`Failure::Signals`] when the system refuses the handlers.
    pub(crate) fn watch() -> Result<Self, Failure> {
        Self::of(&[SIGINT, SIGTERM], !HELD.load(Ordering::SeqCst))
    }

    /// Watches for the same and for SIGHUP, and lets none end the process from now on: there is
    /// something to put away first.
    ///
    /// # Errors
    /// As for [`Signals::watch`].
    pub(crate) fn hold() -> Result<Self, Failure> {
        HELD.store(true, Ordering::SeqCst);
        let held = [
            SIGINT,
            SIGTERM,
            #[cfg(unix)]
            signal_hook::consts::SIGHUP,
        ];
        Self::of(&held, false)
    }

    fn of(watched: &[i32], second_ends: bool) -> Result<Self, Failure> {
        let signals = Self {
            cancel: Arc::default(),
            caught: Arc::default(),
        };
        let set = |signal: i32| {
            let (cancel, caught) = (|| Arc::clone(&signals.cancel), &signals.caught);
            let number = usize::try_from(signal).unwrap_or_default();
            if second_ends {
                // Handlers run in the order they are set: this one still sees the flag of the signal
                // before.
                flag::register_conditional_shutdown(signal, 128 + signal, cancel())?;
            }
            flag::register_usize(signal, Arc::clone(caught), number)?;
            flag::register(signal, cancel())
        };
        for signal in watched {
            set(*signal).map_err(Failure::Signals)?;
        }
        Ok(signals)
    }

    /// Becomes true when a signal asks to stop.
    pub(crate) fn cancel(&self) -> &AtomicBool {
        &self.cancel
    }

    /// Fails if a signal has come: what it interrupted is not whole.
    ///
    /// # Errors
    /// [`Failure::Signal`] with the number of the signal.
    pub(crate) fn check(&self) -> Result<(), Failure> {
        if !self.cancel.load(Ordering::SeqCst) {
            return Ok(());
        }
        let caught = self.caught.load(Ordering::SeqCst);
        Err(Failure::Signal(u8::try_from(caught).unwrap_or_default()))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn the_first_signal_asks_and_is_named() {
        let signals = Signals::watch().unwrap();
        assert!(signals.check().is_ok());
        // Once only: a second one ends the process, and with it the other tests.
        signal_hook::low_level::raise(SIGTERM).unwrap();
        assert!(signals.cancel().load(Ordering::SeqCst));
        assert_eq!(signals.check().unwrap_err().code(), 143);
    }
}

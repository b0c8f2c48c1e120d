//! Signals that end a scan: the first asks it to stop after its batch, the second ends at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use super::exit::Failure;

/// Watches for SIGINT and SIGTERM from its making to the end of the process.
#[derive(Debug)]
pub(crate) struct Signals {
    cancel: Arc<AtomicBool>,
    caught: Arc<AtomicUsize>,
}

impl Signals {
    /// Begins to watch.
    ///
    /// # Errors
    /// [`Failure::Signals`] when the system refuses the handlers.
    pub(crate) fn watch() -> Result<Self, Failure> {
        let signals = Self {
            cancel: Arc::default(),
            caught: Arc::default(),
        };
        for (signal, number) in [(SIGINT, SIGINT as usize), (SIGTERM, SIGTERM as usize)] {
            // Handlers run in the order they are set: this one still sees the flag of the signal before.
            flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(&signals.cancel))
                .and_then(|_| flag::register_usize(signal, Arc::clone(&signals.caught), number))
                .and_then(|_| flag::register(signal, Arc::clone(&signals.cancel)))
                .map_err(Failure::Signals)?;
        }
        Ok(signals)
    }

    /// Watches for the same and for SIGHUP, and lets none end the process: there is something to put
    /// away first.
    ///
    /// # Errors
    /// As for [`Signals::watch`].
    pub(crate) fn hold() -> Result<Self, Failure> {
        let signals = Self {
            cancel: Arc::default(),
            caught: Arc::default(),
        };
        let held = [
            SIGINT,
            SIGTERM,
            #[cfg(unix)]
            signal_hook::consts::SIGHUP,
        ];
        for signal in held {
            let number = usize::try_from(signal).unwrap_or_default();
            flag::register_usize(signal, Arc::clone(&signals.caught), number)
                .and_then(|_| flag::register(signal, Arc::clone(&signals.cancel)))
                .map_err(Failure::Signals)?;
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

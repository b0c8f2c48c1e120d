//! Signals, and a terminal that goes away.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// What the system asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// To end, by the signal of this number.
    End(u8),
    /// To stop for a while.
    Stop,
    /// To go on: it was stopped, and others may have drawn.
    GoOn,
}

/// Done once before the process is ended from outside of its loop.
pub type PutAway = Box<dyn FnOnce() + Send>;

/// Watches from its making to the end of the process.
#[derive(Debug, Default)]
pub struct Signals {
    end: Arc<AtomicUsize>,
    stop: Arc<AtomicBool>,
    go_on: Arc<AtomicBool>,
    away: Arc<AtomicBool>,
}

impl Signals {
    /// Another program has the terminal, or has it no more. An interrupt from the keys was meant for
    /// that program; all else is looked at when it is done.
    pub fn set_away(&self, away: bool) {
        if !away {
            let interrupt = signal_hook::consts::SIGINT as usize;
            let (set, seen) = (Ordering::SeqCst, Ordering::SeqCst);
            let _ = self.end.compare_exchange(interrupt, 0, set, seen);
        }
        self.away.store(away, Ordering::SeqCst);
    }

    /// What was asked for since the last time.
    pub fn asked(&self) -> Option<Asked> {
        let end = self.end.load(Ordering::SeqCst);
        if end > 0 {
            return Some(Asked::End(u8::try_from(end).unwrap_or_default()));
        }
        if self.stop.swap(false, Ordering::SeqCst) {
            return Some(Asked::Stop);
        }
        let go_on = self.go_on.swap(false, Ordering::SeqCst);
        go_on.then_some(Asked::GoOn)
    }
}

#[cfg(unix)]
mod unix {
    use std::fs::File;
    use std::thread;
    use std::time::Duration;

    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP};
    use signal_hook::{flag, low_level};

    use super::{Arc, Ordering, PutAway, Signals, io};
    use crate::tui::terminal;

    impl Signals {
        /// Begins to watch. Where the loop does not end by itself, `put_away` is the last thing done.
        ///
        /// # Errors
        /// A system that refuses the handlers.
        pub fn watch(put_away: Option<PutAway>) -> io::Result<Self> {
            let signals = Self::default();
            for (signal, number) in [
                (SIGTERM, SIGTERM as usize),
                (SIGHUP, SIGHUP as usize),
                (SIGINT, SIGINT as usize),
            ] {
                flag::register_usize(signal, Arc::clone(&signals.end), number)?;
            }
            flag::register(SIGTSTP, Arc::clone(&signals.stop))?;
            flag::register(SIGCONT, Arc::clone(&signals.go_on))?;
            signals.watch_terminal(put_away);
            Ok(signals)
        }

        /// A terminal that is gone makes no event, and the wait for one never ends where SIGHUP is
        /// ignored, as under nohup. So its place in `/dev` is looked at.
        fn watch_terminal(&self, put_away: Option<PutAway>) {
            const EVERY: Duration = Duration::from_millis(700);
            if File::open("/dev/tty").is_err() {
                // Not ours to watch: a terminal that controls nothing.
                return;
            }
            let end = Arc::clone(&self.end);
            let away = Arc::clone(&self.away);
            thread::spawn(move || {
                loop {
                    thread::sleep(EVERY);
                    if away.load(Ordering::SeqCst) {
                        continue;
                    }
                    let asked = end.load(Ordering::SeqCst) > 0;
                    if asked || File::open("/dev/tty").is_err() {
                        // A moment for the loop to end by itself.
                        end.fetch_max(if asked { 0 } else { SIGHUP as usize }, Ordering::SeqCst);
                        thread::sleep(EVERY * 3);
                        terminal::give_back();
                        if let Some(put_away) = put_away {
                            put_away();
                        }
                        let signal = i32::try_from(end.load(Ordering::SeqCst)).unwrap_or(SIGHUP);
                        std::process::exit(128 + signal);
                    }
                }
            });
        }

        /// Stops the process as the shell expects it; returns when it goes on.
        ///
        /// # Errors
        /// A system that refuses.
        pub fn stop_now() -> io::Result<()> {
            low_level::emulate_default_handler(SIGTSTP)
        }
    }
}

#[cfg(not(unix))]
impl Signals {
    /// Begins to watch: here there is nothing to see.
    ///
    /// # Errors
    /// None.
    pub fn watch(_put_away: Option<PutAway>) -> io::Result<Self> {
        Ok(Self::default())
    }

    /// There is no such thing here.
    ///
    /// # Errors
    /// Always.
    pub fn stop_now() -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

//! The clock of the screens.

use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};

/// What time it is.
#[derive(Clone, Copy, Debug)]
pub enum Clock {
    /// The machine's.
    Real,
    /// It stands still.
    Still(DateTime<Utc>),
    /// It stood at a time at an instant, and goes on since.
    From(DateTime<Utc>, Instant),
}

impl Clock {
    /// The time.
    pub fn now(self) -> DateTime<Utc> {
        match self {
            Clock::Real => Utc::now(),
            Clock::Still(now) => now,
            Clock::From(start, since) => {
                let gone = TimeDelta::from_std(since.elapsed()).unwrap_or_default();
                start.checked_add_signed(gone).unwrap_or(start)
            }
        }
    }
}

//! The week as a pure calendar: which day an instant is, what its phase is, when debt is due.

pub mod burndown;
pub mod calendar;
pub mod deadline;
pub mod forecast;
pub mod name;
pub mod phase;
pub mod random;
pub mod schedule;
pub mod zone;

pub use calendar::{Calendar, CalendarError, CalendarSettings, CommitTime};
pub use deadline::{Deadline, DeadlineDay, DeadlineError};
pub use name::{WeekName, WeekNameError};
pub use phase::Phase;
pub use schedule::{Day, Week};
pub use zone::{Zone, ZoneError};

/// The number of days of a week.
pub const DAYS: u8 = 5;

/// A given text as an error shows it: quoted, escaped and cut, since it can be anything.
pub(crate) fn shown(text: &str) -> String {
    const LIMIT: usize = 40;
    let mut out = String::from("`");
    out.extend(text.chars().take(LIMIT).flat_map(char::escape_debug));
    if text.chars().nth(LIMIT).is_some() {
        out.push('…');
    }
    out.push('`');
    out
}

//! The week, pure: its calendar, and what people write in it.
//!
//! **The calendar** says which day an instant is, what its phase is, when debt is due.
//!
//! **The board** is what people wrote. A [`Command`] is what a person does; [`Board::decide`] turns
//! it into [`Event`]s or a [`Refusal`]; [`Board::add`] folds these. The same events give the same
//! board in any order, so clones that exchange their events agree. [`Board::week`] is what the
//! screens of a week show; one file holds each of their things.

pub mod board;
pub mod book;
pub mod build_and_care;
pub mod burndown;
pub mod calendar;
pub mod change;
pub mod command;
pub mod deadline;
pub mod demo;
pub mod event;
pub mod facts;
pub mod family;
pub mod forecast;
pub mod hacks;
pub mod id;
#[cfg(test)]
mod laws;
pub mod made_up;
pub mod name;
pub mod number;
pub mod order;
pub mod payback;
pub mod phase;
pub mod planning;
pub mod promise;
pub mod question;
pub mod random;
pub mod record;
pub mod refusal;
pub mod retro;
pub mod review;
pub mod roadmap;
pub mod round;
#[cfg(test)]
mod rules_tests;
pub mod say;
pub mod schedule;
pub mod standup;
pub mod task;
pub mod team;
pub mod timer;
pub mod undo;
pub mod week_board;
pub mod zone;

pub use board::Board;
pub use book::Book;
pub use calendar::{Calendar, CalendarError, CalendarSettings, CommitTime};
pub use change::{Pen, Rules};
pub use command::Command;
pub use deadline::{Deadline, DeadlineDay, DeadlineError};
pub use event::{Event, Seen};
pub use id::{Id, Ulid, UlidMaker, Writer};
pub use name::{WeekName, WeekNameError};
pub use number::{Numbered, Numbers};
pub use phase::Phase;
pub use refusal::Refusal;
pub use say::{say, say_all};
pub use schedule::{Day, Week};
pub use week_board::WeekBoard;
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

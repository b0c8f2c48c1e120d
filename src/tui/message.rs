//! What can happen to the screens: the only way in.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use tui_input::InputRequest;

use super::actions::Action;
use super::key::Key;
use crate::week::{Board, Calendar, Id};
use crate::workspace::Overview;
use crate::workspace::code::{Code, Place};
use crate::workspace::config::Changed;

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Message {
    /// A key, a click or the palette asked for an action.
    Do(Action),
    /// A key that begins or goes on with a sequence.
    Begun(Key),
    /// A sequence led nowhere.
    Forget,
    /// A line is being typed.
    Typed(InputRequest),
    /// Text was pasted.
    Pasted(String),
    /// The typed line, or what it chose, is to be taken.
    Accept,
    /// The line is to be left.
    Close,
    /// The choice moves by so many rows.
    Pick(i32),
    /// The line is to become what is chosen.
    Fill,
    /// The next field of a form is to be typed in; the previous one if not so.
    Field(bool),
    /// A click on a cell.
    Clicked {
        /// Column, from 0.
        x: u16,
        /// Row, from 0.
        y: u16,
    },
    /// The wheel was turned over a cell.
    Wheeled {
        /// Column, from 0.
        x: u16,
        /// Row, from 0.
        y: u16,
        /// Whether towards the user.
        down: bool,
    },
    /// The terminal has another size.
    Resized(u16, u16),
    /// It is another time.
    Time(DateTime<Utc>),
    /// An answer to [`Effect::Load`](super::effect::Effect::Load).
    Loaded {
        /// The number that it was asked with.
        generation: u64,
        /// What was read, or why it could not be.
        overview: Result<Arc<Overview>, String>,
    },
    /// An answer to [`Effect::Read`](super::effect::Effect::Read).
    Read {
        /// What was asked for.
        place: Place,
        /// The lines; `None` where there are none.
        code: Result<Option<Arc<Code>>, String>,
    },
    /// An answer to what was to be written.
    Wrote(Result<Wrote, String>),
    /// The chosen line of the key help is to get other keys.
    ChangeKey,
    /// A key was pressed that is to become one of an action.
    Pressed(Key),
    /// An answer to what was to be set.
    Set(Result<Box<Set>, String>),
    /// An answer to [`Effect::Reopen`](super::effect::Effect::Reopen).
    Reopened(Result<(), String>),
    /// Another process wrote.
    Board(Arc<Board>),
    /// An answer to [`Effect::Join`](super::effect::Effect::Join).
    Joined {
        /// The board, and who the user is.
        joined: Result<(Arc<Board>, Id), String>,
        /// What is to be done now.
        then: Action,
    },
    /// How far a scan is.
    Scanning {
        /// The scan's number.
        generation: u64,
        /// The repository.
        repository: String,
        /// Commits done.
        done: u64,
        /// Commits to do.
        total: u64,
    },
    /// A scan is over.
    Scanned {
        /// The scan's number.
        generation: u64,
        /// Commits that were new, or what went wrong, of each repository that failed.
        outcome: Result<u64, String>,
    },
    /// git has something that no scan has seen.
    Stale,
    /// Something to say in row 29.
    Said(Notice),
}

/// What was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Wrote {
    /// It as a sentence.
    pub sentence: String,
    /// How it came.
    pub turn: Turn,
    /// Whether it says something of debt, so that the report is another one.
    pub of_debt: bool,
    /// The board with it.
    pub board: Arc<Board>,
}

/// How a change came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Somebody did it.
    Done,
    /// It took another one back.
    Undone,
    /// It was taken back and done again.
    Redone,
}

/// What was set in the configuration file.
#[derive(Clone, Debug, PartialEq)]
pub struct Set {
    /// What, and where.
    pub changed: Changed,
    /// How it came.
    pub turn: Turn,
    /// What lays out weeks now.
    pub calendar: Calendar,
}

/// What row 29 says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The words.
    pub text: String,
    /// Whether something went wrong.
    pub bad: bool,
    /// Whether `u` takes it back.
    pub undoable: bool,
}

impl Notice {
    /// Something was done.
    pub fn done(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            bad: false,
            undoable: false,
        }
    }

    /// Something was written, and can be taken back.
    pub fn undoable(text: impl Into<String>) -> Self {
        Self {
            undoable: true,
            ..Self::done(text)
        }
    }

    /// Something went wrong, or cannot be had.
    pub fn bad(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            bad: true,
            undoable: false,
        }
    }
}

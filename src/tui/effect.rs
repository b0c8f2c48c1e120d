//! What the screens want done: the only way out. The runtime does it and answers with messages.

use std::path::PathBuf;

use chrono::{DateTime, Utc};

use super::actions::Action;
use super::document::Export;
use super::message::Turn;
use crate::week::{Command, WeekName};
use crate::workspace::code::Place;
use crate::workspace::config::{Changed, Edit};

/// Something to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Read the indexes for a week.
    Load {
        /// Comes back with the answer; an answer with an older one is stale.
        generation: u64,
        /// The week.
        week: WeekName,
        /// The time that ages are counted to.
        now: DateTime<Utc>,
    },
    /// Read the lines around a place.
    Read(Place),
    /// Bring the indexes up to date with git.
    Scan {
        /// Comes back with the answers.
        generation: u64,
    },
    /// Write what a person does.
    Write(Box<Command>),
    /// Take this installation's last command back.
    Undo,
    /// Do again what was taken back last.
    Redo,
    /// Change some values in the configuration file, together.
    Set(Vec<Edit>),
    /// Take such a change back; so also one that took one back.
    SetBack(Box<Changed>, Turn),
    /// Open the indexes again, with the settings as they are now.
    Reopen,
    /// Take the user into the team, and then do an action that has to know who they are.
    Join(Action),
    /// Open the user's editor, and wait for it.
    Edit {
        /// The file.
        file: PathBuf,
        /// The line, from 1.
        line: u32,
    },
    /// Put text on the clipboard, through the terminal.
    Copy {
        /// The text.
        text: String,
        /// What it is, for the notice.
        what: &'static str,
    },
    /// Open an address in the user's browser.
    Browse(String),
    /// Write a document to a file, whole or not at all.
    Export(Box<Export>),
    /// Take the mouse, or leave it to the terminal.
    Mouse(bool),
    /// Stop until the shell says `fg`.
    Suspend,
    /// Leave.
    Quit,
}

//! `hackweek note`: what blocks, what is parked, what the review says, the cards of the retro.

use clap::{Subcommand, ValueEnum};

use super::Session;
use super::exit::{Failure, Verdict};
use super::written::{edit, list};
use crate::report::table;
use crate::workspace::people::NoteKind;

/// What is done to notes. ID is as the list has it.
#[derive(Debug, Subcommand)]
pub(crate) enum Note {
    /// Write a note
    Add {
        /// The words
        #[arg(value_name = "TEXT")]
        text: String,
        /// What it is
        #[arg(long = "as", value_enum, value_name = "KIND")]
        kind: Kind,
    },
    /// List the notes of the week
    List {
        /// Only those of one kind
        #[arg(long = "as", value_enum, value_name = "KIND")]
        kind: Option<Kind>,
    },
    /// A blocker is solved, a parked topic was talked over
    Done {
        /// The note
        #[arg(value_name = "ID")]
        note: String,
    },
    /// Take a note away
    Delete {
        /// The note
        #[arg(value_name = "ID")]
        note: String,
    },
}

/// What a note is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    /// What stops you
    Blocker,
    /// A topic for after the standup
    Parked,
    /// A talking point of the demo
    Talk,
    /// The good of the hack
    Good,
    /// The bad
    Bad,
    /// The embarrassing
    Embarrassing,
    /// For the retro: what stays
    Keep,
    /// For the retro: what changes
    Change,
    /// For the retro: what is tried
    Try,
}

impl From<Kind> for NoteKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Blocker => Self::Blocker,
            Kind::Parked => Self::Parked,
            Kind::Talk => Self::Talk,
            Kind::Good => Self::Good,
            Kind::Bad => Self::Bad,
            Kind::Embarrassing => Self::Embarrassing,
            Kind::Keep => Self::Keep,
            Kind::Change => Self::Change,
            Kind::Try => Self::Try,
        }
    }
}

/// Lists or changes.
pub(super) fn run(session: &Session, asked: &Note) -> Result<Verdict, Failure> {
    match asked {
        Note::List { kind } => list(
            session,
            |workspace| workspace.notes(kind.map(Into::into)),
            table::write_notes,
        ),
        Note::Add { text, kind } => {
            edit(session, |people, _| people.add_note((*kind).into(), text))
        }
        Note::Done { note } => edit(session, |people, _| people.finish_note(note)),
        Note::Delete { note } => edit(session, |people, _| people.delete_note(note)),
    }
}

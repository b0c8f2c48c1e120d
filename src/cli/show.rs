//! `hackweek show`: the hacks of the demo.

use clap::{Subcommand, ValueEnum};

use super::Session;
use super::exit::{Failure, Verdict};
use super::turn::{self, Turn};
use super::written::{edit, list};
use crate::report::table;
use crate::workspace::people::{ShowChange, Turns};

/// What is done to the hacks of the demo. ID is as the list has it, or the words.
#[derive(Debug, Subcommand)]
pub(crate) enum Show {
    /// Put a hack on the list
    Add {
        /// What it is
        #[arg(value_name = "TEXT")]
        text: String,
        /// Who shows it [default: you]
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
    },
    /// List the hacks, and who has shown
    List,
    /// Say that a hack was seen
    Seen {
        /// The hack
        #[arg(value_name = "ID")]
        hack: String,
        /// An item of debt that was seen with it: D-05, an id, or where it stands
        #[arg(long, value_name = "ITEM")]
        debt: Option<String>,
    },
    /// Say that a hack was not seen
    Unseen {
        /// The hack
        #[arg(value_name = "ID")]
        hack: String,
    },
    /// Say what becomes of a hack
    Verdict {
        /// The hack
        #[arg(value_name = "ID")]
        hack: String,
        /// What
        #[arg(value_enum, value_name = "VERDICT")]
        verdict: What,
    },
    /// Take a hack off the list
    Delete {
        /// The hack
        #[arg(value_name = "ID")]
        hack: String,
    },
    #[command(flatten)]
    Turn(Turn),
}

/// What becomes of a hack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum What {
    /// It goes
    Undo,
    /// It stays
    Keep,
    /// Nobody says yet
    Undecided,
}

/// Lists or changes.
pub(super) fn run(session: &Session, asked: &Show) -> Result<Verdict, Failure> {
    let (hack, change) = match asked {
        Show::List => {
            return list(
                session,
                |workspace| workspace.show_page(),
                table::write_shows,
            );
        }
        Show::Add { text, by } => {
            return edit(session, |people, _| people.add_show(text, by.as_deref()));
        }
        Show::Turn(turn) => return turn::run(session, Turns::Demo, turn),
        Show::Seen { hack, debt: None } => (hack, ShowChange::Seen(true)),
        Show::Seen {
            hack,
            debt: Some(item),
        } => (hack, ShowChange::Debt(item.clone())),
        Show::Unseen { hack } => (hack, ShowChange::Seen(false)),
        Show::Verdict { hack, verdict } => {
            let change = match verdict {
                What::Undo => ShowChange::Undo,
                What::Keep => ShowChange::Keep,
                What::Undecided => ShowChange::Undecided,
            };
            (hack, change)
        }
        Show::Delete { hack } => (hack, ShowChange::Delete),
    };
    edit(session, |people, workspace| {
        people.change_show(hack, &change, workspace)
    })
}

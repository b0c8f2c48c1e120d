//! `hackweek check`: the checklists of day 4, and its close.

use clap::{Subcommand, ValueEnum};

use super::Session;
use super::exit::{Failure, Verdict};
use super::written::{after_scan, edit, list};
use crate::report::table;
use crate::workspace::Workspace;
use crate::workspace::people::{CheckChange, CheckList};

/// What is done to checklists. ID is as the list has it, or the words of the line.
#[derive(Debug, Subcommand)]
pub(crate) enum Check {
    /// Put a line on a list
    Add {
        /// What is to be done, or what is agreed
        #[arg(value_name = "TEXT")]
        text: String,
        /// Which list
        #[arg(long = "as", value_enum, value_name = "LIST")]
        list: List,
        /// Who does it: a name, a mail address, or me
        #[arg(long, value_name = "NAME")]
        owner: Option<String>,
        /// The finding of the review that it is: its test unlocks the line
        #[arg(long, value_name = "ID")]
        finding: Option<String>,
    },
    /// List the checklists of the week
    List,
    /// Tick a line
    Done {
        /// The line
        #[arg(value_name = "ID")]
        line: String,
    },
    /// Take a tick back
    Open {
        /// The line
        #[arg(value_name = "ID")]
        line: String,
    },
    /// Take a line away
    Delete {
        /// The line
        #[arg(value_name = "ID")]
        line: String,
    },
    /// Close day 4: every item of debt has a decision
    Close,
}

/// A checklist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum List {
    /// What is documented
    Document,
    /// What is tested
    Test,
    /// What is refactored
    Refactor,
    /// What the team agrees on
    Standard,
}

impl From<List> for CheckList {
    fn from(list: List) -> Self {
        match list {
            List::Document => Self::Document,
            List::Test => Self::Test,
            List::Refactor => Self::Refactor,
            List::Standard => Self::Standard,
        }
    }
}

/// Lists or changes.
pub(super) fn run(session: &Session, asked: &Check) -> Result<Verdict, Failure> {
    let (line, change) = match asked {
        Check::List => {
            return list(
                session,
                |workspace| workspace.check_page(),
                table::write_checks,
            );
        }
        Check::Add {
            text,
            list,
            owner,
            finding,
        } => {
            return edit(session, |people, _| {
                people.add_check((*list).into(), text, owner.as_deref(), finding.as_deref())
            });
        }
        Check::Close => return after_scan(session, Workspace::close_day_4),
        Check::Done { line } => (line, CheckChange::Done(true)),
        Check::Open { line } => (line, CheckChange::Done(false)),
        Check::Delete { line } => (line, CheckChange::Delete),
    };
    edit(session, |people, _| people.change_check(line, change))
}

//! `hackweek week`: which day it is, what it is for, when debt is due.

use clap::{Args, Subcommand};

use super::Session;
use super::exit::{Failure, Verdict};
use super::written::{edit, list};
use crate::report::table;

/// `hackweek week`
#[derive(Debug, Args)]
pub(crate) struct Week {
    #[command(subcommand)]
    command: Option<Change>,
}

/// What is done to a week.
#[derive(Debug, Subcommand)]
enum Change {
    /// Say what the demo will show
    Goal {
        /// What
        #[arg(value_name = "TEXT")]
        text: String,
    },
}

/// Shows or changes.
pub(super) fn run(session: &Session, asked: &Week) -> Result<Verdict, Failure> {
    match &asked.command {
        None => list(
            session,
            |workspace| workspace.week_page(),
            table::write_week,
        ),
        Some(Change::Goal { text }) => edit(session, |people, _| people.set_goal(text)),
    }
}

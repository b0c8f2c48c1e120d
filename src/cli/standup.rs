//! `hackweek standup`: what each did since the last one, owes, does today and waits for; whose turn
//! it is, what blocks, what is parked.

use std::path::Path;

use clap::Subcommand;

use super::Session;
use super::args::Reported;
use super::exit::{Failure, Verdict};
use super::gate::{Gate, Owed};
use super::reported::{self, Made};
use super::turn::{self, Turn};
use super::written::edit;
use crate::report::standup::Standup;
use crate::report::week::Report;
use crate::workspace::people::Turns;
use crate::workspace::{Error, Workspace};

/// `hackweek standup`
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Option<Change>,
    #[command(flatten)]
    reported: Reported,
    #[command(flatten)]
    gate: Gate,
}

/// What is done in a standup.
#[derive(Debug, Subcommand)]
enum Change {
    #[command(flatten)]
    Turn(Turn),
    /// Say that something blocks you, or somebody
    Block {
        /// What
        #[arg(value_name = "TEXT")]
        text: String,
        /// Whom [default: you]
        #[arg(long, value_name = "NAME")]
        person: Option<String>,
        /// Since when, as in 2026-11-18T12:00:00+01:00 or, of a day of the week, "1 15:40"
        #[arg(long, value_name = "TIME")]
        since: Option<String>,
    },
    /// Say that a blocker is gone
    Solve {
        /// The blocker: its id or its words
        #[arg(value_name = "ID")]
        blocker: String,
        /// It is back
        #[arg(long)]
        back: bool,
    },
    /// Park a topic for after the standup
    Park {
        /// What
        #[arg(value_name = "TEXT")]
        text: String,
        /// Who brought it up [default: you]
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
    },
    /// Say that a parked topic was talked over
    Settle {
        /// The topic: its id or its words
        #[arg(value_name = "ID")]
        topic: String,
        /// It is open again
        #[arg(long)]
        back: bool,
    },
}

/// Reports the standup, or does something in it.
pub(super) fn run(session: &Session, asked: &Args) -> Result<Verdict, Failure> {
    match &asked.command {
        None => reported::gated::<Standup>(session, &asked.reported, &asked.gate),
        Some(Change::Turn(turn)) => turn::run(session, Turns::Standup, turn),
        Some(Change::Block {
            text,
            person,
            since,
        }) => edit(session, |people, workspace| {
            people.block(text, person.as_deref(), since.as_deref(), workspace)
        }),
        Some(Change::Solve { blocker, back }) => {
            edit(session, |people, _| people.solve(blocker, !back))
        }
        Some(Change::Park { text, by }) => {
            edit(session, |people, _| people.park(text, by.as_deref()))
        }
        Some(Change::Settle { topic, back }) => {
            edit(session, |people, _| people.settle(topic, !back))
        }
    }
}

impl Made for Standup {
    const NAME: &'static str = "standup";

    fn of(workspace: &Workspace) -> Result<Self, Error> {
        workspace.standup()
    }

    fn owed(&self) -> Option<Owed> {
        Some(Owed::of_week(&self.debt, self.generated_at))
    }

    fn report(&self) -> Report<'_> {
        Report::Standup(self)
    }

    fn texts(&mut self) -> Vec<&mut String> {
        Standup::texts(self).collect()
    }

    fn when(&self) -> String {
        self.date.to_string()
    }
    fn template(workspace: &Workspace) -> Option<&Path> {
        workspace.templates().standup_template.as_deref()
    }
}

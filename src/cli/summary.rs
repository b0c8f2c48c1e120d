//! `hackweek summary`: the end-of-week summary.

use std::path::Path;

use super::Session;
use super::args::Reported;
use super::exit::{Failure, Verdict};
use super::gate::{Gate, Owed};
use super::reported::{self, Made};
use crate::report::summary::Summary;
use crate::report::week::Report;
use crate::workspace::{Error, Workspace};

/// `hackweek summary`
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    reported: Reported,
    #[command(flatten)]
    gate: Gate,
}

/// Reports the summary.
pub(super) fn run(session: &Session, args: &Args) -> Result<Verdict, Failure> {
    reported::gated::<Summary>(session, &args.reported, &args.gate)
}

impl Made for Summary {
    const NAME: &'static str = "summary";

    fn of(workspace: &Workspace) -> Result<Self, Error> {
        workspace.summary()
    }

    fn owed(&self) -> Option<Owed> {
        Some(Owed::of_week(&self.debt, self.generated_at))
    }

    fn report(&self) -> Report<'_> {
        Report::Summary(self)
    }

    fn texts(&mut self) -> Vec<&mut String> {
        Summary::texts(self).collect()
    }

    fn when(&self) -> String {
        self.week.name.clone()
    }
    fn template(workspace: &Workspace) -> Option<&Path> {
        workspace.templates().summary_template.as_deref()
    }
}

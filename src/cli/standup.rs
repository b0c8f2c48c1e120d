//! `hackweek standup`: what each did since the last one, owes, does today and waits for.

use super::Session;
use super::args::Reported;
use super::exit::{Failure, Verdict};
use super::reported::{self, Made};
use crate::report::standup::Standup;
use crate::report::week::Report;
use crate::workspace::{Error, Workspace};

/// Reports the standup.
pub(super) fn run(session: &Session, args: &Reported) -> Result<Verdict, Failure> {
    reported::run::<Standup>(session, args)
}

impl Made for Standup {
    const NAME: &'static str = "standup";

    fn of(workspace: &Workspace) -> Result<Self, Error> {
        workspace.standup()
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
}

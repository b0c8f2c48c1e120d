//! All that the reports of the week are made of, read once.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use super::overview::paces;
use super::{Error, Overview, Scope, Workspace};
use crate::report::facts::{self, Facts};
use crate::report::standup::{self, Standup};
use crate::report::summary::{self, Summary};
use crate::week::{Board, Week};

/// How far back somebody is asked whether they are in.
const RECENT: TimeDelta = TimeDelta::days(30);

/// How many weeks back a trend looks for those of which something is known.
const WEEKS: usize = 26;

impl Overview {
    /// The facts as they are seen at a moment.
    pub fn facts(&self, now: DateTime<Utc>) -> Facts<'_> {
        Facts {
            board: &self.board,
            calendar: &self.calendar,
            week: &self.week,
            earlier: &self.earlier,
            report: &self.report,
            commits: &self.commits,
            now,
            me: self.me.as_ref(),
            rules: &self.rules,
        }
    }
}

impl Workspace {
    /// Reads what the standup and the summary of the asked week are made of. The indexes are asked
    /// as they are: scan first.
    ///
    /// # Errors
    /// A log, an index or a repository that cannot be read.
    pub fn gather(&self) -> Result<Overview, Error> {
        self.gathered(self.own_board()?)
    }

    /// The same with a board that was read already.
    pub(super) fn gathered(&self, mut board: Board) -> Result<Overview, Error> {
        let week = self.week();
        let before = std::iter::successors(week.name().previous(), |week| week.previous());
        let mut earlier: Vec<Week> = before
            .take(WEEKS)
            .map(|name| self.calendar.week(name))
            .collect();
        earlier.reverse();
        let from = facts::commits_from(&board, &week, self.now);
        let until = week.span().end;
        let report = self.debt(Scope::All)?;
        self.number_debt(&mut board, &report, &week);
        let authors = match board.is_blank() {
            true => self.authors(self.now - RECENT, self.now)?,
            false => Vec::new(),
        };
        Ok(Overview {
            calendar: self.calendar.clone(),
            commits: self.commits(from, until)?,
            paces: paces(&self.calendar, week.name(), &report, &board),
            me: self.user_on(&board),
            rules: self.rules.clone(),
            board: Arc::new(board),
            authors,
            earlier,
            week,
            report,
        })
    }

    /// The standup of the asked week, at *now*.
    ///
    /// # Errors
    /// As for [`Workspace::gather`].
    pub fn standup(&self) -> Result<Standup, Error> {
        Ok(standup::standup(&self.gather()?.facts(self.now)))
    }

    /// The summary of the asked week.
    ///
    /// # Errors
    /// As for [`Workspace::gather`].
    pub fn summary(&self) -> Result<Summary, Error> {
        Ok(summary::summary(&self.gather()?.facts(self.now)))
    }
}

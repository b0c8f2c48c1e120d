//! All that the reports of the week are made of, read once.

use chrono::{DateTime, Utc};

use super::{Error, Scope, Workspace};
use crate::report::commits::Commit;
use crate::report::debt::DebtReport;
use crate::report::facts::{self, Facts};
use crate::report::standup::{self, Standup};
use crate::report::summary::{self, Summary};
use crate::week::{Board, Id, Rules, Week};

/// How many weeks back a trend looks for those of which something is known.
const WEEKS: usize = 26;

/// What people wrote, the debt and the commits of a week.
#[derive(Clone, Debug)]
pub struct Gathered {
    /// What people wrote.
    pub board: Board,
    /// The week.
    pub week: Week,
    /// The weeks before it, oldest first.
    pub earlier: Vec<Week>,
    /// The debt in scope `all`.
    pub report: DebtReport,
    /// The commits of the week, and those since the last standup before it; newest first.
    pub commits: Vec<Commit>,
    /// Who is at the keyboard, where the team knows them.
    pub me: Option<Id>,
    /// What the team set of its own rules.
    pub rules: Rules,
}

impl Gathered {
    /// The facts as they are seen at a moment.
    pub fn facts(&self, now: DateTime<Utc>) -> Facts<'_> {
        Facts {
            board: &self.board,
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
    pub fn gather(&self) -> Result<Gathered, Error> {
        let board = self.own_board()?;
        let week = self.week();
        let before = std::iter::successors(week.name().previous(), |week| week.previous());
        let mut earlier: Vec<Week> = before
            .take(WEEKS)
            .map(|name| self.calendar.week(name))
            .collect();
        earlier.reverse();
        let from = facts::commits_from(&board, &week, self.now);
        let until = week.span().end;
        Ok(Gathered {
            commits: self.commits(from, until)?,
            report: self.debt(Scope::All)?,
            me: self.user_on(&board),
            rules: Rules::default(),
            earlier,
            week,
            board,
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

//! All that a screen shows of the debt at one time: the items, the asked week, the pace of the weeks
//! before it.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::config::{ReportSettings, UiSettings};
use super::source::Source;
use super::{Entry, Error, Workspace};
use crate::object_id::ObjectId;
use crate::report::commits::{Author, Commit};
use crate::report::debt::DebtReport;
use crate::report::pay_down;
use crate::week::burndown::WorkHours;
use crate::week::{Board, Calendar, Id, Rules, Week, WeekName};

/// How many of the weeks before are asked for their pace.
const WEEKS_OF_PACE: usize = 3;

/// How far back such a week may lie.
const YEAR: usize = 53;

/// The asked week: its debt, what people wrote, its commits. What every report and every screen of it
/// is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Overview {
    /// What lays out weeks.
    pub calendar: Calendar,
    /// The asked week.
    pub week: Week,
    /// The weeks before it, oldest first.
    pub earlier: Vec<Week>,
    /// Every item of the whole history, in scope
    /// [`ReportScope::All`](crate::report::debt::ReportScope::All), with days and lateness as the
    /// asked week has them.
    pub report: DebtReport,
    /// Items paid an hour in the last weeks before this one that owed something, oldest first.
    pub paces: Vec<f64>,
    /// What people wrote.
    pub board: Arc<Board>,
    /// Who sits at the keyboard, if they are in the team.
    pub me: Option<Id>,
    /// The commits of the week, and those since the last standup before it; newest first.
    pub commits: Vec<Commit>,
    /// Who made commits in the last 30 days, as long as nobody wrote anything: whom to ask whether
    /// they are in. Empty afterwards.
    pub authors: Vec<Author>,
    /// What the team set of its own rules.
    pub rules: Rules,
}

impl Workspace {
    /// Returns the calendar that lays out weeks.
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// Returns the names of the repositories, in the order they were given.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.repositories.iter().map(|entry| entry.name.as_str())
    }

    /// Returns why there is nothing to show, if no repository can be opened.
    ///
    /// # Errors
    /// What is wrong with the first one.
    pub fn require_one(&self) -> Result<(), Error> {
        if self.repositories.iter().any(|entry| entry.source.is_some()) {
            return Ok(());
        }
        match self.repositories.first() {
            Some(entry) => Source::open(&entry.path, &self.branches, &self.indexes).map(|_| ()),
            None => Ok(()),
        }
    }

    /// Returns how the screens are to look.
    pub fn ui(&self) -> UiSettings {
        self.ui
    }

    /// Returns the templates of the team's own.
    pub fn templates(&self) -> &ReportSettings {
        &self.templates
    }

    /// Returns what the team set of its own rules.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// Returns the keys that are set, by the name of the action.
    pub fn keys(&self) -> &BTreeMap<String, Vec<String>> {
        &self.keys
    }

    /// Reads the log, the indexes, and of git the mailmap and the commits of the week, for a week
    /// and a *now*.
    ///
    /// # Errors
    /// As for [`Workspace::gather`].
    pub fn overview(&mut self, week: WeekName, now: DateTime<Utc>) -> Result<Overview, Error> {
        (self.asked, self.now) = (Some(week), now);
        self.gathered(self.board()?)
    }

    /// Looks where the followed tips are now; `None` for a repository that cannot be opened. When
    /// this changes, a scan finds something new.
    pub fn tips(&self) -> Vec<Option<Vec<ObjectId>>> {
        let tips = |entry: &Entry| {
            let source = Source::open(&entry.path, &self.branches, &self.indexes).ok()?;
            Some(source.tips().to_vec())
        };
        self.repositories.iter().map(tips).collect()
    }
}

/// Items paid an hour in the last weeks before one that owed something, oldest first: as git has it,
/// or else as it was written down when the week was closed.
pub(super) fn paces(
    calendar: &Calendar,
    week: WeekName,
    report: &DebtReport,
    board: &Board,
) -> Vec<f64> {
    let lives = pay_down::lives(&report.items);
    let pace = |name: WeekName| {
        let seen = pay_down::pace(&calendar.week(name), WorkHours::default(), &lives);
        seen.or_else(|| board.week(name).record().figures?.pace)
    };
    let before = std::iter::successors(week.previous(), |week| week.previous());
    let mut paces: Vec<f64> = before
        .take(YEAR)
        .filter_map(pace)
        .take(WEEKS_OF_PACE)
        .collect();
    paces.reverse();
    paces
}

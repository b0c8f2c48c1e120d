//! All that the reports of a week are made of.

use chrono::{DateTime, FixedOffset, TimeDelta, Utc};

use super::commits::Commit;
use super::debt::DebtReport;
use crate::week::{Board, Calendar, Id, Rules, Week};

/// What people wrote, what git says, and when it is looked at. Builders of documents take nothing
/// else: no clock, no file.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// What people wrote.
    pub board: &'a Board,
    /// What lays out weeks.
    pub calendar: &'a Calendar,
    /// The week.
    pub week: &'a Week,
    /// Weeks before it, oldest first: those that a trend may show.
    pub earlier: &'a [Week],
    /// The debt in scope [`All`](super::debt::ReportScope::All).
    pub report: &'a DebtReport,
    /// The commits from [`commits_from`] on, newest first.
    pub commits: &'a [Commit],
    /// Now.
    pub now: DateTime<Utc>,
    /// Who is at the keyboard, where the team knows them.
    pub me: Option<&'a Id>,
    /// What the team set of its own rules.
    pub rules: &'a Rules,
}

impl Facts<'_> {
    /// The moment that the reports speak of, see [`moment`].
    pub fn at(&self) -> DateTime<Utc> {
        moment(self.week, self.now)
    }

    /// An instant by the clocks of the week.
    pub(super) fn local(&self, instant: DateTime<Utc>) -> DateTime<FixedOffset> {
        self.week.zone().local(instant).fixed_offset()
    }
}

/// The moment that a report of a week speaks of: now, or the last second of its last day once the
/// week is over.
pub fn moment(week: &Week, now: DateTime<Utc>) -> DateTime<Utc> {
    if now < week.span().end {
        return now;
    }
    let last = week.days().last().map(|day| week.zone().end_of(day.date));
    let end = last.map_or(week.span().end, |end| end.to_utc());
    end - TimeDelta::seconds(1)
}

/// From when on a report needs commits: the first instant of the week, or the last standup that was
/// held before, where that was earlier.
pub fn commits_from(board: &Board, week: &Week, now: DateTime<Utc>) -> DateTime<Utc> {
    super::standup::since(board, week, moment(week, now))
        .0
        .min(week.span().start)
}

/// What people wrote, and when it is looked at: the documents of the board are made of it alone, and
/// need nothing of git.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// What people wrote.
    pub board: &'a Board,
    /// The week.
    pub week: &'a Week,
    /// Now.
    pub now: DateTime<Utc>,
    /// What the team set of its own rules.
    pub rules: &'a Rules,
}

impl Scene<'_> {
    /// An instant by the clocks of the week.
    pub(super) fn local(&self, instant: DateTime<Utc>) -> DateTime<FixedOffset> {
        self.week.zone().local(instant).fixed_offset()
    }

    /// The name of somebody.
    pub(super) fn name(&self, person: &Id) -> String {
        self.board.name(person).to_owned()
    }

    /// The names of some.
    pub(super) fn names(&self, people: &[Id]) -> Vec<String> {
        people.iter().map(|person| self.name(person)).collect()
    }
}

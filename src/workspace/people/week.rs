//! The week at a glance, and its goal.

use super::{People, Written};
use crate::report::debt::ReportWeek;
use crate::report::people::{SCHEMA_WEEK, WeekPage};
use crate::week::Command;
use crate::week::record::WeekCommand;
use crate::workspace::{Error, Workspace};

impl Workspace {
    /// Tells which day it is, what it is for, when debt is due, and how far people are.
    ///
    /// # Errors
    /// A log that cannot be read.
    pub fn week_page(&self) -> Result<WeekPage, Error> {
        let board = self.own_board()?;
        let week = self.week();
        let written = board.week(week.name());
        let record = written.record();
        let today = week.day_at(self.now);
        let text = |text: String| (!text.is_empty()).then_some(text);
        let promises = written.promises();
        let blockers = written.blockers();
        let hack_days = week.days().iter().filter(|day| day.hack);
        Ok(WeekPage {
            schema: SCHEMA_WEEK.to_owned(),
            now: self.local(self.now),
            day: today.map(|day| day.number),
            phase: today.map(|day| day.phase.words().to_owned()),
            hack_days: hack_days.map(|day| day.number).collect(),
            seconds_left: (week.deadline().to_utc() - self.now).num_seconds(),
            title: text(record.title),
            goal: text(record.goal),
            tasks_planned: written.planned().len() as u64,
            tasks_done: written.done() as u64,
            promises_open: promises.iter().filter(|promise| !promise.is_over()).count() as u64,
            blockers_open: blockers.iter().filter(|blocker| blocker.is_open()).count() as u64,
            week: ReportWeek::of(&week),
        })
    }
}

impl People {
    /// Says what the demo of the asked week will show.
    ///
    /// # Errors
    /// As for [`People::decide`].
    pub fn set_goal(&mut self, goal: &str) -> Result<Written, Error> {
        let record = self.board().week(self.week).record();
        let goal = WeekCommand::Goal {
            goal: goal.to_owned(),
            demo_at: record.demo_at,
        };
        self.decide(Command::Week(self.week, goal))
    }
}

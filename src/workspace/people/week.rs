//! The week at a glance, its goal, its hour of planning, its mood, its close.

use super::{People, Written};
use crate::report::debt::{Item, ReportWeek};
use crate::report::facts::Scene;
use crate::report::figures::{WeekDebt, is_of_week};
use crate::report::pay_down;
use crate::report::people::{SCHEMA_WEEK, WeekPage};
use crate::report::plan::{Plan, plan};
use crate::week::burndown::WorkHours;
use crate::week::record::{Figures, WeekCommand};
use crate::week::retro::RetroCommand;
use crate::week::{Board, Command, Rules, Week};
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

impl Workspace {
    /// The plan of the asked week.
    ///
    /// # Errors
    /// A log that cannot be read.
    pub fn plan(&self) -> Result<Plan, Error> {
        Ok(self.plan_of(&self.own_board()?))
    }

    /// The plan of the asked week on a board.
    pub(super) fn plan_of(&self, board: &Board) -> Plan {
        plan(&self.scene(board, &self.week(), &self.rules))
    }

    /// What the documents of the board are made of.
    pub(super) fn scene<'a>(
        &self,
        board: &'a Board,
        week: &'a Week,
        rules: &'a Rules,
    ) -> Scene<'a> {
        Scene {
            board,
            week,
            now: self.now,
            rules,
        }
    }
}

/// What is done to a week as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WeekChange {
    /// The hour of planning begins, or goes on.
    Start,
    /// It stands.
    Stop,
    /// The number of its hack; `None`: it has none.
    Number(Option<u32>),
    /// What the project is called.
    Title(String),
    /// Whether there is no hack in it.
    Skip(bool),
    /// How somebody feels about it, in tenths from 10 to 50; `None`, and of the user where nobody is
    /// named.
    Mood(Option<String>, Option<u8>),
    /// When and where the beer is; empty: nowhere.
    Beer(String),
    /// It is open again.
    Reopen,
}

impl Workspace {
    /// Closes the asked week with what it came to. The indexes are asked as they are: scan first.
    ///
    /// # Errors
    /// As for [`Workspace::gather`] and [`People::decide`].
    pub fn close_week(&self) -> Result<Written, Error> {
        let seen = self.gather()?;
        let name = seen.week.name();
        let debt = WeekDebt::of(&seen.report, &seen.week, self.now);
        let count = |count: u64| u32::try_from(count).ok();
        let on_day_4 = |item: &&Item| {
            let paid = item.paid.as_ref().and_then(|paid| paid.day);
            is_of_week(item, &seen.week) && paid == Some(4)
        };
        let day_4 = seen.report.items.iter().filter(on_day_4).count();
        let lives = pay_down::lives(&seen.report.items);
        let figures = Figures {
            debt_opened: count(debt.opened - debt.dismissed),
            debt_paid: count(debt.paid),
            paid_on_day_4: count(day_4 as u64),
            pace: pay_down::pace(&seen.week, WorkHours::default(), &lives),
            ..seen.board.week(name).figures()
        };
        let mut people = self.people()?;
        people.decide(Command::Week(name, WeekCommand::Close(figures)))
    }
}

impl People {
    /// Says what the demo of the asked week will show, and when it is; `None`: as it was.
    ///
    /// # Errors
    /// A time that is none; as for [`People::decide`].
    pub fn set_goal(
        &mut self,
        goal: &str,
        demo_at: Option<&str>,
        workspace: &Workspace,
    ) -> Result<Written, Error> {
        let given = demo_at.map(|time| workspace.due(time)).transpose()?;
        let record = self.board().week(self.week).record();
        let goal = WeekCommand::Goal {
            goal: goal.to_owned(),
            demo_at: given.or(record.demo_at),
        };
        self.decide(Command::Week(self.week, goal))
    }

    /// Changes the asked week.
    ///
    /// # Errors
    /// Somebody who is nobody; as for [`People::decide`].
    pub fn change_week(&mut self, change: &WeekChange) -> Result<Written, Error> {
        let week = self.week;
        let command = match change {
            WeekChange::Start => WeekCommand::StartPlanning,
            WeekChange::Stop => WeekCommand::StopPlanning,
            WeekChange::Number(number) => WeekCommand::Number(*number),
            WeekChange::Title(title) => WeekCommand::Title(title.clone()),
            WeekChange::Skip(skipped) => WeekCommand::Skip(*skipped),
            WeekChange::Reopen => WeekCommand::Reopen,
            WeekChange::Mood(name, mood) => {
                let person = self.person(name.as_deref().unwrap_or("me"))?;
                return self.decide(RetroCommand::Mood {
                    week,
                    person,
                    mood: *mood,
                });
            }
            WeekChange::Beer(text) => {
                return self.decide(RetroCommand::Beer {
                    week,
                    text: text.clone(),
                });
            }
        };
        self.decide(Command::Week(week, command))
    }
}

//! The plan of a week, schema `hackweek/plan/1`: what will be shown, who does what, who gives what to
//! whom, and what goes if the hour runs out. Field order here is field order in the JSON.

mod build;
mod sheet;
#[cfg(test)]
mod tests;

use chrono::{DateTime, FixedOffset};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::debt::ReportWeek;
use super::people::{Promise, Task};

pub use build::{plan, promise_row, task_row};
pub(super) use sheet::sheet;

/// The schema that [`Plan::schema`] names.
pub const SCHEMA: &str = "hackweek/plan/1";

/// The plan of a week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Plan {
    /// [`SCHEMA`].
    pub schema: String,
    /// When the document was made.
    pub generated_at: DateTime<FixedOffset>,
    /// The week, its days and its deadline.
    pub week: ReportWeek,
    /// The number of the hack.
    pub hack: Option<u32>,
    /// What the project is called.
    pub title: Option<String>,
    /// What will be demonstrated.
    pub goal: Option<String>,
    /// When the demo is.
    pub demo_at: Option<DateTime<FixedOffset>>,
    /// Whether there is no hack in the week.
    pub skipped: bool,
    /// The hour of planning; `None` where it never ran.
    pub planning: Option<Hour>,
    /// Tasks in it and those carried out of it, but for the cut ones.
    pub planned: u64,
    /// Of these, those that are done.
    pub done: u64,
    /// Of these, those that were carried into it.
    pub carried_in: u64,
    /// The most tasks that somebody can have.
    pub tasks_each: u64,
    /// The team in its order, then others who have tasks, then nobody if a task is nobody's.
    pub people: Vec<Person>,
    /// The tasks on the cut list, in their order.
    pub cut: Vec<Task>,
    /// The promises, in their order.
    pub promises: Vec<Promise>,
}

/// The hour of planning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Hour {
    /// What of it has passed, in seconds.
    pub spent: i64,
    /// How long it is to last, in seconds.
    pub limit: i64,
    /// Whether it runs.
    pub runs: bool,
}

/// The tasks of somebody, or of nobody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Person {
    /// The name; `None`: nobody.
    pub name: Option<String>,
    /// In their order.
    pub tasks: Vec<Task>,
}

impl Plan {
    /// All tasks, those of people first, then those that were cut.
    pub fn tasks(&self) -> impl Iterator<Item = &Task> {
        let own = self.people.iter().flat_map(|person| &person.tasks);
        own.chain(&self.cut)
    }

    /// All texts in it that people wrote.
    pub fn texts(&mut self) -> impl Iterator<Item = &mut String> {
        let own = self.people.iter_mut();
        let own = own.flat_map(|person| &mut person.tasks);
        let tasks = own.chain(&mut self.cut);
        let tasks = tasks.flat_map(|it| std::iter::once(&mut it.text).chain(&mut it.note));
        let promises = self.promises.iter_mut().flat_map(|it| {
            (std::iter::once(&mut it.what).chain(&mut it.shape))
                .chain(&mut it.stand_in)
                .chain(&mut it.stand_in_path)
        });
        (tasks.chain(promises))
            .chain(&mut self.title)
            .chain(&mut self.goal)
    }
}

//! The documents of what people write. Field order here is field order in the JSON.

use chrono::{DateTime, FixedOffset};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::debt::ReportWeek;

/// The schema of [`Change`].
pub const SCHEMA_CHANGE: &str = "hackweek/change/1";

/// A change that was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Change {
    /// [`SCHEMA_CHANGE`].
    pub schema: String,
    /// What was done, as people say it.
    pub sentence: String,
    /// What it made, by the short id that other commands take; `None` where it made nothing.
    pub made: Option<String>,
}

/// The schema of [`TaskList`].
pub const SCHEMA_TASKS: &str = "hackweek/tasks/1";

/// The tasks of a week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TaskList {
    /// [`SCHEMA_TASKS`].
    pub schema: String,
    /// `2026-W47`.
    pub week: String,
    /// By owner, in their order; those of nobody last, what is cut after all.
    pub tasks: Vec<Task>,
}

/// A task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Task {
    /// `T-14`: what commands take. Each data directory numbers its own.
    pub id: String,
    /// What is to be done.
    pub text: String,
    /// More about it.
    pub note: Option<String>,
    /// The name of who does it.
    pub owner: Option<String>,
    /// The day it is for, 1 to 5.
    pub day: Option<u8>,
    /// `open`, `done` or `cut`.
    pub status: String,
    /// When it was done.
    pub done_at: Option<DateTime<FixedOffset>>,
    /// The names of those it waits for.
    pub waits_for: Vec<String>,
    /// The names of those who get its result.
    pub gives_to: Vec<String>,
    /// The weeks that it was carried out of.
    pub carried_from: Vec<String>,
}

/// The schema of [`PromiseList`].
pub const SCHEMA_PROMISES: &str = "hackweek/promises/1";

/// The promises of a week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PromiseList {
    /// [`SCHEMA_PROMISES`].
    pub schema: String,
    /// `2026-W47`.
    pub week: String,
    /// In their order.
    pub promises: Vec<Promise>,
}

/// A promise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Promise {
    /// What commands take.
    pub id: String,
    /// The name of who gives.
    pub from: String,
    /// The names of who gets; empty: all.
    pub to: Vec<String>,
    /// What is given.
    pub what: String,
    /// What it looks like.
    pub shape: Option<String>,
    /// What stands in until then.
    pub stand_in: Option<String>,
    /// The file that stands in.
    pub stand_in_path: Option<String>,
    /// When it is due.
    pub due: Option<DateTime<FixedOffset>>,
    /// `asked`, `proposed`, `agreed`, `on_mock`, `real` or `broken`.
    pub state: String,
    /// When the real thing was there.
    pub real_at: Option<DateTime<FixedOffset>>,
    /// Whether the due time is over and it is neither kept nor called off.
    pub overdue: bool,
}

/// The schema of [`NoteList`].
pub const SCHEMA_NOTES: &str = "hackweek/notes/1";

/// What was noted in a week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NoteList {
    /// [`SCHEMA_NOTES`].
    pub schema: String,
    /// `2026-W47`.
    pub week: String,
    /// By kind, in the order in which they were written.
    pub notes: Vec<Note>,
}

/// A note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Note {
    /// What commands take.
    pub id: String,
    /// `blocker`, `parked`, `good`, `bad`, `embarrassing`, `talk`, `keep`, `change` or `try`.
    pub kind: String,
    /// The words.
    pub text: String,
    /// The name of who wrote it, or whom it blocks.
    pub by: Option<String>,
    /// Whether a blocker is solved or a topic was talked over; `None` for all others.
    pub done: Option<bool>,
    /// The votes of a card of the retro; `None` for all others.
    pub votes: Option<u32>,
}

/// The schema of [`TeamList`].
pub const SCHEMA_TEAM: &str = "hackweek/team/1";

/// The team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TeamList {
    /// [`SCHEMA_TEAM`].
    pub schema: String,
    /// In their order, without those who left.
    pub people: Vec<Person>,
}

/// Somebody of the team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Person {
    /// The name.
    pub name: String,
    /// The mail addresses of their commits.
    pub mails: Vec<String>,
}

/// The schema of [`WeekPage`].
pub const SCHEMA_WEEK: &str = "hackweek/week/1";

/// A week at an instant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WeekPage {
    /// [`SCHEMA_WEEK`].
    pub schema: String,
    /// The instant.
    pub now: DateTime<FixedOffset>,
    /// The week, its days and its deadline.
    pub week: ReportWeek,
    /// The day that it is, 1 to 5; `None` on a free day or in another week.
    pub day: Option<u8>,
    /// What that day is for.
    pub phase: Option<String>,
    /// The numbers of the days whose debt counts.
    pub hack_days: Vec<u8>,
    /// Seconds until the deadline; below zero once it is over.
    pub seconds_left: i64,
    /// What the project is called.
    pub title: Option<String>,
    /// What will be demonstrated.
    pub goal: Option<String>,
    /// Tasks that were planned.
    pub tasks_planned: u64,
    /// Of these, those that are done.
    pub tasks_done: u64,
    /// Promises that are neither kept nor called off.
    pub promises_open: u64,
    /// Blockers that nobody has solved.
    pub blockers_open: u64,
}

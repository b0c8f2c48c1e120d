//! The standup, schema `hackweek/standup/1`: for each person what they did since the last one, what
//! they owe, do today and wait for, and what all should know. Field order here is field order in the
//! JSON.

mod build;
mod sheet;
#[cfg(test)]
mod tests;

use chrono::{DateTime, FixedOffset, NaiveDate};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::debt::ReportWeek;
use super::figures::WeekDebt;
use super::rows::{BlockerRow, DebtRow, PromiseRow, RepositoryRow, TaskRow};
use crate::week::round::Turn;

pub use build::{since, standup};
pub(super) use sheet::{heading, promise, sheet};

/// The schema that [`Standup::schema`] names. A change that an old reader would misunderstand takes
/// the next number.
pub const SCHEMA: &str = "hackweek/standup/1";

/// A standup.
///
/// All times carry the offset that the week's timezone has at that time; lengths are seconds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Standup {
    /// [`SCHEMA`].
    pub schema: String,
    /// When the document was made.
    pub generated_at: DateTime<FixedOffset>,
    /// The moment that it speaks of: the same, or the end of the last day once the asked week is
    /// over.
    pub at: DateTime<FixedOffset>,
    /// The week.
    pub week: ReportWeek,
    /// The repositories.
    pub repositories: Vec<RepositoryRow>,
    /// The number of the hack.
    pub hack: Option<u32>,
    /// What the project is called.
    pub title: Option<String>,
    /// What will be demonstrated.
    pub goal: Option<String>,
    /// When the demo is.
    pub demo_at: Option<DateTime<FixedOffset>>,
    /// The date of the standup.
    pub date: NaiveDate,
    /// The day of the week, 1 to 5; `None` on a free day.
    pub day: Option<u8>,
    /// What that day is for.
    pub phase: Option<String>,
    /// From when on commits are new.
    pub since: Since,
    /// The round of the team.
    pub round: Round,
    /// The team in the order of the round, then those who commit and are in no team. Without a team
    /// these are the authors of the week.
    pub people: Vec<Person>,
    /// The promises due on this date that both sides agreed on and that are not over, by their due
    /// times.
    pub promises: Vec<PromiseRow>,
    /// What is to be talked over after the standup.
    pub parked: Vec<Parked>,
    /// What came up in this week, solved or not, and what stops people since an earlier one; oldest
    /// first.
    pub blockers: Vec<BlockerRow>,
    /// The debt of the hack days so far.
    pub debt: WeekDebt,
}

impl Standup {
    /// What people wrote into commits, files and the board: where a secret can stand.
    pub fn texts(&mut self) -> impl Iterator<Item = &mut String> {
        let people = self.people.iter_mut().flat_map(|person| {
            let commits = person.commits.iter_mut().map(|commit| &mut commit.subject);
            let owes = person.owes.iter_mut().flat_map(DebtRow::texts);
            let today = person.today.iter_mut().flat_map(TaskRow::texts);
            let blocked = person.blocked.iter_mut().map(|blocker| &mut blocker.text);
            commits.chain(owes).chain(today).chain(blocked)
        });
        let promises = self.promises.iter_mut().flat_map(PromiseRow::texts);
        let parked = self.parked.iter_mut().map(|topic| &mut topic.text);
        let blockers = self.blockers.iter_mut().map(|blocker| &mut blocker.text);
        people
            .chain(promises)
            .chain(parked)
            .chain(blockers)
            .chain(&mut self.goal)
    }
}

/// From when on commits are new.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Since {
    /// The instant.
    pub at: DateTime<FixedOffset>,
    /// What was then.
    pub what: SinceWhat,
}

/// What a standup looks back to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SinceWhat {
    /// The last standup of an earlier date that was held: somebody had a turn.
    LastStandup,
    /// None was held: the start of the last work day of the week before this date.
    LastWorkDay,
    /// None was held and there is no such day: the start of the week's first day.
    WeekStart,
}

/// The round of a standup.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Round {
    /// When it began.
    pub began: Option<DateTime<FixedOffset>>,
    /// When it ended.
    pub ended: Option<DateTime<FixedOffset>>,
    /// How long it has lasted, by the clock on the wall.
    pub lasted: u64,
    /// How long it may last.
    pub limit: u64,
    /// How long each has.
    pub each: u64,
    /// How far it is behind; below zero: ahead.
    pub behind: i64,
    /// Whether its order was shuffled.
    pub shuffled: bool,
}

/// Somebody in a standup.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Person {
    /// The name.
    pub name: String,
    /// The id on the board; `None` for who is in no team.
    pub id: Option<String>,
    /// Whether it is who asks.
    pub you: bool,
    /// Where the turn is; `None` for who is in no team.
    pub turn: Option<Turn>,
    /// Whether the turn is the next one.
    pub next: bool,
    /// Whether they are not there.
    pub away: bool,
    /// How long they have spoken.
    pub spoke: u64,
    /// Their commits since then, newest first.
    pub commits: Vec<CommitRow>,
    /// Declared items that these commits brought in or back.
    pub opened: u64,
    /// Declared items that went with them.
    pub paid: u64,
    /// The open debt that they brought in this week, that was carried into it, or that they took,
    /// riskiest first. What somebody else took is owed by them.
    pub owes: Vec<DebtRow>,
    /// Open tasks up to today.
    pub today: Vec<TaskRow>,
    /// What stops them, oldest first.
    pub blocked: Vec<BlockerRow>,
}

/// A commit in a standup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CommitRow {
    /// The repository's name.
    pub repository: String,
    /// Its id.
    pub id: String,
    /// The time that decides its day.
    pub time: DateTime<FixedOffset>,
    /// The first line of its message.
    pub subject: String,
    /// Whether it is a merge.
    pub merge: bool,
    /// Declared items that it brought in or back.
    pub opened: u64,
    /// Declared items that went with it.
    pub paid: u64,
}

/// A topic for after the standup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Parked {
    /// What it is.
    pub text: String,
    /// Who brought it up.
    pub by: Option<String>,
    /// On which date.
    pub on: NaiveDate,
}

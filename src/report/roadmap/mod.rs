//! The roadmap, schema `hackweek/roadmap/1`: what the project is, its features, and when its
//! milestones come if the next hacks go like the last ones. Field order here is field order in the
//! JSON.

mod build;
mod say;
mod sheet;
#[cfg(test)]
mod tests;

use chrono::{DateTime, FixedOffset, NaiveDate};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::week::roadmap::Milestone;

pub use build::{Asked, roadmap};
pub use say::{after, rows_of};
pub(super) use sheet::sheet;

/// The schema that [`Roadmap::schema`] names.
pub const SCHEMA: &str = "hackweek/roadmap/1";

/// How many of the last hacks the forecast draws from.
pub const LAST: usize = 6;

/// The roadmap of a project. There is one, as it is now: it does not turn with the weeks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Roadmap {
    /// [`SCHEMA`].
    pub schema: String,
    /// When the document was made.
    pub generated_at: DateTime<FixedOffset>,
    /// What the project is called.
    pub title: Option<String>,
    /// What it is.
    pub is: Option<String>,
    /// What it solves.
    pub solves: Option<String>,
    /// Tasks that were done in all hacks that are over.
    pub done: u64,
    /// The features that were not given up, in their order.
    pub features: Vec<Feature>,
    /// What the forecast is made of.
    pub pace: Pace,
    /// The coming hacks, as far as any milestone or feature needs them and at least six.
    pub coming: Vec<Hack>,
    /// The milestones that any feature is of.
    pub milestones: Vec<Projection>,
    /// The weeks without a hack among the coming ones, those that follow each other as one.
    pub without_hacks: Vec<Break>,
    /// What the last hack changed; `None` before the first is over.
    pub after: Option<After>,
}

impl Roadmap {
    /// All texts in it that people wrote.
    pub fn texts(&mut self) -> impl Iterator<Item = &mut String> {
        let names = self.features.iter_mut().map(|feature| &mut feature.name);
        (names.chain(&mut self.title))
            .chain(&mut self.is)
            .chain(&mut self.solves)
    }
}

/// A feature.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Feature {
    /// What commands take.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The milestone that needs it.
    pub stage: Milestone,
    /// How many tasks it still takes.
    pub left: u32,
    /// How often what belongs to it was carried.
    pub times_carried: u64,
    /// The weeks in which it was worked on.
    pub worked: Vec<String>,
    /// Where it lies in the coming hacks, if these do as many tasks as the last did on average and
    /// the features come one after the other: 1.5 is the middle of the second. A sketch, and no
    /// forecast. `None` where it is done, or without a pace.
    pub span: Option<(f64, f64)>,
}

/// A hack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Hack {
    /// Its number.
    pub hack: Option<u32>,
    /// Its week.
    pub week: String,
    /// Its last day.
    pub date: NaiveDate,
}

/// What the forecast is made of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Pace {
    /// The last hacks that are over, oldest first, at most [`LAST`].
    pub hacks: Vec<PaceRow>,
    /// What each run draws from: the tasks done in these, or what somebody asks for.
    pub draws: Vec<u32>,
    /// By how many tasks the scope grows in a hack, on average.
    pub growth: u32,
    /// How many runs.
    pub runs: u32,
    /// The seed of the runs.
    pub seed: u64,
    /// Whether somebody asks what would be if.
    pub what_if: bool,
}

/// A hack that is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PaceRow {
    /// Its number.
    pub hack: Option<u32>,
    /// Its week.
    pub week: String,
    /// Tasks that were planned.
    pub planned: Option<u32>,
    /// Of these, those that were done.
    pub done: u32,
}

/// When a milestone comes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Projection {
    /// The milestone.
    pub milestone: Milestone,
    /// Tasks that are left to it.
    pub left: u32,
    /// How likely it is that it is done by the end of each coming hack, until it is in all runs and
    /// at most two years far; empty without a pace, and where nothing is left.
    pub odds: Vec<Odds>,
    /// Which of these, from 0, the plain average of the tasks done names.
    pub average: Option<usize>,
    /// Which of these to say: the first with 85 in 100.
    pub say: Option<usize>,
}

/// How likely it is that a milestone is done by the end of a hack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Odds {
    /// The number of the hack.
    pub hack: Option<u32>,
    /// Its week.
    pub week: String,
    /// Its last day.
    pub date: NaiveDate,
    /// In how many of 100 runs; 100 only if in all.
    pub percent: u32,
}

/// Weeks without a hack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Break {
    /// The Monday of the first.
    pub first: NaiveDate,
    /// The Friday of the last.
    pub last: NaiveDate,
}

/// What the last hack changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct After {
    /// Its number.
    pub hack: Option<u32>,
    /// Tasks that were planned in it.
    pub planned: Option<u32>,
    /// Of these, those that were done: as many as to plan for the next.
    pub done: u32,
    /// The number of the next.
    pub next: Option<u32>,
    /// The hack that was to be said for each milestone before it, and the one that is now, by number.
    pub moved: Vec<Moved>,
    /// By how many tasks the scope grew in it; `None` where that is not known.
    pub scope_grew: Option<i64>,
    /// What the debt that was carried out of it costs, in tasks; `None` where that is not known. Half
    /// a week builds and half pays back: so the items paid in time took as long as the tasks done.
    pub carried_costs: Option<f64>,
}

/// What is said of a milestone, before and after a hack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Moved {
    /// The milestone.
    pub milestone: Milestone,
    /// The number of the hack that was said.
    pub from: u32,
    /// The one that is said now.
    pub to: u32,
}

//! The whiteboard as a document, schema `hackweek/roadmap/1`. Field order here is field order in the
//! JSON.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The schema of [`RoadmapPage`].
pub const SCHEMA_ROADMAP: &str = "hackweek/roadmap/1";

/// What is on the whiteboard, and when its milestones come.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RoadmapPage {
    /// [`SCHEMA_ROADMAP`].
    pub schema: String,
    /// The week that it is looked at from.
    pub week: String,
    /// What the project is.
    pub is: Option<String>,
    /// What it solves.
    pub solves: Option<String>,
    /// By how many tasks the scope grows in a week, as somebody said.
    pub growth: Option<u32>,
    /// In their order, without those that were given up.
    pub features: Vec<Feature>,
    /// Alpha and beta, which holds alpha.
    pub milestones: Vec<Milestone>,
    /// The weeks that the forecast is drawn from, oldest first: six at the most, and only the weeks
    /// that are over.
    pub hacks: Vec<Hack>,
    /// The weeks to come in which there is no hack.
    pub skipped: Vec<String>,
    /// How often the forecast was drawn.
    pub runs: u32,
    /// The seed of it: the same board gives the same dates.
    pub seed: u64,
}

/// A feature.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Feature {
    /// What commands take; they take the name, too.
    pub id: String,
    /// Its name.
    pub name: String,
    /// `alpha` or `beta`: the milestone that needs it.
    pub stage: String,
    /// How many tasks it still takes.
    pub left: u32,
    /// The weeks in which it was worked on.
    pub worked: Vec<String>,
    /// How often its tasks and actions were carried, at most.
    pub times_carried: u64,
    /// From where on it lies at the average pace, in weeks with a hack from now; `None` where nothing
    /// is left, or no pace is known.
    pub from: Option<f64>,
    /// Until where.
    pub to: Option<f64>,
}

/// A milestone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Milestone {
    /// `alpha` or `beta`.
    pub name: String,
    /// How many tasks are left to it.
    pub left: u32,
    /// The week that the plain average names; `None`: no pace yet.
    pub average: Option<String>,
    /// The week to say: the first with 85 in 100; `None`: no pace yet, or none within sight.
    pub say: Option<String>,
    /// The odds of being done by the end of each week with a hack, from the first that has any to the
    /// first that is as good as sure.
    pub weeks: Vec<Coming>,
}

/// The odds of a week to come.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Coming {
    /// `2026-W50`.
    pub week: String,
    /// The number of its hack, where hacks are numbered.
    pub number: Option<u32>,
    /// Its last day.
    pub ends: NaiveDate,
    /// In 100.
    pub percent: u32,
}

/// What a week did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hack {
    /// The week.
    pub week: String,
    /// Its number, where it has one.
    pub number: Option<u32>,
    /// The tasks that were done in it.
    pub done: Option<u32>,
}

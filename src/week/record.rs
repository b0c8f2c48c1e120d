//! What is written of a week as a whole: its number and goal, its hour of planning, its mood, and
//! the figures with which it was closed, which are what later weeks learn from.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::board::Board;
use super::change::{Change, Pen};
use super::facts::Entity;
use super::family::Family;
use super::id::Id;
use super::name::WeekName;
use super::refusal::{Refusal, line};
use super::timer::Timer;

/// What a week came to. What is not known is left out, as with weeks from before the tool was used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Figures {
    /// How many tasks were planned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tasks_planned: Option<u32>,
    /// How many of them were done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tasks_done: Option<u32>,
    /// How many items of debt the hack days brought.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub debt_opened: Option<u32>,
    /// How many of them were paid in time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub debt_paid: Option<u32>,
    /// How many were closed on day 4.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paid_on_day_4: Option<u32>,
    /// How many were paid in an hour of work on days 3 and 4.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pace: Option<f64>,
    /// How many promises were made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promises_made: Option<u32>,
    /// How many of them were kept in time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promises_kept: Option<u32>,
    /// How long planning took, in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub planning: Option<u32>,
    /// The mood, 1 to 5.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mood: Option<f64>,
    /// How many tasks were left to alpha.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alpha_left: Option<u32>,
    /// How many tasks were left to beta, those to alpha counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub beta_left: Option<u32>,
}

/// What is written of a week.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Record {
    /// The number of the hack, from 1.
    pub number: Option<u32>,
    /// What the project is called.
    pub title: String,
    /// What will be demonstrated.
    pub goal: String,
    /// When the demo is.
    pub demo_at: Option<DateTime<Utc>>,
    /// Where and when the beer is.
    pub beer: String,
    /// Whether it is a week without a hack.
    pub skipped: bool,
    /// The timer of planning.
    pub planning: Timer,
    /// How people feel about it, in tenths, 10 to 50.
    pub mood: BTreeMap<Id, u8>,
    /// When day 4 was closed.
    pub paid_back: Option<DateTime<Utc>>,
    /// When it was closed.
    pub closed: Option<DateTime<Utc>>,
    /// What it came to.
    pub figures: Option<Figures>,
}

impl Record {
    pub(super) fn read(entity: &Entity) -> Self {
        let mood = entity.under("mood/").filter_map(|(person, mood)| {
            let mood = u8::try_from(mood.as_u64()?).ok()?;
            Some((person.parse().ok()?, mood))
        });
        Self {
            number: entity.read("number"),
            title: entity.text("title"),
            goal: entity.text("goal"),
            demo_at: entity.instant("demo_at"),
            beer: entity.text("beer"),
            skipped: entity.holds("skipped"),
            planning: entity.read("planning").unwrap_or_default(),
            mood: mood.collect(),
            paid_back: entity.instant("paid_back"),
            closed: entity.instant("closed"),
            figures: entity.read("figures"),
        }
    }

    /// The mood of the team, 1 to 5; `None` where nobody said.
    pub fn mood_average(&self) -> Option<f64> {
        let sum: u32 = self.mood.values().map(|mood| u32::from(*mood)).sum();
        let count = u32::try_from(self.mood.len())
            .ok()
            .filter(|count| *count > 0)?;
        Some(f64::from(sum) / f64::from(count) / 10.0)
    }
}

/// What can be done to a week as a whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum WeekCommand {
    /// Numbers it.
    Number(Option<u32>),
    /// Says what the project is called.
    Title(String),
    /// Says what will be demonstrated, and when.
    Goal {
        /// What.
        goal: String,
        /// When.
        demo_at: Option<DateTime<Utc>>,
    },
    /// Starts the hour of planning, or lets it run again.
    StartPlanning,
    /// Stops it.
    StopPlanning,
    /// Says that there is no hack in it, or that there is.
    Skip(bool),
    /// Writes down what it came to, as for weeks from before the tool was used.
    Record(Figures),
    /// Closes it with what it came to.
    Close(Figures),
    /// Opens it again.
    Reopen,
}

pub(super) fn decide(
    board: &Board,
    week: WeekName,
    command: &WeekCommand,
    pen: &Pen<'_>,
) -> Result<Vec<Change>, Refusal> {
    use WeekCommand as C;
    let change = Change::set(Family::Week, &week.into());
    let record = board.week(week).record();
    Ok(vec![match command {
        C::Number(number) => change.with("number", number),
        C::Title(title) => change.with("title", line("the title", title)?),
        C::Goal { goal, demo_at } => change
            .with("goal", line("the goal", goal)?)
            .at("demo_at", *demo_at),
        C::StartPlanning => change.with("planning", record.planning.start(pen.at)),
        C::StopPlanning if !record.planning.runs() => {
            return Err(Refusal::Not {
                what: "planning".to_owned(),
                state: "not running",
                advice: "start it first",
            });
        }
        C::StopPlanning => change.with("planning", record.planning.stop(pen.at)),
        C::Skip(skipped) => change.with("skipped", skipped.then_some(true)),
        C::Record(figures) => change.with("figures", figures),
        C::Close(figures) => change.with("figures", figures).at("closed", Some(pen.at)),
        C::Reopen => change.at("closed", None),
    }])
}

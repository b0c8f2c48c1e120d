//! The whiteboard of a big project: what it is, what it solves, its features, alpha and beta.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::board::Board;
use super::change::{Change, Pen};
use super::facts::Entity;
use super::family::Family;
use super::id::Id;
use super::name::WeekName;
use super::order::between;
use super::refusal::{Refusal, line};

/// A milestone.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Milestone {
    /// The first that others see.
    Alpha,
    /// The first that others can rely on: it holds alpha.
    Beta,
}

/// What the project is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Roadmap {
    /// What it is.
    pub is: String,
    /// What it solves.
    pub solves: String,
    /// By how many tasks the scope grows in a week, as somebody set it for the forecast.
    pub growth: Option<u32>,
}

impl Roadmap {
    pub(super) fn read(entity: &Entity) -> Self {
        Self {
            is: entity.text("is"),
            solves: entity.text("solves"),
            growth: entity.read("growth"),
        }
    }
}

/// A feature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Feature {
    /// Which.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// The milestone that needs it.
    pub stage: Milestone,
    /// How many tasks it still takes.
    pub left: u32,
    /// The place among the others.
    pub order: String,
    /// The weeks in which it was worked on, ascending.
    pub worked: Vec<WeekName>,
    /// Whether it was given up.
    pub dropped: bool,
}

impl Feature {
    pub(super) fn read(entity: &Entity) -> Option<Self> {
        Some(Self {
            id: entity.id.clone(),
            name: entity.text("name"),
            stage: entity.read("stage")?,
            left: entity.read("left").unwrap_or(0),
            order: entity.text("order"),
            worked: entity.set("worked/"),
            dropped: entity.holds("dropped"),
        })
    }

    /// Whether nothing of it is left.
    pub fn is_done(&self) -> bool {
        self.left == 0
    }
}

/// Where a feature lies in the weeks to come, in weeks from now: 1.5 is the middle of the second.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Span {
    /// The feature.
    pub feature: Id,
    /// From when.
    pub from: f64,
    /// Until when.
    pub to: f64,
}

/// Features one after the other as they are ordered, at a pace in tasks a week; empty at no pace.
/// A sketch: what the dotted lines of the roadmap are, not a forecast.
pub fn spans(features: &[&Feature], pace: f64) -> Vec<Span> {
    if pace <= 0.0 {
        return Vec::new();
    }
    let mut at = 0.0;
    let open = features
        .iter()
        .filter(|feature| !feature.is_done() && !feature.dropped);
    open.map(|feature| {
        let from = at;
        at += f64::from(feature.left) / pace;
        Span {
            feature: feature.id.clone(),
            from,
            to: at,
        }
    })
    .collect()
}

/// What can be done to the roadmap.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum RoadmapCommand {
    /// Says what the project is.
    Is(String),
    /// Says what it solves.
    Solves(String),
    /// Says by how many tasks the scope grows in a week; `None`: as it did.
    Growth(Option<u32>),
    /// Adds a feature.
    Add {
        /// Its name.
        name: String,
        /// The milestone that needs it.
        stage: Milestone,
        /// How many tasks it takes.
        left: u32,
    },
    /// Says what a feature is anew.
    Set {
        /// Which.
        feature: Id,
        /// The name.
        name: String,
        /// The milestone that needs it.
        stage: Milestone,
        /// How many tasks it still takes.
        left: u32,
    },
    /// One task of a feature was done in a week.
    Done {
        /// Which.
        feature: Id,
        /// The week.
        week: WeekName,
    },
    /// Gives a feature another name.
    Rename {
        /// Which.
        feature: Id,
        /// The name.
        name: String,
    },
    /// Puts a feature to another milestone.
    Stage {
        /// Which.
        feature: Id,
        /// The milestone.
        stage: Milestone,
    },
    /// Says how many tasks a feature still takes.
    Left {
        /// Which.
        feature: Id,
        /// How many.
        left: u32,
    },
    /// Says that a feature was worked on in a week, or was not.
    Work {
        /// Which.
        feature: Id,
        /// The week.
        week: WeekName,
        /// Whether.
        worked: bool,
    },
    /// Moves a feature behind another; `None`: it becomes the first.
    Move {
        /// Which.
        feature: Id,
        /// The one before it.
        after: Option<Id>,
    },
    /// Gives a feature up, or not.
    Drop {
        /// Which.
        feature: Id,
        /// Whether.
        dropped: bool,
    },
    /// Takes a feature away.
    Delete {
        /// Which.
        feature: Id,
    },
}

/// The id of the one roadmap.
pub(super) const ROADMAP: &str = "roadmap";

pub(super) fn decide(
    board: &Board,
    command: &RoadmapCommand,
    pen: &mut Pen<'_>,
) -> Result<Vec<Change>, Refusal> {
    use RoadmapCommand as C;
    let whole = || {
        let id = Id::key(ROADMAP).map_err(|_| Refusal::Already)?;
        Ok::<_, Refusal>(Change::set(Family::Roadmap, &id))
    };
    let set = |feature: &Id| {
        board.known(&board.features, "feature", feature)?;
        Ok::<_, Refusal>(Change::set(Family::Feature, feature))
    };
    Ok(vec![match command {
        C::Is(text) => whole()?.with("is", line("what it is", text)?),
        C::Solves(text) => whole()?.with("solves", line("what it solves", text)?),
        C::Growth(growth) => whole()?.with("growth", growth),
        C::Add { name, stage, left } => {
            let last = board.features().last().map(|feature| feature.order.clone());
            Change::new(Family::Feature, pen.id())
                .with("name", line("a feature", name)?)
                .with("stage", stage)
                .with("left", left)
                .with("order", between(last.as_deref(), None))
        }
        C::Set {
            feature,
            name,
            stage,
            left,
        } => set(feature)?
            .with("name", line("a feature", name)?)
            .with("stage", stage)
            .with("left", left),
        C::Done { feature, week } => {
            let known = board.known(&board.features, "feature", feature)?;
            let left = known.left.checked_sub(1).ok_or_else(|| Refusal::Not {
                what: known.name.clone(),
                state: "done already",
                advice: "add what is left of it first",
            })?;
            set(feature)?
                .with("left", left)
                .with(format!("worked/{week}"), true)
        }
        C::Rename { feature, name } => set(feature)?.with("name", line("a feature", name)?),
        C::Stage { feature, stage } => set(feature)?.with("stage", stage),
        C::Left { feature, left } => set(feature)?.with("left", left),
        C::Work {
            feature,
            week,
            worked,
        } => set(feature)?.with(format!("worked/{week}"), worked.then_some(true)),
        C::Move { feature, after } => {
            let change = set(feature)?;
            let others = board.features();
            let mut others = others.iter().filter(|other| other.id != *feature);
            let before = match after {
                None => None,
                Some(after) => others.find(|other| other.id == *after),
            };
            let behind = others.next();
            let (before, behind) = (before.map(|f| &*f.order), behind.map(|f| &*f.order));
            change.with("order", between(before, behind))
        }
        C::Drop { feature, dropped } => set(feature)?.with("dropped", dropped.then_some(true)),
        C::Delete { feature } => {
            set(feature)?;
            Change::delete(Family::Feature, feature)
        }
    }])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_task_that_is_done_is_one_less_and_marks_the_week() {
        use crate::week::Book;
        let mut book = Book::new(Default::default(), 1);
        let at = "2026-11-18T09:00:00Z".parse().unwrap();
        let name = "ledger".to_owned();
        let add = RoadmapCommand::Add {
            name,
            stage: Milestone::Alpha,
            left: 1,
        };
        let feature = book.run(add, at).unwrap()[0].entity.clone();
        let week: WeekName = "2026-W47".parse().unwrap();
        let done = RoadmapCommand::Done {
            feature: feature.clone(),
            week,
        };
        book.run(done.clone(), at).unwrap();
        let known = &book.board().features[&feature];
        assert_eq!((known.left, known.worked.as_slice()), (0, &[week][..]));
        assert_eq!(book.last_sentence().unwrap(), "ledger: 0 tasks left");
        assert!(book.run(done, at).is_err());
        book.undo(at).unwrap();
        assert_eq!(book.board().left_to(Milestone::Alpha), 1);
    }

    #[test]
    fn features_follow_each_other_at_the_pace_of_the_team() {
        let feature = |id: &str, left| Feature {
            id: id.parse().unwrap(),
            name: id.to_owned(),
            stage: Milestone::Alpha,
            left,
            order: String::new(),
            worked: Vec::new(),
            dropped: false,
        };
        let features = [
            feature("charge", 0),
            feature("webhook", 3),
            feature("ledger", 6),
        ];
        let spans = spans(&features.iter().collect::<Vec<_>>(), 6.0);
        let ends: Vec<(f64, f64)> = spans.iter().map(|span| (span.from, span.to)).collect();
        assert_eq!(ends, [(0.0, 0.5), (0.5, 1.5)]);
        assert_eq!(super::spans(&features.iter().collect::<Vec<_>>(), 0.0), []);
    }
}

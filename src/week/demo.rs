//! The demo: what each shows, what they say of it, and what debt was seen. Order and time are those
//! of its round.

use chrono::{DateTime, Utc};
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

/// What becomes of a hack after it was shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Nobody has said.
    #[default]
    Undecided,
    /// It goes.
    Undo,
    /// It stays.
    Keep,
}

/// A hack that is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Show {
    /// Which.
    pub id: Id,
    /// The week.
    pub week: WeekName,
    /// Who shows it.
    pub by: Id,
    /// What it is.
    pub what: String,
    /// When it was seen; `None`: not yet.
    pub seen_at: Option<DateTime<Utc>>,
    /// What becomes of it.
    pub verdict: Verdict,
    /// The items of debt that were seen with it.
    pub debt: Vec<Id>,
    /// The place among the others.
    pub order: String,
}

impl Show {
    pub(super) fn read(entity: &Entity) -> Option<Self> {
        Some(Self {
            id: entity.id.clone(),
            week: entity.read("week")?,
            by: entity.read("by")?,
            what: entity.text("what"),
            seen_at: entity.instant("at"),
            verdict: entity.read("verdict").unwrap_or_default(),
            debt: entity.set("debt/"),
            order: entity.text("order"),
        })
    }
}

/// What can be done in the demo, beside its turns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum DemoCommand {
    /// Puts a hack on the list.
    Add {
        /// The week.
        week: WeekName,
        /// Who shows it.
        by: Id,
        /// What it is.
        what: String,
    },
    /// It was seen, or was not.
    See {
        /// Which.
        show: Id,
        /// Whether it was.
        seen: bool,
    },
    /// An item of debt was seen with it.
    SeeDebt {
        /// With which.
        show: Id,
        /// The item.
        item: Id,
    },
    /// Says what becomes of it.
    Judge {
        /// Which.
        show: Id,
        /// What becomes of it.
        verdict: Verdict,
    },
    /// Takes it off the list.
    Delete {
        /// Which.
        show: Id,
    },
}

pub(super) fn decide(
    board: &Board,
    command: &DemoCommand,
    pen: &mut Pen<'_>,
) -> Result<Vec<Change>, Refusal> {
    use DemoCommand as C;
    let set = |show: &Id| {
        board.known(&board.shows, "hack", show)?;
        Ok::<_, Refusal>(Change::set(Family::Show, show))
    };
    Ok(vec![match command {
        C::Add { week, by, what } => {
            board.known_person(by)?;
            let last = board
                .week(*week)
                .shows()
                .last()
                .map(|other| other.order.clone());
            Change::new(Family::Show, pen.id())
                .with("week", week)
                .with("by", by)
                .with("what", line("a hack", what)?)
                .with("order", between(last.as_deref(), None))
        }
        C::See { show, seen } => set(show)?.at("at", seen.then_some(pen.at)),
        C::SeeDebt { show, item } => {
            let seen = set(show)?.with(format!("debt/{item}"), true);
            let debt = Change::set(Family::Debt, item).at("seen_at", Some(pen.at));
            return Ok(vec![seen, debt]);
        }
        C::Judge { show, verdict } => set(show)?.with("verdict", verdict),
        C::Delete { show } => {
            set(show)?;
            Change::delete(Family::Show, show)
        }
    }])
}

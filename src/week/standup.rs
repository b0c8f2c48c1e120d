//! The standup beside its round: what blocks people, since when, and what is parked for later.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::board::Board;
use super::change::{Change, Pen};
use super::facts::Entity;
use super::family::Family;
use super::id::Id;
use super::name::WeekName;
use super::refusal::{Refusal, line};

/// What stops somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Blocker {
    /// Which.
    pub id: Id,
    /// The week in which it came up.
    pub week: WeekName,
    /// Whom it stops.
    pub person: Id,
    /// What it is.
    pub text: String,
    /// Since when.
    pub since: DateTime<Utc>,
    /// When it went away.
    pub solved: Option<DateTime<Utc>>,
}

impl Blocker {
    pub(super) fn read(entity: &Entity) -> Option<Self> {
        Some(Self {
            id: entity.id.clone(),
            week: entity.read("week")?,
            person: entity.read("person")?,
            text: entity.text("text"),
            since: entity.instant("since").unwrap_or_else(|| entity.since()),
            solved: entity.instant("solved"),
        })
    }

    /// Whether it still stops somebody.
    pub fn is_open(&self) -> bool {
        self.solved.is_none()
    }

    /// How long it lasts at an instant, or lasted.
    pub fn age(&self, at: DateTime<Utc>) -> TimeDelta {
        (self.solved.unwrap_or(at) - self.since).max(TimeDelta::zero())
    }
}

/// A topic for after the standup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Parked {
    /// Which.
    pub id: Id,
    /// The week.
    pub week: WeekName,
    /// The date of the standup.
    pub on: NaiveDate,
    /// Who brought it up.
    pub by: Option<Id>,
    /// What it is.
    pub text: String,
    /// Whether it was talked over.
    pub done: bool,
}

impl Parked {
    pub(super) fn read(entity: &Entity) -> Option<Self> {
        Some(Self {
            id: entity.id.clone(),
            week: entity.read("week")?,
            on: entity.read("on")?,
            by: entity.read("by"),
            text: entity.text("text"),
            done: entity.holds("done"),
        })
    }
}

/// What can be done in a standup, beside its turns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum StandupCommand {
    /// Somebody is stopped.
    Block {
        /// The week.
        week: WeekName,
        /// Who.
        person: Id,
        /// By what.
        text: String,
        /// Since when; `None`: now.
        since: Option<DateTime<Utc>>,
    },
    /// A blocker is gone, or is back.
    Solve {
        /// Which.
        blocker: Id,
        /// Whether it is gone.
        solved: bool,
    },
    /// Takes a blocker away.
    DeleteBlocker {
        /// Which.
        blocker: Id,
    },
    /// Parks a topic.
    Park {
        /// The week.
        week: WeekName,
        /// The date of the standup.
        on: NaiveDate,
        /// Who brought it up.
        by: Option<Id>,
        /// What it is.
        text: String,
    },
    /// A topic was talked over, or was not.
    Settle {
        /// Which.
        parked: Id,
        /// Whether it was.
        done: bool,
    },
    /// Takes a topic away.
    DeleteParked {
        /// Which.
        parked: Id,
    },
}

pub(super) fn decide(
    board: &Board,
    command: &StandupCommand,
    pen: &mut Pen<'_>,
) -> Result<Vec<Change>, Refusal> {
    use StandupCommand as C;
    let change = match command {
        C::Block {
            week,
            person,
            text,
            since,
        } => {
            board.known_person(person)?;
            Change::new(Family::Blocker, pen.id())
                .with("week", week)
                .with("person", person)
                .with("text", line("a blocker", text)?)
                .at("since", Some(since.unwrap_or(pen.at)))
        }
        C::Solve { blocker, solved } => {
            board.known(&board.blockers, "blocker", blocker)?;
            Change::set(Family::Blocker, blocker).at("solved", solved.then_some(pen.at))
        }
        C::DeleteBlocker { blocker } => {
            board.known(&board.blockers, "blocker", blocker)?;
            Change::delete(Family::Blocker, blocker)
        }
        C::Park { week, on, by, text } => Change::new(Family::Parked, pen.id())
            .with("week", week)
            .with("on", on)
            .with("by", by)
            .with("text", line("a topic", text)?),
        C::Settle { parked, done } => {
            board.known(&board.parked, "topic", parked)?;
            Change::set(Family::Parked, parked).with("done", done)
        }
        C::DeleteParked { parked } => {
            board.known(&board.parked, "topic", parked)?;
            Change::delete(Family::Parked, parked)
        }
    };
    Ok(vec![change])
}

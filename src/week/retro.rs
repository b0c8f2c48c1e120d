//! The retro: cards and votes, actions that are carried until they are done, mood, the beer.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::board::Board;
use super::change::{Change, Pen};
use super::facts::Entity;
use super::family::Family;
use super::id::Id;
use super::name::WeekName;
use super::order::between;
use super::refusal::{Refusal, line};
use super::timer::Timer;

/// The column of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// What stays.
    Keep,
    /// What changes.
    Change,
    /// What is tried.
    Try,
}

/// A card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Card {
    /// Which.
    pub id: Id,
    /// The week.
    pub week: WeekName,
    /// The column.
    pub column: Column,
    /// The words.
    pub text: String,
    /// Who wrote it.
    pub by: Option<Id>,
    /// The votes, by who gave them.
    pub votes: BTreeMap<Id, u32>,
    /// The card that it was merged into.
    pub into: Option<Id>,
    /// The place in its column.
    pub order: String,
    /// When it was written.
    pub since: DateTime<Utc>,
}

impl Card {
    pub(super) fn read(entity: &Entity) -> Option<Self> {
        let votes = entity.under("votes/").filter_map(|(person, count)| {
            let count = u32::try_from(count.as_u64()?)
                .ok()
                .filter(|count| *count > 0)?;
            Some((person.parse().ok()?, count))
        });
        Some(Self {
            id: entity.id.clone(),
            week: entity.read("week")?,
            column: entity.read("column")?,
            text: entity.own("text")?.as_str()?.to_owned(),
            by: entity.read("by"),
            votes: votes.collect(),
            into: entity.read("into"),
            order: entity.text("order"),
            since: entity.since(),
        })
    }

    /// How many votes it has.
    pub fn vote_count(&self) -> u32 {
        self.votes
            .values()
            .fold(0, |sum, votes| sum.saturating_add(*votes))
    }
}

/// What the retro has somebody do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Action {
    /// Which.
    pub id: Id,
    /// The week that it is for.
    pub week: WeekName,
    /// What is to be done.
    pub text: String,
    /// Who does it.
    pub owner: Option<Id>,
    /// The day of that week.
    pub day: Option<u8>,
    /// When it was done.
    pub done_at: Option<DateTime<Utc>>,
    /// Whether it was given up.
    pub dropped: bool,
    /// The weeks that it was carried out of, ascending.
    pub carried: Vec<WeekName>,
    /// The feature of the whiteboard that it belongs to.
    pub feature: Option<Id>,
    /// The place among the others.
    pub order: String,
}

impl Action {
    pub(super) fn read(entity: &Entity) -> Option<Self> {
        Some(Self {
            id: entity.id.clone(),
            week: entity.read("week")?,
            text: entity.text("text"),
            owner: entity.read("owner"),
            day: entity.read("day"),
            done_at: entity.instant("done_at"),
            dropped: entity.holds("dropped"),
            carried: entity.set("carried/"),
            feature: entity.read("feature"),
            order: entity.text("order"),
        })
    }

    /// How often it was on the list by a week, that one counted: 2 is "2nd time".
    pub fn times_in(&self, week: WeekName) -> usize {
        self.carried
            .iter()
            .filter(|carried| **carried < week)
            .count()
            + 1
    }

    /// Whether it was for a week: is, or was carried out of it.
    pub fn was_for(&self, week: WeekName) -> bool {
        self.week == week || self.carried.contains(&week)
    }
}

/// The topic that the retro is at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Topic {
    /// The week's name, as the id.
    pub week: Id,
    /// The card that is talked over.
    pub card: Id,
    /// For how long.
    pub timer: Timer,
}

impl Topic {
    pub(super) fn read(entity: &Entity) -> Option<Self> {
        Some(Self {
            week: entity.id.clone(),
            card: entity.read("card")?,
            timer: entity.read("timer").unwrap_or_default(),
        })
    }
}

/// What can be done in the retro. Cards can be written on any day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum RetroCommand {
    /// Writes a card.
    Card {
        /// The week.
        week: WeekName,
        /// The column.
        column: Column,
        /// The words.
        text: String,
        /// Who writes.
        by: Option<Id>,
    },
    /// Writes a card anew. Only where it was written.
    Edit {
        /// Which.
        card: Id,
        /// The words.
        text: String,
    },
    /// Puts a card into another column.
    Put {
        /// Which.
        card: Id,
        /// Where.
        column: Column,
    },
    /// Gives a card a vote, or takes one back.
    Vote {
        /// Which.
        card: Id,
        /// Who.
        person: Id,
        /// Whether one more or one less.
        more: bool,
    },
    /// Merges a card into another; its votes count there. `None` parts them again.
    Merge {
        /// Which.
        card: Id,
        /// Into which.
        into: Option<Id>,
    },
    /// Takes a card away.
    Delete {
        /// Which.
        card: Id,
    },
    /// Goes to a topic and starts its time.
    Topic {
        /// The week.
        week: WeekName,
        /// The card.
        card: Id,
    },
    /// Stops the time of the topic, or lets it run again.
    PauseTopic {
        /// The week.
        week: WeekName,
    },
    /// Has somebody do something in a week.
    Action {
        /// The week that it is for.
        week: WeekName,
        /// What.
        text: String,
        /// Who.
        owner: Option<Id>,
        /// On which day.
        day: Option<u8>,
    },
    /// Writes an action anew.
    EditAction {
        /// Which.
        action: Id,
        /// What.
        text: String,
    },
    /// Says who does an action, on which day, and how it reads.
    SetAction {
        /// Which.
        action: Id,
        /// What.
        text: String,
        /// Who.
        owner: Option<Id>,
        /// On which day.
        day: Option<u8>,
    },
    /// An action is done, or is not.
    Finish {
        /// Which.
        action: Id,
        /// Whether it is.
        done: bool,
    },
    /// Carries an action into another week.
    CarryAction {
        /// Which.
        action: Id,
        /// Into which week.
        into: WeekName,
        /// On which day.
        day: Option<u8>,
    },
    /// Says which feature an action belongs to.
    ServeAction {
        /// Which.
        action: Id,
        /// The feature.
        feature: Option<Id>,
    },
    /// Gives an action up, or not.
    DropAction {
        /// Which.
        action: Id,
        /// Whether.
        dropped: bool,
    },
    /// Says how somebody feels about the week; `None` takes it back.
    Mood {
        /// The week.
        week: WeekName,
        /// Who.
        person: Id,
        /// How, in tenths: 10 is worst, 50 best.
        mood: Option<u8>,
    },
    /// Says when and where the beer is; empty: nowhere.
    Beer {
        /// The week.
        week: WeekName,
        /// When and where.
        text: String,
    },
}

pub(super) fn decide(
    board: &Board,
    command: &RetroCommand,
    pen: &mut Pen<'_>,
) -> Result<Vec<Change>, Refusal> {
    use RetroCommand as C;
    let known = |card: &Id| board.known(&board.cards, "card", card);
    let card = |card: &Id| Ok::<_, Refusal>((known(card)?, Change::set(Family::Card, card)));
    let action = |action: &Id| {
        let known = board.known(&board.actions, "action", action)?;
        Ok::<_, Refusal>((known, Change::set(Family::Action, action)))
    };
    let change = match command {
        C::Card {
            week,
            column,
            text,
            by,
        } => {
            let cards = board
                .cards
                .values()
                .filter(|c| c.week == *week && c.column == *column);
            let last = cards.map(|c| c.order.clone()).max();
            Change::new(Family::Card, pen.id())
                .with("week", week)
                .with("column", column)
                .with("text", line("a card", text)?)
                .with("by", by)
                .with("order", between(last.as_deref(), None))
        }
        C::Edit { card: id, text } => {
            let (_, change) = card(id)?;
            let entity = board.facts().entity(Family::Card, id);
            if entity.is_none_or(|entity| entity.first().writer != *pen.writer) {
                return Err(Refusal::NotYours { what: "card" });
            }
            change.with("text", line("a card", text)?)
        }
        C::Put { card: id, column } => card(id)?.1.with("column", column),
        C::Vote {
            card: id,
            person,
            more,
        } => {
            let (known, change) = card(id)?;
            let name = board.known_person(person)?.name.clone();
            let own = known.votes.get(person).copied().unwrap_or(0);
            let limit = pen.rules.votes_each;
            let votes = if *more {
                if board.week(known.week).votes_left(person, limit) == 0 {
                    return Err(Refusal::NoVotesLeft {
                        person: name,
                        limit,
                    });
                }
                own + 1
            } else {
                own.checked_sub(1).ok_or(Refusal::NoVote { person: name })?
            };
            change.with(format!("votes/{person}"), (votes > 0).then_some(votes))
        }
        C::Merge { card: id, into } => {
            let (_, change) = card(id)?;
            if let Some(into) = into {
                let target = known(into)?;
                if target.id == *id || board.merged_into(target) == id {
                    return Err(Refusal::Not {
                        what: target.text.clone(),
                        state: "that card, or was merged into it",
                        advice: "choose another",
                    });
                }
            }
            change.with("into", into)
        }
        C::Delete { card: id } => {
            known(id)?;
            Change::delete(Family::Card, id)
        }
        C::Topic { week, card: id } => {
            known(id)?;
            Change::set(Family::Topic, &(*week).into())
                .with("card", id)
                .with("timer", Timer::started(pen.at))
        }
        C::PauseTopic { week } => {
            let topic = board.week(*week).topic().ok_or(Refusal::Already)?;
            let timer = if topic.timer.runs() {
                topic.timer.stop(pen.at)
            } else {
                topic.timer.start(pen.at)
            };
            Change::set(Family::Topic, &topic.week).with("timer", timer)
        }
        C::Action {
            week,
            text,
            owner,
            day,
        } => {
            if let Some(owner) = owner {
                board.known_person(owner)?;
            }
            let last = board
                .actions
                .values()
                .map(|other| other.order.clone())
                .max();
            Change::new(Family::Action, pen.id())
                .with("week", week)
                .with("text", line("an action", text)?)
                .with("owner", owner)
                .with("day", super::task::checked_day(*day)?)
                .with("order", between(last.as_deref(), None))
        }
        C::EditAction { action: id, text } => action(id)?.1.with("text", line("an action", text)?),
        C::SetAction {
            action: id,
            text,
            owner,
            day,
        } => {
            if let Some(owner) = owner {
                board.known_person(owner)?;
            }
            let day = super::task::checked_day(*day)?;
            action(id)?
                .1
                .with("text", line("an action", text)?)
                .with("owner", owner)
                .with("day", day)
        }
        C::Finish { action: id, done } => action(id)?.1.at("done_at", done.then_some(pen.at)),
        C::CarryAction {
            action: id,
            into,
            day,
        } => {
            let (known, change) = action(id)?;
            if known.done_at.is_some() {
                return Err(Refusal::Not {
                    what: known.text.clone(),
                    state: "done",
                    advice: "only open actions are carried",
                });
            }
            if known.week == *into {
                return Err(Refusal::Already);
            }
            let last = board
                .actions
                .values()
                .map(|other| other.order.clone())
                .max();
            change
                .with("week", into)
                .with("day", super::task::checked_day(*day)?)
                .with(format!("carried/{}", known.week), true)
                .with("order", between(last.as_deref(), None))
        }
        C::ServeAction {
            action: id,
            feature,
        } => action(id)?.1.with("feature", feature),
        C::DropAction {
            action: id,
            dropped,
        } => action(id)?.1.with("dropped", dropped.then_some(true)),
        C::Mood { week, person, mood } => {
            board.known_person(person)?;
            if let Some(mood) = mood
                && !(10..=50).contains(mood)
            {
                return Err(Refusal::OutOfRange {
                    what: "the mood",
                    given: (*mood).into(),
                    wanted: "tenths from 10 to 50",
                });
            }
            Change::set(Family::Week, &(*week).into()).with(format!("mood/{person}"), mood)
        }
        C::Beer { week, text } => {
            let text = match text.trim() {
                "" => None,
                text => Some(line("the beer", text)?),
            };
            Change::set(Family::Week, &(*week).into()).with("beer", text)
        }
    };
    Ok(vec![change])
}

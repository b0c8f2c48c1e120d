//! Tasks: who does what on which day, in which order, and what is cut when the hour runs out.

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

/// Where a task is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TaskStatus {
    /// To be done.
    #[default]
    Open,
    /// Done.
    Done,
    /// On the cut list: given up if the hour of planning runs out.
    Cut,
}

/// A task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Task {
    /// Which.
    pub id: Id,
    /// The week that it is in now.
    pub week: WeekName,
    /// What is to be done.
    pub text: String,
    /// More about it: under which conditions, for how long.
    pub note: String,
    /// Who does it.
    pub owner: Option<Id>,
    /// The day it is for, 1 to 5.
    pub day: Option<u8>,
    /// Where it is.
    pub status: TaskStatus,
    /// When it was done.
    pub done_at: Option<DateTime<Utc>>,
    /// The place among the tasks of its owner.
    pub order: String,
    /// The feature of the whiteboard that it serves.
    pub feature: Option<Id>,
    /// The people it waits for.
    pub waits_for: Vec<Id>,
    /// The people who get its result.
    pub gives_to: Vec<Id>,
    /// The weeks that it was carried out of, ascending.
    pub carried: Vec<WeekName>,
    /// When it was written down.
    pub since: DateTime<Utc>,
}

impl Task {
    pub(super) fn read(entity: &Entity) -> Option<Self> {
        Some(Self {
            id: entity.id.clone(),
            week: entity.read("week")?,
            text: entity.text("text"),
            note: entity.text("note"),
            owner: entity.read("owner"),
            day: entity.read("day"),
            status: entity.read("status").unwrap_or_default(),
            done_at: entity.instant("done_at"),
            order: entity.text("order"),
            feature: entity.read("feature"),
            waits_for: entity.set("waits/"),
            gives_to: entity.set("gives/"),
            carried: entity.set("carried/"),
            since: entity.since(),
        })
    }

    /// How often it was carried into another week.
    pub fn times_carried(&self) -> usize {
        self.carried.len()
    }

    /// Whether it was in a week: is in it, or was carried out of it.
    pub fn was_in(&self, week: WeekName) -> bool {
        self.week == week || self.carried.contains(&week)
    }

    /// Whether it was done in its week.
    pub fn is_done(&self) -> bool {
        self.status == TaskStatus::Done
    }
}

/// What can be done to tasks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum TaskCommand {
    /// Adds a task.
    Add {
        /// The week.
        week: WeekName,
        /// What is to be done.
        text: String,
        /// Who does it.
        owner: Option<Id>,
        /// The day it is for.
        day: Option<u8>,
    },
    /// Writes it anew.
    Edit {
        /// Which.
        task: Id,
        /// What is to be done.
        text: String,
    },
    /// Adds a note to it; an empty one takes it away.
    Note {
        /// Which.
        task: Id,
        /// The note.
        note: String,
    },
    /// Gives it to somebody, or to nobody.
    Give {
        /// Which.
        task: Id,
        /// To whom.
        owner: Option<Id>,
    },
    /// Puts it on a day.
    Day {
        /// Which.
        task: Id,
        /// The day, 1 to 5.
        day: Option<u8>,
    },
    /// Moves it between two of its owner's tasks.
    Move {
        /// Which.
        task: Id,
        /// The task before it; `None`: it becomes the first.
        after: Option<Id>,
    },
    /// Marks it done, open, or cut.
    Mark {
        /// Which.
        task: Id,
        /// What it becomes.
        status: TaskStatus,
    },
    /// Says that it waits for somebody, or no longer does.
    Wait {
        /// Which.
        task: Id,
        /// For whom.
        person: Id,
        /// Whether it waits.
        waits: bool,
    },
    /// Says that somebody gets its result, or does not.
    For {
        /// Which.
        task: Id,
        /// Who.
        person: Id,
        /// Whether they do.
        gives: bool,
    },
    /// Says which feature it serves.
    Serve {
        /// Which.
        task: Id,
        /// The feature.
        feature: Option<Id>,
    },
    /// Carries it into another week.
    Carry {
        /// Which.
        task: Id,
        /// Into which week.
        into: WeekName,
    },
    /// Takes it away.
    Delete {
        /// Which.
        task: Id,
    },
}

pub(super) fn decide(
    board: &Board,
    command: &TaskCommand,
    pen: &mut Pen<'_>,
) -> Result<Vec<Change>, Refusal> {
    use TaskCommand as C;
    let set = |task: &Id| Ok((board.known_task(task)?, Change::set(Family::Task, task)));
    let change = match command {
        C::Add {
            week,
            text,
            owner,
            day,
        } => {
            if let Some(owner) = owner {
                room_for(board, *week, owner, pen)?;
            }
            let last = last_place(board, *week, owner.as_ref());
            Change::new(Family::Task, pen.id())
                .with("week", week)
                .with("text", line("a task", text)?)
                .with("owner", owner)
                .with("day", checked_day(*day)?)
                .with("order", between(last.as_deref(), None))
        }
        C::Edit { task, text } => set(task)?.1.with("text", line("a task", text)?),
        C::Note { task, note } => {
            let note = match note.trim() {
                "" => None,
                note => Some(line("a note", note)?),
            };
            set(task)?.1.with("note", note)
        }
        C::Give { task, owner } => {
            let (known, change) = set(task)?;
            let status = known.status;
            if let Some(owner) = owner
                && known.owner.as_ref() != Some(owner)
            {
                board.known_person(owner)?;
                if status != TaskStatus::Cut {
                    room_for(board, known.week, owner, pen)?;
                }
            }
            let change = change.with("owner", owner);
            if known.owner == *owner {
                return Err(Refusal::Already);
            }
            // Behind the tasks that were written down before it.
            let others = board.week(known.week).tasks_of(owner.as_ref());
            let at = others.iter().rposition(|other| other.id < known.id);
            let before = at.and_then(|at| others.get(at));
            let behind = others.get(at.map_or(0, |at| at + 1));
            let place = |other: Option<&&Task>| other.map(|other| other.order.clone());
            change.with(
                "order",
                between(place(before).as_deref(), place(behind).as_deref()),
            )
        }
        C::Day { task, day } => set(task)?.1.with("day", checked_day(*day)?),
        C::Move { task, after } => {
            let (known, change) = set(task)?;
            let siblings = board.week(known.week).tasks_of(known.owner.as_ref());
            let places = siblings.iter().filter(|other| other.id != known.id);
            let at = places
                .clone()
                .position(|other| Some(&other.id) == after.as_ref());
            let next = at.map_or(0, |at| at + 1);
            let before = at.and_then(|at| places.clone().nth(at));
            let behind = places.clone().nth(next);
            let place = |other: Option<&&Task>| other.map(|other| other.order.clone());
            change.with(
                "order",
                between(place(before).as_deref(), place(behind).as_deref()),
            )
        }
        C::Mark { task, status } => {
            let (known, change) = set(task)?;
            if known.status == TaskStatus::Cut
                && *status != TaskStatus::Cut
                && let Some(owner) = &known.owner
            {
                room_for(board, known.week, owner, pen)?;
            }
            let done = (*status == TaskStatus::Done).then_some(pen.at);
            change.with("status", status).at("done_at", done)
        }
        C::Wait {
            task,
            person,
            waits,
        } => {
            board.known_person(person)?;
            set(task)?.1.with(format!("waits/{person}"), waits)
        }
        C::For {
            task,
            person,
            gives,
        } => {
            board.known_person(person)?;
            set(task)?.1.with(format!("gives/{person}"), gives)
        }
        C::Serve { task, feature } => set(task)?.1.with("feature", feature),
        C::Carry { task, into } => {
            let (known, change) = set(task)?;
            if known.is_done() {
                return Err(Refusal::Not {
                    what: known.text.clone(),
                    state: "done",
                    advice: "only open tasks are carried",
                });
            }
            if known.week == *into {
                return Err(Refusal::Already);
            }
            change
                .with("week", into)
                .with(format!("carried/{}", known.week), true)
                .with("status", TaskStatus::Open)
                .with("day", None::<u8>)
        }
        C::Delete { task } => {
            board.known_task(task)?;
            Change::delete(Family::Task, task)
        }
    };
    Ok(vec![change])
}

fn room_for(board: &Board, week: WeekName, owner: &Id, pen: &Pen<'_>) -> Result<(), Refusal> {
    let person = board.known_person(owner)?;
    let limit = pen.rules.tasks_each;
    if board.week(week).tasks_of(Some(owner)).len() >= limit {
        let person = person.name.clone();
        return Err(Refusal::Full { person, limit });
    }
    Ok(())
}

fn last_place(board: &Board, week: WeekName, owner: Option<&Id>) -> Option<String> {
    let tasks = board.tasks.values();
    let mut places: Vec<&String> = tasks
        .filter(|task| task.week == week && task.owner.as_ref() == owner)
        .map(|task| &task.order)
        .collect();
    places.sort();
    places.last().map(|place| (*place).clone())
}

pub(super) fn checked_day(day: Option<u8>) -> Result<Option<u8>, Refusal> {
    match day {
        Some(day) if !(1..=super::DAYS).contains(&day) => Err(Refusal::OutOfRange {
            what: "the day",
            given: day.into(),
            wanted: "a day of the week, 1 to 5",
        }),
        day => Ok(day),
    }
}

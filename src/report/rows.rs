//! What the reports of a week quote of the board and the ledger: plain rows, people by their names.

use chrono::{DateTime, FixedOffset, TimeDelta};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::debt::{How, Item, Repository, Source, Status};
use super::facts::Facts;
use super::figures::status_in;
use super::who;
use crate::week::promise::{Promise, PromiseState};
use crate::week::standup::Blocker;
use crate::week::task::{Task, TaskStatus};
use crate::week::{Id, Numbered};

/// A repository.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RepositoryRow {
    /// Short name, unique in the report.
    pub name: String,
    /// The https address of its forge, where that is known.
    pub forge: Option<String>,
    /// The commit that the open items were read from; `None` before the first commit.
    pub head: Option<String>,
    /// How many commits the ledger was made of.
    pub commits: u64,
    /// Whether history ends at a shallow boundary, so that older births are unknown.
    pub shallow: bool,
}

/// A task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TaskRow {
    /// `T-14`, or the start of its id where it has no number.
    pub id: String,
    /// What is to be done.
    pub text: String,
    /// More about it.
    pub note: Option<String>,
    /// Who does it.
    pub owner: Option<String>,
    /// The day it is for, 1 to 5.
    pub day: Option<u8>,
    /// Where it is.
    pub status: TaskStatus,
    /// Those it waits for.
    pub waits_for: Vec<String>,
    /// How often it was carried into another week.
    pub times_carried: u64,
}

/// A promise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PromiseRow {
    /// Who gives.
    pub from: String,
    /// Who gets; empty: all.
    pub to: Vec<String>,
    /// What is given.
    pub what: String,
    /// What stands in until then.
    pub stand_in: Option<String>,
    /// When it is due.
    pub due: Option<DateTime<FixedOffset>>,
    /// How far it is.
    pub state: PromiseState,
    /// When the real thing was there.
    pub real_at: Option<DateTime<FixedOffset>>,
    /// Whether the real thing was there by the due time.
    pub kept: bool,
    /// Whether the due time is over and it is neither kept nor called off.
    pub overdue: bool,
}

/// What stops somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BlockerRow {
    /// Whom.
    pub person: String,
    /// What it is.
    pub text: String,
    /// Since when.
    pub since: DateTime<FixedOffset>,
    /// When it went away.
    pub solved: Option<DateTime<FixedOffset>>,
    /// How long it lasts, or lasted, in seconds.
    pub lasts: u64,
}

/// An item of debt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DebtRow {
    /// The same on every clone, and the same as in the debt report.
    pub id: String,
    /// What it is called here: `D-05`, or the start of its id where it has no number.
    pub name: String,
    /// The repository's name.
    pub repository: String,
    /// `TODO`, `DONT`, `MOCK`, ...
    pub marker: String,
    /// What it says.
    pub text: String,
    /// Where the marker stands.
    pub source: Source,
    /// Where it is now, or last was; `None` for a commit message.
    pub path: Option<String>,
    /// Its line there, from 1.
    pub line: Option<u32>,
    /// Who owes it: who took it, else who brought it in.
    pub owner: String,
    /// Who brought it in.
    pub by: String,
    /// When.
    pub introduced: DateTime<FixedOffset>,
    /// The day of the week, 1 to 5; `None` for an older one.
    pub day: Option<u8>,
    /// How long it has been owed, or was, in seconds.
    pub owed: u64,
    /// How often it was moved or edited.
    pub travels: u64,
    /// Where it stands.
    pub status: Status,
    /// Why it was so decided.
    pub reason: Option<String>,
    /// How it went.
    pub paid: Option<PaidRow>,
}

/// How an item of debt went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PaidRow {
    /// Who paid: the author of the commit.
    pub by: String,
    /// When.
    pub time: DateTime<FixedOffset>,
    /// The commit; `None` where a person said so.
    pub commit: Option<String>,
    /// What went with it.
    pub how: How,
}

impl TaskRow {
    /// What people wrote.
    pub(super) fn texts(&mut self) -> impl Iterator<Item = &mut String> {
        std::iter::once(&mut self.text).chain(&mut self.note)
    }
}

impl PromiseRow {
    /// What people wrote.
    pub(super) fn texts(&mut self) -> impl Iterator<Item = &mut String> {
        std::iter::once(&mut self.what).chain(&mut self.stand_in)
    }
}

impl DebtRow {
    /// What people wrote.
    pub(super) fn texts(&mut self) -> impl Iterator<Item = &mut String> {
        std::iter::once(&mut self.text).chain(&mut self.reason)
    }
}

impl Facts<'_> {
    pub(super) fn repositories(&self) -> Vec<RepositoryRow> {
        let row = |repository: &Repository| RepositoryRow {
            name: repository.name.clone(),
            forge: repository.forge.clone(),
            head: repository.head.clone(),
            commits: repository.commits,
            shallow: repository.shallow,
        };
        self.report.repositories.iter().map(row).collect()
    }

    pub(super) fn name(&self, person: &Id) -> String {
        self.board.name(person).to_owned()
    }

    pub(super) fn names(&self, people: &[Id]) -> Vec<String> {
        people.iter().map(|person| self.name(person)).collect()
    }

    pub(super) fn task(&self, task: &Task) -> TaskRow {
        let number = self.board.numbers.shown(Numbered::Task, &task.id);
        let start = || task.id.as_str().chars().take(12).collect();
        TaskRow {
            id: number.unwrap_or_else(start),
            text: task.text.clone(),
            note: filled(&task.note),
            owner: task.owner.as_ref().map(|owner| self.name(owner)),
            day: task.day,
            status: task.status,
            waits_for: self.names(&task.waits_for),
            times_carried: task.times_carried() as u64,
        }
    }

    pub(super) fn promise(&self, promise: &Promise) -> PromiseRow {
        let at = self.at();
        PromiseRow {
            from: self.name(&promise.from),
            to: self.names(&promise.to),
            what: promise.what.clone(),
            stand_in: filled(&promise.stand_in),
            due: promise.due.map(|due| self.local(due)),
            state: promise.state,
            real_at: promise.real_at.map(|at| self.local(at)),
            kept: promise.kept_in_time(),
            overdue: !promise.is_over() && promise.due.is_some_and(|due| due < at),
        }
    }

    pub(super) fn blocker(&self, blocker: &Blocker) -> BlockerRow {
        BlockerRow {
            person: self.name(&blocker.person),
            text: blocker.text.clone(),
            since: self.local(blocker.since),
            solved: blocker.solved.map(|at| self.local(at)),
            lasts: seconds(blocker.age(self.at())),
        }
    }

    pub(super) fn debt(&self, item: &Item) -> DebtRow {
        let word = self.board.debts.get(item.id.as_str());
        let taken = word.and_then(|word| word.owner.as_ref());
        let by = who::name(self.board, &item.introduced.author);
        let id = Id::key(&item.id);
        let travels = item.history.iter().filter(|event| {
            use super::debt::EventKind::{Edited, Moved};
            matches!(event.event, Moved | Edited)
        });
        let end = item
            .paid
            .as_ref()
            .map_or(self.now, |paid| paid.time.to_utc());
        DebtRow {
            id: item.id.clone(),
            name: id.map_or_else(|_| item.id.clone(), |id| self.board.debt_name(&id)),
            repository: item.repository.clone(),
            marker: item.marker.clone(),
            text: item.text.clone(),
            source: item.source,
            path: item.path.clone(),
            line: item.line,
            owner: taken.map_or_else(|| by.clone(), |owner| self.name(owner)),
            by,
            introduced: item.introduced.time,
            day: self.week.day_of(item.introduced.time.to_utc()),
            owed: seconds(end - item.introduced.time.to_utc()),
            travels: travels.count() as u64,
            status: match self.week.is_hack_day(item.introduced.time.to_utc()) {
                true => status_in(item, self.week),
                false => item.status,
            },
            reason: (item.decision.as_ref()).and_then(|decision| decision.reason.clone()),
            paid: item.paid.as_ref().map(|paid| PaidRow {
                by: who::name(self.board, &paid.author),
                time: paid.time,
                commit: paid.commit.clone(),
                how: paid.how,
            }),
        }
    }
}

/// A text, if there is one.
pub(super) fn filled(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

pub(super) fn seconds(length: TimeDelta) -> u64 {
    u64::try_from(length.num_seconds()).unwrap_or(0)
}

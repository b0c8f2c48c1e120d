//! Promises: who gives what to whom, by when, and what stands in until then.
//!
//! A stand-in that outlives its due time is debt of the kind MOCK. Nobody writes it down: it
//! follows from the promise and the instant, and goes when the promise is kept or called off.

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

/// How far a promise is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PromiseState {
    /// One side wants it.
    #[default]
    Asked,
    /// The giver says what it would look like.
    Proposed,
    /// Both agreed.
    Agreed,
    /// The receiver works on the stand-in.
    OnMock,
    /// The real thing is there.
    Real,
    /// It will not come.
    Broken,
}

impl PromiseState {
    /// The words for it, as on the screens.
    pub fn words(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Proposed => "proposed",
            Self::Agreed => "agreed",
            Self::OnMock => "on mock",
            Self::Real => "real",
            Self::Broken => "broken",
        }
    }

    /// What `space` makes of it: the next state on the way to the real thing, which has none.
    pub fn next(self) -> Option<Self> {
        match self {
            Self::Asked | Self::Proposed => Some(Self::Agreed),
            Self::Agreed => Some(Self::OnMock),
            Self::OnMock => Some(Self::Real),
            Self::Real | Self::Broken => None,
        }
    }
}

/// A promise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Promise {
    /// Which.
    pub id: Id,
    /// The week.
    pub week: WeekName,
    /// Who gives.
    pub from: Id,
    /// Who gets; empty: all.
    pub to: Vec<Id>,
    /// What is given.
    pub what: String,
    /// What it looks like.
    pub shape: String,
    /// What stands in until then; empty: nothing.
    pub stand_in: String,
    /// The file that stands in, by its path in the repository.
    pub stand_in_path: Option<String>,
    /// When it is due.
    pub due: Option<DateTime<Utc>>,
    /// How far it is.
    pub state: PromiseState,
    /// When the real thing was there.
    pub real_at: Option<DateTime<Utc>>,
    /// What people said of it, by who.
    pub said: Vec<(Id, String)>,
    /// The tasks that wait for it.
    pub waiting: Vec<Id>,
    /// The place among the others.
    pub order: String,
}

/// The debt of a stand-in that outlived its due time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MockDebt {
    /// The promise.
    pub promise: Id,
    /// What it says: `webhook.json past its date`.
    pub text: String,
    /// Who has it: who was to get the real thing, or who promised it to all.
    pub owner: Id,
    /// The first task that waits for it.
    pub task: Option<Id>,
    /// The file that stands in.
    pub path: Option<String>,
    /// Since when it is debt: the due time.
    pub since: DateTime<Utc>,
}

impl Promise {
    pub(super) fn read(entity: &Entity) -> Option<Self> {
        let said = entity
            .under("said/")
            .filter_map(|(person, text)| Some((person.parse().ok()?, text.as_str()?.to_owned())));
        Some(Self {
            id: entity.id.clone(),
            week: entity.read("week")?,
            from: entity.read("from")?,
            to: entity.set("to/"),
            what: entity.text("what"),
            shape: entity.text("shape"),
            stand_in: entity.text("stand_in"),
            stand_in_path: entity.read("stand_in_path"),
            due: entity.instant("due"),
            state: entity.read("state").unwrap_or_default(),
            real_at: entity.instant("real_at"),
            said: said.collect(),
            waiting: entity.set("waits/"),
            order: entity.text("order"),
        })
    }

    /// Whether it is over, kept or not.
    pub fn is_over(&self) -> bool {
        matches!(self.state, PromiseState::Real | PromiseState::Broken)
    }

    /// Whether it was made: both agreed once.
    pub fn was_made(&self) -> bool {
        !matches!(self.state, PromiseState::Asked | PromiseState::Proposed)
    }

    /// Whether the real thing was there by the due time.
    pub fn kept_in_time(&self) -> bool {
        self.real_at
            .is_some_and(|at| self.due.is_none_or(|due| at <= due))
    }

    /// The debt that it is at an instant, if any. `in_tree` is whether the stand-in is still in the
    /// tree; `None` where nobody can tell: then it counts as there.
    pub fn mock_debt(&self, at: DateTime<Utc>, in_tree: Option<bool>) -> Option<MockDebt> {
        let due = self.due.filter(|due| *due <= at)?;
        if self.is_over() || self.stand_in.is_empty() || in_tree == Some(false) {
            return None;
        }
        let file = self
            .stand_in_path
            .as_deref()
            .and_then(|path| path.rsplit('/').next());
        Some(MockDebt {
            promise: self.id.clone(),
            text: format!("{} past its date", file.unwrap_or(&self.stand_in)),
            owner: self.to.first().unwrap_or(&self.from).clone(),
            task: self.waiting.first().cloned(),
            path: self.stand_in_path.clone(),
            since: due,
        })
    }
}

/// What a promise says, as it is made or edited.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Terms {
    /// Who gives.
    pub from: Id,
    /// Who gets; empty: all.
    pub to: Vec<Id>,
    /// What is given.
    pub what: String,
    /// What it looks like.
    pub shape: String,
    /// What stands in until then.
    pub stand_in: String,
    /// The file that stands in.
    pub stand_in_path: Option<String>,
    /// When it is due.
    pub due: Option<DateTime<Utc>>,
}

/// What can be done to promises.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum PromiseCommand {
    /// Makes one.
    Add {
        /// The week.
        week: WeekName,
        /// What it says.
        terms: Terms,
        /// How far it is.
        state: PromiseState,
    },
    /// Writes it anew.
    Edit {
        /// Which.
        promise: Id,
        /// What it says now.
        terms: Terms,
    },
    /// Says how far it is.
    Mark {
        /// Which.
        promise: Id,
        /// How far.
        state: PromiseState,
    },
    /// Writes down what somebody said of it.
    Say {
        /// Which.
        promise: Id,
        /// Who.
        person: Id,
        /// The words.
        words: String,
    },
    /// Says that a task waits for it, or no longer does.
    Wait {
        /// Which.
        promise: Id,
        /// The task.
        task: Id,
        /// Whether it waits.
        waits: bool,
    },
    /// Takes it away.
    Delete {
        /// Which.
        promise: Id,
    },
}

pub(super) fn decide(
    board: &Board,
    command: &PromiseCommand,
    pen: &mut Pen<'_>,
) -> Result<Vec<Change>, Refusal> {
    use PromiseCommand as C;
    let set = |promise: &Id| {
        let known = board.known(&board.promises, "promise", promise)?;
        Ok::<_, Refusal>((known, Change::set(Family::Promise, promise)))
    };
    let change = match command {
        C::Add { week, terms, state } => {
            let others = board.week(*week).promises();
            let last = others.last().map(|other| other.order.clone());
            let real_at = (*state == PromiseState::Real).then_some(pen.at);
            let change = Change::new(Family::Promise, pen.id())
                .with("week", week)
                .with("state", state)
                .at("real_at", real_at)
                .with("order", between(last.as_deref(), None));
            with_terms(board, change, terms, &[])?
        }
        C::Edit { promise, terms } => {
            let (known, change) = set(promise)?;
            with_terms(board, change, terms, &known.to)?
        }
        C::Mark { promise, state } => {
            let (_, change) = set(promise)?;
            let real_at = (*state == PromiseState::Real).then_some(pen.at);
            change.with("state", state).at("real_at", real_at)
        }
        C::Say {
            promise,
            person,
            words,
        } => {
            board.known_person(person)?;
            let words = line("what was said", words)?;
            set(promise)?.1.with(format!("said/{person}"), words)
        }
        C::Wait {
            promise,
            task,
            waits,
        } => {
            board.known_task(task)?;
            set(promise)?.1.with(format!("waits/{task}"), waits)
        }
        C::Delete { promise } => {
            set(promise)?;
            Change::delete(Family::Promise, promise)
        }
    };
    Ok(vec![change])
}

fn with_terms(board: &Board, change: Change, terms: &Terms, to: &[Id]) -> Result<Change, Refusal> {
    for person in std::iter::once(&terms.from).chain(&terms.to) {
        board.known_person(person)?;
    }
    let filled = |text: &str| match text.trim() {
        "" => Ok(None),
        text => line("a promise", text).map(Some),
    };
    let mut change = change
        .with("from", &terms.from)
        .with("what", line("a promise", &terms.what)?)
        .with("shape", filled(&terms.shape)?)
        .with("stand_in", filled(&terms.stand_in)?)
        .with("stand_in_path", &terms.stand_in_path)
        .at("due", terms.due);
    for gone in to.iter().filter(|person| !terms.to.contains(person)) {
        change = change.with(format!("to/{gone}"), false);
    }
    Ok(change.holding("to/", &terms.to))
}

//! Promises: made, moved on and listed.

use chrono::{DateTime, NaiveTime, Utc};

use super::naming::{self, Search, Thing, Unclear, short};
use super::tasks;
use super::{People, Written};
use crate::report::people::{Promise as Row, PromiseList, SCHEMA_PROMISES};
use crate::week::promise::{Promise, PromiseCommand, PromiseState, Terms};
use crate::week::{Board, Id, Refusal, Week};
use crate::workspace::{Error, Workspace};

/// A promise that is to be made, with names as people write them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewPromise {
    /// What is given.
    pub what: String,
    /// Who gives; `None`: the user.
    pub from: Option<String>,
    /// Who gets; empty: all.
    pub to: Vec<String>,
    /// What it looks like.
    pub shape: Option<String>,
    /// What stands in until then.
    pub stand_in: Option<String>,
    /// The file that stands in.
    pub stand_in_path: Option<String>,
    /// When it is due: RFC 3339, or a day of the week and a time as in `3 12:00`.
    pub due: Option<String>,
    /// Whether both sides agreed already.
    pub agreed: bool,
}

/// How far a promise is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PromiseChange {
    /// Both agreed.
    Agree,
    /// The receiver works on the stand-in.
    Mock,
    /// The real thing is there.
    Keep,
    /// It will not come.
    Break,
    /// It was never meant.
    Delete,
}

impl Workspace {
    /// Lists the promises of the asked week.
    ///
    /// # Errors
    /// A log that cannot be read.
    pub fn promises(&self) -> Result<PromiseList, Error> {
        let board = self.own_board()?;
        let name = self.week().name();
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let row = |promise: &Promise| Row {
            id: short(&board, &promise.id),
            from: board.name(&promise.from).to_owned(),
            to: (promise.to.iter())
                .map(|id| board.name(id).to_owned())
                .collect(),
            what: promise.what.clone(),
            shape: text(&promise.shape),
            stand_in: text(&promise.stand_in),
            stand_in_path: promise.stand_in_path.clone(),
            due: promise.due.map(|at| self.local(at)),
            state: word(promise.state).to_owned(),
            real_at: promise.real_at.map(|at| self.local(at)),
            overdue: !promise.is_over() && promise.due.is_some_and(|due| due < self.now),
        };
        Ok(PromiseList {
            schema: SCHEMA_PROMISES.to_owned(),
            week: name.to_string(),
            promises: board.week(name).promises().into_iter().map(row).collect(),
        })
    }

    /// Reads when something is due: RFC 3339, or a day of the asked week and a time.
    ///
    /// # Errors
    /// [`Unclear::Time`].
    pub(super) fn due(&self, given: &str) -> Result<DateTime<Utc>, Error> {
        let found = DateTime::parse_from_rfc3339(given).map(|time| time.to_utc());
        let found = found.ok().or_else(|| on_day(&self.week(), given));
        Ok(found.ok_or_else(|| Unclear::Time {
            given: given.to_owned(),
        })?)
    }
}

/// Reads `3 12:00`: a day of a week and a time of it. Of a time that the clocks have twice it is the
/// first.
fn on_day(week: &Week, given: &str) -> Option<DateTime<Utc>> {
    let (day, time) = given.trim().split_once(' ')?;
    let day = week.day(day.parse().ok()?)?;
    let time = NaiveTime::parse_from_str(time.trim(), "%H:%M").ok()?;
    let local = week.zone().first_at(day.date.and_time(time));
    local.map(|time| time.to_utc())
}

impl People {
    /// Makes a promise in the asked week of a workspace.
    ///
    /// # Errors
    /// Somebody who is nobody, a due time that is none; as for [`People::decide`].
    pub fn add_promise(
        &mut self,
        new: &NewPromise,
        workspace: &Workspace,
    ) -> Result<Written, Error> {
        let due = new.due.as_deref().map(|due| workspace.due(due));
        let due = due.transpose()?;
        let (state, from) = match &new.from {
            Some(name) => (PromiseState::Asked, self.person(name)?),
            // Who gives says what it will look like.
            None => (PromiseState::Proposed, self.me()?),
        };
        let to = new.to.iter().map(|name| self.person(name));
        let to = to.collect::<Result<Vec<Id>, Error>>()?;
        let terms = Terms {
            from,
            to,
            what: new.what.clone(),
            shape: new.shape.clone().unwrap_or_default(),
            stand_in: new.stand_in.clone().unwrap_or_default(),
            stand_in_path: new.stand_in_path.clone(),
            due,
        };
        let week = self.week;
        self.decide(PromiseCommand::Add {
            week,
            terms,
            state: if new.agreed {
                PromiseState::Agreed
            } else {
                state
            },
        })
    }

    /// Moves the promise that `given` names on.
    ///
    /// # Errors
    /// A promise that is not there; as for [`People::decide`].
    pub fn change_promise(&mut self, given: &str, change: PromiseChange) -> Result<Written, Error> {
        let promise = find(self.board(), given)?;
        let state = match change {
            PromiseChange::Agree => PromiseState::Agreed,
            PromiseChange::Mock => PromiseState::OnMock,
            PromiseChange::Keep => PromiseState::Real,
            PromiseChange::Break => PromiseState::Broken,
            PromiseChange::Delete => return self.decide(PromiseCommand::Delete { promise }),
        };
        self.decide(PromiseCommand::Mark { promise, state })
    }
}

/// What a promise says from now on; what is `None` stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PromiseEdit {
    /// What is given.
    pub what: Option<String>,
    /// Who gives.
    pub from: Option<String>,
    /// Who gets; `None`: as it was.
    pub to: Option<Vec<String>>,
    /// What it looks like.
    pub shape: Option<String>,
    /// What stands in until then.
    pub stand_in: Option<String>,
    /// The file that stands in.
    pub stand_in_path: Option<String>,
    /// When it is due, as in [`NewPromise`].
    pub due: Option<String>,
}

impl People {
    /// Writes the promise that `given` names anew.
    ///
    /// # Errors
    /// A promise or a person that is not there, a due time that is none; as for [`People::decide`].
    pub fn edit_promise(
        &mut self,
        given: &str,
        edit: &PromiseEdit,
        workspace: &Workspace,
    ) -> Result<Written, Error> {
        let promise = find(self.board(), given)?;
        let known = self.board().promises.get(&promise).cloned();
        let known = known.ok_or(Refusal::Already)?;
        let from = edit.from.as_deref().map(|name| self.person(name));
        let to = match &edit.to {
            Some(names) => {
                let people = names.iter().map(|name| self.person(name));
                people.collect::<Result<Vec<Id>, Error>>()?
            }
            None => known.to,
        };
        let due = edit.due.as_deref().map(|due| workspace.due(due));
        let terms = Terms {
            from: from.transpose()?.unwrap_or(known.from),
            to,
            what: edit.what.clone().unwrap_or(known.what),
            shape: edit.shape.clone().unwrap_or(known.shape),
            stand_in: edit.stand_in.clone().unwrap_or(known.stand_in),
            stand_in_path: edit.stand_in_path.clone().or(known.stand_in_path),
            due: due.transpose()?.or(known.due),
        };
        self.decide(PromiseCommand::Edit { promise, terms })
    }

    /// Writes down what somebody says of a promise; `None`: the user.
    ///
    /// # Errors
    /// As for [`People::edit_promise`].
    pub fn say_of_promise(
        &mut self,
        given: &str,
        words: &str,
        by: Option<&str>,
    ) -> Result<Written, Error> {
        let promise = find(self.board(), given)?;
        let person = self.person(by.unwrap_or("me"))?;
        self.decide(PromiseCommand::Say {
            promise,
            person,
            words: words.to_owned(),
        })
    }

    /// Says that a task waits for a promise, or no longer does.
    ///
    /// # Errors
    /// A promise or a task that is not there; as for [`People::decide`].
    pub fn wait_for_promise(
        &mut self,
        given: &str,
        task: &str,
        waits: bool,
    ) -> Result<Written, Error> {
        let promise = find(self.board(), given)?;
        let task = tasks::find(self.board(), task)?;
        self.decide(PromiseCommand::Wait {
            promise,
            task,
            waits,
        })
    }
}

fn word(state: PromiseState) -> &'static str {
    match state {
        PromiseState::Asked => "asked",
        PromiseState::Proposed => "proposed",
        PromiseState::Agreed => "agreed",
        PromiseState::OnMock => "on_mock",
        PromiseState::Real => "real",
        PromiseState::Broken => "broken",
    }
}

fn find(board: &Board, given: &str) -> Result<Id, Unclear> {
    let search = Search {
        what: "promise",
        list: "hackweek promise list",
        given,
    };
    let promises = board.promises.values().map(|promise| Thing {
        id: &promise.id,
        words: &promise.what,
    });
    naming::find(board, &search, promises)
}

//! Tasks: added, changed and listed.

use super::naming::{self, Search, Thing, Unclear};
use super::{People, Written};
use crate::report::people::{SCHEMA_TASKS, TaskList};
use crate::week::task::{TaskCommand, TaskStatus};
use crate::week::{Board, Id, Numbered, Refusal};
use crate::workspace::{Error, Workspace};

/// What is done to a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TaskChange {
    /// It is done.
    Done,
    /// It is to be done again.
    Open,
    /// It goes on the cut list.
    Cut,
    /// It goes to somebody; `None`: to nobody.
    Give(Option<String>),
    /// It is for a day, 1 to 5; `None`: for none.
    Day(Option<u8>),
    /// It goes into the next week.
    Carry,
    /// It says something else.
    Edit(String),
    /// More about it; empty: nothing.
    Note(String),
    /// It comes after another of its owner's; `None`: first.
    Move(Option<String>),
    /// It waits for somebody, or no longer does.
    Wait(String, bool),
    /// Somebody gets its result, or does not.
    For(String, bool),
    /// The feature of the whiteboard that it serves; `None`: none.
    Serve(Option<String>),
    /// It goes away.
    Delete,
}

impl Workspace {
    /// Lists the tasks of the asked week.
    ///
    /// # Errors
    /// A log that cannot be read.
    pub fn tasks(&self) -> Result<TaskList, Error> {
        let board = self.own_board()?;
        let name = self.week().name();
        let plan = self.plan_of(&board);
        Ok(TaskList {
            schema: SCHEMA_TASKS.to_owned(),
            week: name.to_string(),
            tasks: plan.tasks().cloned().collect(),
        })
    }
}

impl People {
    /// Adds a task to the asked week.
    ///
    /// # Errors
    /// An owner that is nobody; as for [`People::decide`].
    pub fn add_task(
        &mut self,
        text: &str,
        owner: Option<&str>,
        day: Option<u8>,
    ) -> Result<Written, Error> {
        let owner = owner.map(|name| self.person(name)).transpose()?;
        let week = self.week;
        self.decide(TaskCommand::Add {
            week,
            text: text.to_owned(),
            owner,
            day,
        })
    }

    /// Changes the task that `given` names.
    ///
    /// # Errors
    /// A task or a person that is not there; as for [`People::decide`].
    pub fn change_task(&mut self, given: &str, change: &TaskChange) -> Result<Written, Error> {
        let task = find(self.board(), given)?;
        let mark = |task, status| TaskCommand::Mark { task, status };
        let command = match change {
            TaskChange::Done => mark(task, TaskStatus::Done),
            TaskChange::Open => mark(task, TaskStatus::Open),
            TaskChange::Cut => mark(task, TaskStatus::Cut),
            TaskChange::Give(owner) => {
                let owner = owner.as_deref().map(|name| self.person(name)).transpose()?;
                TaskCommand::Give { task, owner }
            }
            TaskChange::Day(day) => TaskCommand::Day { task, day: *day },
            TaskChange::Carry => {
                let known = self.board().tasks.get(&task);
                let into = known.and_then(|known| known.week.next());
                TaskCommand::Carry {
                    task,
                    into: into.ok_or(Refusal::Already)?,
                }
            }
            TaskChange::Edit(text) => TaskCommand::Edit {
                task,
                text: text.clone(),
            },
            TaskChange::Note(note) => TaskCommand::Note {
                task,
                note: note.clone(),
            },
            TaskChange::Move(after) => {
                let after = after.as_deref().map(|given| find(self.board(), given));
                TaskCommand::Move {
                    task,
                    after: after.transpose()?,
                }
            }
            TaskChange::Wait(name, waits) => TaskCommand::Wait {
                task,
                person: self.person(name)?,
                waits: *waits,
            },
            TaskChange::For(name, gives) => TaskCommand::For {
                task,
                person: self.person(name)?,
                gives: *gives,
            },
            TaskChange::Serve(feature) => TaskCommand::Serve {
                task,
                feature: self.feature_or_none(feature.as_deref())?,
            },
            TaskChange::Delete => TaskCommand::Delete { task },
        };
        self.decide(command)
    }
}

/// The task that `given` names.
pub(super) fn find(board: &Board, given: &str) -> Result<Id, Unclear> {
    let given = given.trim();
    if let Some((Numbered::Task, id)) = board.numbers.find(given)
        && board.tasks.contains_key(id)
    {
        return Ok(id.clone());
    }
    let search = Search {
        what: "task",
        list: "hackweek task list",
        given,
    };
    let tasks = board.tasks.values().map(|task| Thing {
        id: &task.id,
        words: &task.text,
    });
    naming::find(board, &search, tasks)
}

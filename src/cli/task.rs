//! `hackweek task`: who does what.

use clap::Subcommand;

use super::Session;
use super::exit::{Failure, Verdict};
use super::written::{edit, list};
use crate::report::table;
use crate::workspace::people::TaskChange;

/// What is done to tasks. ID is as the list has it, T-14, or the words of the task.
#[derive(Debug, Subcommand)]
pub(crate) enum Task {
    /// Add a task to the week
    Add {
        /// What is to be done
        #[arg(value_name = "TEXT")]
        text: String,
        /// Who does it: a name, a mail address, or me
        #[arg(long, value_name = "NAME")]
        owner: Option<String>,
        /// The day it is for, 1 to 5
        #[arg(long, value_name = "DAY")]
        day: Option<u8>,
    },
    /// List the tasks of the week
    List,
    /// Mark a task as done
    Done {
        /// The task, as in T-14
        #[arg(value_name = "ID")]
        task: String,
    },
    /// Mark a task as to be done again
    Open {
        /// The task
        #[arg(value_name = "ID")]
        task: String,
    },
    /// Put a task on the cut list
    Cut {
        /// The task
        #[arg(value_name = "ID")]
        task: String,
    },
    /// Give a task to somebody, or without a name to nobody
    Give {
        /// The task
        #[arg(value_name = "ID")]
        task: String,
        /// Whom: a name, a mail address, or me
        #[arg(value_name = "NAME")]
        owner: Option<String>,
    },
    /// Plan a task for a day, or without one for none
    Day {
        /// The task
        #[arg(value_name = "ID")]
        task: String,
        /// The day, 1 to 5
        #[arg(value_name = "DAY")]
        day: Option<u8>,
    },
    /// Carry a task into the next week
    Carry {
        /// The task
        #[arg(value_name = "ID")]
        task: String,
    },
    /// Write a task anew
    Edit {
        /// The task
        #[arg(value_name = "ID")]
        task: String,
        /// What is to be done
        #[arg(value_name = "TEXT")]
        text: String,
    },
    /// Add a note to a task, or without one take it away
    Note {
        /// The task
        #[arg(value_name = "ID")]
        task: String,
        /// The note
        #[arg(value_name = "TEXT")]
        text: Option<String>,
    },
    /// Move a task to the front of its owner's, or behind another
    Move {
        /// The task
        #[arg(value_name = "ID")]
        task: String,
        /// The one before it
        #[arg(long, value_name = "ID")]
        after: Option<String>,
    },
    /// Say that a task waits for somebody
    Wait {
        /// The task
        #[arg(value_name = "ID")]
        task: String,
        /// For whom
        #[arg(value_name = "NAME")]
        person: String,
        /// It no longer does
        #[arg(long)]
        not: bool,
    },
    /// Say that somebody gets what a task makes
    For {
        /// The task
        #[arg(value_name = "ID")]
        task: String,
        /// Who
        #[arg(value_name = "NAME")]
        person: String,
        /// They do not
        #[arg(long)]
        not: bool,
    },
    /// Say which feature of the roadmap a task serves, or without one none
    Serve {
        /// The task
        #[arg(value_name = "ID")]
        task: String,
        /// The feature
        #[arg(value_name = "FEATURE")]
        feature: Option<String>,
    },
    /// Take a task away
    Delete {
        /// The task
        #[arg(value_name = "ID")]
        task: String,
    },
}

/// Lists or changes.
pub(super) fn run(session: &Session, asked: &Task) -> Result<Verdict, Failure> {
    let (task, change) = match asked {
        Task::List => {
            return list(session, |workspace| workspace.tasks(), table::write_tasks);
        }
        Task::Add { text, owner, day } => {
            return edit(session, |people, _| {
                people.add_task(text, owner.as_deref(), *day)
            });
        }
        Task::Done { task } => (task, TaskChange::Done),
        Task::Open { task } => (task, TaskChange::Open),
        Task::Cut { task } => (task, TaskChange::Cut),
        Task::Give { task, owner } => (task, TaskChange::Give(owner.clone())),
        Task::Day { task, day } => (task, TaskChange::Day(*day)),
        Task::Carry { task } => (task, TaskChange::Carry),
        Task::Edit { task, text } => (task, TaskChange::Edit(text.clone())),
        Task::Note { task, text } => (task, TaskChange::Note(text.clone().unwrap_or_default())),
        Task::Move { task, after } => (task, TaskChange::Move(after.clone())),
        Task::Wait { task, person, not } => (task, TaskChange::Wait(person.clone(), !not)),
        Task::For { task, person, not } => (task, TaskChange::For(person.clone(), !not)),
        Task::Serve { task, feature } => (task, TaskChange::Serve(feature.clone())),
        Task::Delete { task } => (task, TaskChange::Delete),
    };
    edit(session, |people, _| people.change_task(task, &change))
}

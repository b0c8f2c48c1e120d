//! `hackweek promise`: who gives what to whom, and what stands in until then.

use clap::{Args, Subcommand};

use super::Session;
use super::exit::{Failure, Verdict};
use super::written::{edit, list};
use crate::report::table;
use crate::workspace::people::{NewPromise, PromiseChange, PromiseEdit};

/// What is done to promises. ID is as the list has it, or the words of what is given.
#[derive(Debug, Subcommand)]
pub(crate) enum Promise {
    /// Make a promise, or ask for one with --from
    Add(Add),
    /// List the promises of the week
    List,
    /// Both sides agree on a promise
    Agree {
        /// The promise
        #[arg(value_name = "ID")]
        promise: String,
    },
    /// Whoever waits for it works on the stand-in
    Mock {
        /// The promise
        #[arg(value_name = "ID")]
        promise: String,
    },
    /// The real thing is there
    Keep {
        /// The promise
        #[arg(value_name = "ID")]
        promise: String,
    },
    /// It will not come
    Break {
        /// The promise
        #[arg(value_name = "ID")]
        promise: String,
    },
    /// Write a promise anew: what is not given stays
    Edit(Edit),
    /// Write down what somebody says of a promise
    Say {
        /// The promise
        #[arg(value_name = "ID")]
        promise: String,
        /// The words
        #[arg(value_name = "TEXT")]
        text: String,
        /// Who says it [default: you]
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
    },
    /// Say that a task waits for a promise
    Wait {
        /// The promise
        #[arg(value_name = "ID")]
        promise: String,
        /// The task, as in T-14
        #[arg(value_name = "TASK")]
        task: String,
        /// It no longer does
        #[arg(long)]
        not: bool,
    },
    /// Take a promise away
    Delete {
        /// The promise
        #[arg(value_name = "ID")]
        promise: String,
    },
}

/// `hackweek promise add`
#[derive(Debug, Args)]
pub(crate) struct Add {
    /// What is given
    #[arg(value_name = "WHAT")]
    what: String,
    /// Who gets it; repeat it for more [default: all]
    #[arg(long, value_name = "NAME")]
    to: Vec<String>,
    /// Who gives it [default: you]
    #[arg(long, value_name = "NAME")]
    from: Option<String>,
    /// When: 2026-11-18T12:00:00+01:00, or "3 12:00" for noon of day 3
    #[arg(long, value_name = "TIME")]
    due: Option<String>,
    /// What it will look like
    #[arg(long, value_name = "TEXT")]
    shape: Option<String>,
    /// What stands in until then
    #[arg(long, value_name = "TEXT")]
    stand_in: Option<String>,
    /// The file that stands in
    #[arg(long, value_name = "PATH")]
    stand_in_path: Option<String>,
    /// Both sides agreed already
    #[arg(long)]
    agreed: bool,
}

/// `hackweek promise edit`
#[derive(Debug, Args)]
pub(crate) struct Edit {
    /// The promise
    #[arg(value_name = "ID")]
    promise: String,
    /// What is given
    #[arg(long, value_name = "TEXT")]
    what: Option<String>,
    /// Who gets it; repeat it for more
    #[arg(long, value_name = "NAME")]
    to: Vec<String>,
    /// Who gives it
    #[arg(long, value_name = "NAME")]
    from: Option<String>,
    /// When
    #[arg(long, value_name = "TIME")]
    due: Option<String>,
    /// What it will look like
    #[arg(long, value_name = "TEXT")]
    shape: Option<String>,
    /// What stands in until then
    #[arg(long, value_name = "TEXT")]
    stand_in: Option<String>,
    /// The file that stands in
    #[arg(long, value_name = "PATH")]
    stand_in_path: Option<String>,
}

/// Lists or changes.
pub(super) fn run(session: &Session, asked: &Promise) -> Result<Verdict, Failure> {
    let (promise, change) = match asked {
        Promise::List => {
            return list(
                session,
                |workspace| workspace.promises(),
                table::write_promises,
            );
        }
        Promise::Add(add) => {
            let new = NewPromise {
                what: add.what.clone(),
                from: add.from.clone(),
                to: add.to.clone(),
                shape: add.shape.clone(),
                stand_in: add.stand_in.clone(),
                stand_in_path: add.stand_in_path.clone(),
                due: add.due.clone(),
                agreed: add.agreed,
            };
            return edit(session, |people, workspace| {
                people.add_promise(&new, workspace)
            });
        }
        Promise::Edit(new) => {
            let edited = PromiseEdit {
                what: new.what.clone(),
                from: new.from.clone(),
                to: (!new.to.is_empty()).then(|| new.to.clone()),
                shape: new.shape.clone(),
                stand_in: new.stand_in.clone(),
                stand_in_path: new.stand_in_path.clone(),
                due: new.due.clone(),
            };
            return edit(session, |people, workspace| {
                people.edit_promise(&new.promise, &edited, workspace)
            });
        }
        Promise::Say { promise, text, by } => {
            return edit(session, |people, _| {
                people.say_of_promise(promise, text, by.as_deref())
            });
        }
        Promise::Wait { promise, task, not } => {
            return edit(session, |people, _| {
                people.wait_for_promise(promise, task, !not)
            });
        }
        Promise::Agree { promise } => (promise, PromiseChange::Agree),
        Promise::Mock { promise } => (promise, PromiseChange::Mock),
        Promise::Keep { promise } => (promise, PromiseChange::Keep),
        Promise::Break { promise } => (promise, PromiseChange::Break),
        Promise::Delete { promise } => (promise, PromiseChange::Delete),
    };
    edit(session, |people, _| people.change_promise(promise, change))
}

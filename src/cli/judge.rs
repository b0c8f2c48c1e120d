//! `hackweek debt accept` and its like: what people decide of an item.

use clap::Subcommand;

use super::exit::{Failure, Verdict};
use super::scan::{scan, verdict};
use super::signals::Signals;
use super::{Session, written};
use crate::workspace::Workspace;
use crate::workspace::people::{Remark, Verdict as Said};

/// What can be said of an item.
#[derive(Debug, Subcommand)]
pub(crate) enum Judge {
    /// Keep an item, for a reason
    Accept {
        /// The item: its id, the beginning of it, REPOSITORY:ID, or where it stands, as in
        /// src/hook.rs:17
        #[arg(value_name = "ID")]
        item: String,
        /// Why it stays
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    /// Carry an item to the next week, once
    Carry {
        /// The item
        #[arg(value_name = "ID")]
        item: String,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
    },
    /// Say that an item is not debt
    Dismiss {
        /// The item
        #[arg(value_name = "ID")]
        item: String,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
    },
    /// Say that an item is paid where git cannot show it
    Paid {
        /// The item
        #[arg(value_name = "ID")]
        item: String,
        /// How
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
    },
    /// Count a suspected item as declared
    Promote {
        /// The item
        #[arg(value_name = "ID")]
        item: String,
    },
    /// Take back what was decided of an item
    Reopen {
        /// The item
        #[arg(value_name = "ID")]
        item: String,
    },
    /// Say who pays an item and on which day, or without a name that nobody does
    Take {
        /// The item
        #[arg(value_name = "ID")]
        item: String,
        /// Who: a name, a mail address, or me
        #[arg(value_name = "NAME")]
        owner: Option<String>,
        /// The day, 1 to 5
        #[arg(long, value_name = "DAY", default_value_t = 4)]
        day: u8,
    },
    /// Link the test that belongs to an item, or without one none
    Test {
        /// The item
        #[arg(value_name = "ID")]
        item: String,
        /// Its name or path
        #[arg(value_name = "TEST")]
        test: Option<String>,
    },
    /// Link the issue that was made of an item, or without one none
    Issue {
        /// The item
        #[arg(value_name = "ID")]
        item: String,
        /// Its number or address
        #[arg(value_name = "ISSUE")]
        issue: Option<String>,
    },
}

/// What a command says of an item.
enum Word {
    Decided(Said),
    Remarked(Remark),
}

impl Judge {
    fn word(&self) -> (&str, Word) {
        let (item, said) = match self {
            Self::Accept { item, reason } => {
                let reason = reason.clone();
                (item, Said::Accept { reason })
            }
            Self::Carry { item, reason } => {
                let reason = reason.clone();
                (item, Said::Carry { reason })
            }
            Self::Dismiss { item, reason } => {
                let reason = reason.clone();
                (item, Said::Dismiss { reason })
            }
            Self::Paid { item, reason } => {
                let reason = reason.clone();
                (item, Said::Paid { reason })
            }
            Self::Promote { item } => (item, Said::Promote),
            Self::Reopen { item } => (item, Said::Reopen),
            Self::Take { item, owner, day } => {
                let take = Remark::Take(owner.clone(), Some(*day));
                return (item, Word::Remarked(take));
            }
            Self::Test { item, test } => {
                let test = Remark::Test(test.clone().unwrap_or_default());
                return (item, Word::Remarked(test));
            }
            Self::Issue { item, issue } => {
                let issue = Remark::Issue(issue.clone().unwrap_or_default());
                return (item, Word::Remarked(issue));
            }
        };
        (item, Word::Decided(said))
    }
}

/// Scans, and says it of the item. `reports` is whether flags of the report were given, too.
pub(super) fn run(session: &Session, judge: &Judge, reports: bool) -> Result<Verdict, Failure> {
    if reports {
        return Err(Failure::usage(
            "the flags of the report are not for a decision",
            "decide first, then run `hackweek debt` with them",
        ));
    }
    written::speaks(session)?;
    let target = session.target()?;
    let signals = Signals::watch()?;
    let mut workspace = Workspace::open(session.options()?)?;
    let scanned = scan(session, &mut workspace, &signals)?;
    if !scanned.is_empty() && scanned.iter().all(|repository| repository.outcome.is_err()) {
        return Ok(Verdict::Partial);
    }
    let done = match judge.word() {
        (item, Word::Decided(said)) => workspace.judge(item, &said)?,
        (item, Word::Remarked(remark)) => workspace.remark(item, &remark)?,
    };
    target.write(&written::rendered(session, &done)?)?;
    Ok(verdict(&scanned))
}

//! `hackweek debt accept` and its like: what people decide of an item.

use clap::Subcommand;

use super::exit::{Failure, Verdict};
use super::scan::{scan, verdict};
use super::signals::Signals;
use super::{Session, written};
use crate::workspace::Workspace;
use crate::workspace::people::Verdict as Said;

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
}

impl Judge {
    fn said(&self) -> (&str, Said) {
        match self {
            Self::Accept { item, reason } => (
                item,
                Said::Accept {
                    reason: reason.clone(),
                },
            ),
            Self::Carry { item, reason } => (
                item,
                Said::Carry {
                    reason: reason.clone(),
                },
            ),
            Self::Dismiss { item, reason } => (
                item,
                Said::Dismiss {
                    reason: reason.clone(),
                },
            ),
            Self::Paid { item, reason } => (
                item,
                Said::Paid {
                    reason: reason.clone(),
                },
            ),
            Self::Promote { item } => (item, Said::Promote),
            Self::Reopen { item } => (item, Said::Reopen),
        }
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
    let (item, said) = judge.said();
    let done = workspace.judge(item, &said)?;
    target.write(&written::rendered(session, &done)?)?;
    Ok(verdict(&scanned))
}

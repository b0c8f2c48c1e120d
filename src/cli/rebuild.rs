//! `hackweek rebuild`: throws the index away and reads the whole history again.

use super::Session;
use super::exit::{Failure, Verdict};
use super::progress::ScanBar;
use super::scan::{FORMATS, complain, rendered, verdict};
use super::signals::Signals;
use crate::workspace::Workspace;

/// Rebuilds and says what that took.
pub(super) fn run(session: &Session) -> Result<Verdict, Failure> {
    session.needs_format("rebuild", &FORMATS)?;
    let target = session.target()?;
    let signals = Signals::watch()?;
    let mut workspace = Workspace::open(session.options()?)?;
    let bar = ScanBar::new(session.terminal.ascii);
    let scanned = workspace.rebuild(&|progress| bar.update(progress), signals.cancel());
    drop(bar);
    signals.check()?;
    let scanned = scanned?;
    complain(&scanned);
    target.write(&rendered(session, &scanned)?)?;
    Ok(verdict(&scanned))
}

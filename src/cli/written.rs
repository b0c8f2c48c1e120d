//! What the commands of the board share: a list shown, a change told; `hackweek undo` and `redo`.

use std::io::{self, Write};

use serde::Serialize;

use super::args::Format;
use super::exit::{Failure, Verdict};
use super::scan::{scan, verdict};
use super::signals::Signals;
use super::{Session, laid_out};
use crate::report::json;
use crate::report::people::{Change, SCHEMA_CHANGE};
use crate::report::safe_text::Safe;
use crate::report::table::View;
use crate::workspace::people::{People, Written};
use crate::workspace::{Error, Workspace};

/// Refuses the formats of reports, before anything is changed.
pub(super) fn speaks(session: &Session) -> Result<(), Failure> {
    session.needs_format("the board", &[Format::Table, Format::Json])
}

/// Shows a list in the asked format.
pub(super) fn list<T: Serialize>(
    session: &Session,
    ask: impl FnOnce(&Workspace) -> Result<T, Error>,
    table: impl FnOnce(&T, &View, &mut dyn Write) -> io::Result<()>,
) -> Result<Verdict, Failure> {
    speaks(session)?;
    let target = session.target()?;
    let list = ask(&Workspace::open(session.options()?)?)?;
    let bytes = laid_out(|out| match session.shared.format {
        Format::Json => json::write(&list, out),
        _ => table(&list, &session.view(), out),
    })?;
    target.write(&bytes)?;
    Ok(Verdict::Fine)
}

/// Makes a change and tells it.
pub(super) fn edit(
    session: &Session,
    change: impl FnOnce(&mut People, &Workspace) -> Result<Written, Error>,
) -> Result<Verdict, Failure> {
    speaks(session)?;
    let target = session.target()?;
    let workspace = Workspace::open(session.options()?)?;
    let done = change(&mut workspace.people()?, &workspace)?;
    target.write(&rendered(session, &done)?)?;
    Ok(Verdict::Fine)
}

/// Scans, and writes what is made of the debt. Where a repository could not be scanned nothing is
/// written: it may hold what nobody decided on, and the figures would leave it out.
pub(super) fn after_scan(
    session: &Session,
    write: impl FnOnce(&Workspace) -> Result<Written, Error>,
) -> Result<Verdict, Failure> {
    speaks(session)?;
    let target = session.target()?;
    let signals = Signals::watch()?;
    let mut workspace = Workspace::open(session.options()?)?;
    let scanned = scan(session, &mut workspace, &signals)?;
    if verdict(&scanned) != Verdict::Fine {
        return Ok(Verdict::Partial);
    }
    target.write(&rendered(session, &write(&workspace)?)?)?;
    Ok(Verdict::Fine)
}

/// Takes the last command back.
pub(super) fn undo(session: &Session) -> Result<Verdict, Failure> {
    speaks(session)?;
    let target = session.target()?;
    let done = Workspace::open(session.options()?)?.undo()?;
    target.write(&told(session, &done, "`hackweek redo` does it again")?)?;
    Ok(Verdict::Fine)
}

/// Does again what was taken back last.
pub(super) fn redo(session: &Session) -> Result<Verdict, Failure> {
    speaks(session)?;
    let target = session.target()?;
    let done = Workspace::open(session.options()?)?.redo()?;
    target.write(&rendered(session, &done)?)?;
    Ok(Verdict::Fine)
}

/// A change in the asked format, with the way back.
pub(super) fn rendered(session: &Session, done: &Written) -> Result<Vec<u8>, Failure> {
    told(session, done, "`hackweek undo` takes it back")
}

fn told(session: &Session, done: &Written, back: &str) -> Result<Vec<u8>, Failure> {
    laid_out(|out| match session.shared.format {
        Format::Json => json::write(
            &Change {
                schema: SCHEMA_CHANGE.to_owned(),
                sentence: done.sentence.clone(),
                made: done.made.clone(),
            },
            out,
        ),
        _ => writeln!(out, "{} ({back})", Safe::new(&done.sentence)),
    })
}

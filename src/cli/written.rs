//! How a change is told, `hackweek undo` and `hackweek redo`.

use super::args::Format;
use super::exit::{Failure, Verdict};
use super::{Session, laid_out};
use crate::report::json;
use crate::report::people::{Change, SCHEMA_CHANGE};
use crate::report::safe_text::Safe;
use crate::workspace::Workspace;
use crate::workspace::people::Written;

/// Takes the last command back.
pub(super) fn undo(session: &Session) -> Result<Verdict, Failure> {
    let target = session.target()?;
    let done = Workspace::open(session.options()?)?.undo()?;
    target.write(&told(session, &done, "`hackweek redo` does it again")?)?;
    Ok(Verdict::Fine)
}

/// Does again what was taken back last.
pub(super) fn redo(session: &Session) -> Result<Verdict, Failure> {
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
        Format::Table => writeln!(out, "{} ({back})", Safe::new(&done.sentence)),
    })
}

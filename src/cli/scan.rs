//! `hackweek scan`, and the scan that other commands begin with.

use super::args::Format;
use super::exit::{Failure, Verdict, say_repository};
use super::progress::ScanBar;
use super::signals::Signals;
use super::{Session, laid_out};
use crate::report::scan::{Figures, SCHEMA, ScanReport, ScannedRepository};
use crate::report::{json, table};
use crate::workspace::{Scanned, Workspace};

/// The formats of a scan's result.
pub(super) const FORMATS: [Format; 2] = [Format::Table, Format::Json];

/// Brings the index up to date and says what that took.
pub(super) fn run(session: &Session) -> Result<Verdict, Failure> {
    session.needs_format("scan", &FORMATS)?;
    let target = session.target()?;
    let signals = Signals::watch()?;
    let mut workspace = Workspace::open(session.options()?)?;
    let scanned = scan(session, &mut workspace, &signals)?;
    target.write(&rendered(session, &scanned)?)?;
    Ok(verdict(&scanned))
}

/// Scans with a progress bar, and says which repositories failed.
pub(super) fn scan(
    session: &Session,
    workspace: &mut Workspace,
    signals: &Signals,
) -> Result<Vec<Scanned>, Failure> {
    let bar = ScanBar::new(session.terminal.ascii);
    let scanned = workspace.scan(&|progress| bar.update(progress), signals.cancel());
    drop(bar);
    // A signal that came too late for the scan still ends the command.
    signals.check()?;
    let scanned = scanned?;
    complain(&scanned);
    Ok(scanned)
}

/// Says on standard error which repositories failed, and why.
pub(super) fn complain(scanned: &[Scanned]) {
    for repository in scanned {
        if let Err(error) = &repository.outcome {
            say_repository(&repository.name, error);
        }
    }
}

/// Partial if a repository failed.
pub(super) fn verdict(scanned: &[Scanned]) -> Verdict {
    if scanned.iter().any(|repository| repository.outcome.is_err()) {
        Verdict::Partial
    } else {
        Verdict::Fine
    }
}

/// The result in the asked format.
pub(super) fn rendered(session: &Session, scanned: &[Scanned]) -> Result<Vec<u8>, Failure> {
    let report = document(scanned);
    laid_out(|out| match session.shared.format {
        Format::Json => json::write(&report, out),
        _ => table::write_scan(&report, &session.view(), out),
    })
}

fn document(scanned: &[Scanned]) -> ScanReport {
    let repositories = scanned
        .iter()
        .map(|repository| {
            let outcome = repository.outcome.as_ref();
            ScannedRepository {
                name: repository.name.clone(),
                path: repository.path.to_string_lossy().into_owned(),
                figures: outcome.ok().map(|figures| Figures {
                    commits: figures.commits,
                    new_commits: figures.new_commits,
                    items: figures.items,
                    skipped: figures.skipped,
                }),
                error: outcome.err().map(ToString::to_string),
            }
        })
        .collect();
    ScanReport {
        schema: SCHEMA.to_owned(),
        repositories,
    }
}

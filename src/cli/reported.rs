//! What the commands share that report in every format: scan, gather, lay out, write.

use std::path::Path;

use serde::Serialize;

use super::args::{Format, Reported};
use super::debt::at_terminal;
use super::exit::{Failure, Verdict, say};
use super::gate::{Gate, Owed};
use super::scan::{scan, verdict};
use super::signals::Signals;
use super::template::Template;
use super::{Session, laid_out};
use crate::report::secret;
use crate::report::template::extension;
use crate::report::week::{self, Report};
use crate::workspace::{Error, Workspace};

/// A report that is made of a workspace.
pub(super) trait Made: Sized + Serialize {
    /// Its name in the names of files.
    const NAME: &'static str;

    /// Whether it says something of the debt, so that a scan comes first.
    const SCANS: bool = true;

    /// What it tells of the debt; `None`: nothing.
    fn owed(&self) -> Option<Owed> {
        None
    }

    /// Makes it.
    fn of(workspace: &Workspace) -> Result<Self, Error>;

    /// As what it is written.
    fn report(&self) -> Report<'_>;

    /// What it quotes.
    fn texts(&mut self) -> Vec<&mut String>;

    /// Of which day or week it is, for the name of its file.
    fn when(&self) -> String;

    /// The template that the configuration has for it.
    fn template(_workspace: &Workspace) -> Option<&Path> {
        None
    }
}

/// Scans, reports and writes.
pub(super) fn run<T: Made>(session: &Session, args: &Reported) -> Result<Verdict, Failure> {
    gated::<T>(session, args, &Gate::default())
}

/// The same, and then looks at the gate.
pub(super) fn gated<T: Made>(
    session: &Session,
    args: &Reported,
    gate: &Gate,
) -> Result<Verdict, Failure> {
    let format = format(session, args)?;
    if args.template.is_some() && session.shared.format != Format::Table {
        return Err(Failure::usage(
            "--template says by its name which format it makes",
            "leave --format out",
        ));
    }
    let template = args.template.as_deref().map(Template::read).transpose()?;
    if args.csv_raw && session.shared.format != Format::Csv {
        return Err(Failure::usage(
            format!(
                "--csv-raw is not for --format {}",
                session.shared.format.name()
            ),
            "use it with --format csv, or leave it out",
        ));
    }
    if args.with_secrets && !at_terminal(session) {
        return Err(Failure::usage(
            "--with-secrets needs a terminal: a report that a program passes on must hold no secret",
            "leave it out, or write to the terminal or to a file named by --output",
        ));
    }
    let folder = session
        .shared
        .output
        .as_deref()
        .is_some_and(|path| path.is_dir());
    if !folder {
        // What is in the way is said before the work.
        session.target()?;
    }
    let signals = Signals::watch()?;
    let mut workspace = Workspace::open(session.options()?)?;
    let template = match (template, T::template(&workspace)) {
        (Some(template), _) => Some(template),
        // The one of the configuration stands in for one format alone.
        (None, Some(path)) if stands_in(path) == session.shared.format => {
            Some(Template::read(path)?)
        }
        _ => None,
    };
    let scanned = match T::SCANS {
        true => scan(session, &mut workspace, &signals)?,
        false => Vec::new(),
    };
    if !scanned.is_empty() && scanned.iter().all(|repository| repository.outcome.is_err()) {
        // A report of nothing would read as one of a week without debt.
        return Ok(Verdict::Partial);
    }
    let mut made = T::of(&workspace)?;
    if !args.with_secrets {
        conceal(made.texts());
    }
    let bytes = match &template {
        Some(template) => template.render(&made)?,
        None => laid_out(|out| week::write(made.report(), format, out))?,
    };
    signals.check()?;
    let extension = match &template {
        Some(template) => template.extension(),
        None => session.shared.format.extension(),
    };
    let name = format!("{}-{}.{extension}", made.when(), T::NAME);
    session.target_or(&name)?.write(&bytes)?;
    let verdict = verdict(&scanned);
    Ok(match made.owed() {
        Some(owed) => gate.close(owed, verdict),
        None => verdict,
    })
}

/// The format that a template of the configuration stands in for.
fn stands_in(path: &Path) -> Format {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    match extension(&name) {
        "md" | "markdown" => Format::Markdown,
        "html" | "htm" => Format::Html,
        "csv" => Format::Csv,
        "json" => Format::Json,
        _ => Format::Table,
    }
}

fn format(session: &Session, args: &Reported) -> Result<week::Format, Failure> {
    Ok(match session.shared.format {
        Format::Table => week::Format::Table(session.view()),
        Format::Json => week::Format::Json,
        Format::Markdown => week::Format::Markdown,
        Format::Html => week::Format::Html,
        Format::Slack => week::Format::Slack,
        Format::Csv => week::Format::Csv { raw: args.csv_raw },
        Format::Sarif | Format::Github => {
            return Err(Failure::usage(
                format!(
                    "--format {} is for the debt report",
                    session.shared.format.name()
                ),
                "use table, json, markdown, html, slack or csv",
            ));
        }
    })
}

/// Takes secrets out, and says so: somebody should see to them.
fn conceal(texts: Vec<&mut String>) {
    let what = match secret::redact_texts(texts) {
        0 => return,
        1 => "1 text holds what looks like a secret".to_owned(),
        many => format!("{many} texts hold what looks like a secret"),
    };
    say(&format!(
        "hackweek: {what}, shown as {}\n  hint: --with-secrets shows it at a terminal; if it is one, replace it: git keeps it\n",
        secret::REDACTED
    ));
}

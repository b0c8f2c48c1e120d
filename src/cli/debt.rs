//! `hackweek debt`: the debt report, and the gate that a build can stand at.

use std::io::{self, IsTerminal};

use super::args::{self, Format};
use super::exit::{Failure, Verdict, say};
use super::gate::Owed;
use super::judge;
use super::scan::{scan, verdict};
use super::signals::Signals;
use super::{Session, laid_out};
use crate::report::csv::{self, Rows};
use crate::report::debt::DebtReport;
use crate::report::table::View;
use crate::report::{github, html, json, markdown, sarif, secret, slack, table};
use crate::workspace::{Scope, Workspace};

/// Scans, reports, and looks at the gate.
pub(super) fn run(session: &Session, args: &args::Debt) -> Result<Verdict, Failure> {
    if let Some(verdict) = &args.verdict {
        let reports = args.all || args.suspected || args.limit.is_some();
        let writes = args.csv_raw || args.with_secrets || !args.gate.is_open();
        return judge::run(session, verdict, reports || writes);
    }
    let format = session.shared.format;
    usage(format, args, at_terminal(session))?;
    let signals = Signals::watch()?;
    let mut workspace = Workspace::open(session.options()?)?;
    let name = format!("{}-debt.{}", workspace.week().name(), format.extension());
    let target = session.target_or(&name)?;
    let scanned = scan(session, &mut workspace, &signals)?;
    if !scanned.is_empty() && scanned.iter().all(|repository| repository.outcome.is_err()) {
        // A report of nothing would read as a report of no debt.
        return Ok(Verdict::Partial);
    }
    if !args.with_secrets {
        // Ready once the index is read; earlier it would take from the scan; without a thread it is made then.
        let _ = std::thread::Builder::new().spawn(secret::prepare);
    }
    let mut report = workspace.debt(if args.all { Scope::All } else { Scope::Week })?;
    if !args.with_secrets {
        conceal(&mut report);
    }
    let bytes = laid_out(|out| match format {
        Format::Table => {
            let limit = args.limit.unwrap_or(View::default().limit);
            let view = View {
                suspected: args.suspected,
                limit,
                ..session.view()
            };
            table::write(&report, &view, out)
        }
        Format::Json => json::write(&report, out),
        Format::Markdown => markdown::write(&report, args.suspected, out),
        Format::Html => html::write(&report, out),
        Format::Slack => slack::write(&report, out),
        Format::Csv => {
            let rows = Rows {
                raw: args.csv_raw,
                suspected: args.suspected,
            };
            csv::write(&report, rows, out)
        }
        Format::Sarif => sarif::write(&report, args.suspected, out),
        Format::Github => github::write(&report, out),
    })?;
    signals.check()?;
    target.write(&bytes)?;
    Ok(args.gate.close(Owed::of_report(&report), verdict(&scanned)))
}

/// Refuses flags that do not go together.
fn usage(format: Format, args: &args::Debt, at_terminal: bool) -> Result<(), Failure> {
    let name = format.name();
    if args.limit.is_some() && format != Format::Table {
        return Err(Failure::usage(
            format!("--limit cuts the table; --format {name} has its own measure"),
            "leave --limit out, or use --format table",
        ));
    }
    if args.csv_raw && format != Format::Csv {
        return Err(Failure::usage(
            format!("--csv-raw is not for --format {name}"),
            "use it with --format csv, or leave it out",
        ));
    }
    if args.suspected && matches!(format, Format::Slack | Format::Github) {
        return Err(Failure::usage(
            format!("--format {name} has no room for suspected items"),
            "leave --suspected out, or use --format markdown",
        ));
    }
    if args.with_secrets && !at_terminal {
        return Err(Failure::usage(
            "--with-secrets needs a terminal: a report that a program passes on must hold no secret",
            "leave it out, or write to the terminal or to a file named by --output",
        ));
    }
    Ok(())
}

/// Whether a person asked, and the result stays with them: on the terminal or in a file they named.
pub(super) fn at_terminal(session: &Session) -> bool {
    let stays = session.shared.output.is_some() || io::stdout().is_terminal();
    io::stdin().is_terminal() && stays
}

/// Takes secrets out, and says so: somebody should see to them.
fn conceal(report: &mut DebtReport) {
    let what = match secret::redact_report(report) {
        0 => return,
        1 => "1 item holds what looks like a secret".to_owned(),
        many => format!("{many} items hold what looks like a secret"),
    };
    say(&format!(
        "hackweek: {what}, shown as {}\n  hint: --with-secrets shows it at a terminal; if it is one, replace it: git keeps it\n",
        secret::REDACTED
    ));
}

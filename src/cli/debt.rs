//! `hackweek debt`: the debt report, and the gate that a build can stand at.

use std::io::{self, IsTerminal};

use super::args::{self, FailOn, Format};
use super::exit::{Failure, Verdict, say};
use super::judge;
use super::scan::{scan, verdict};
use super::signals::Signals;
use super::{Session, laid_out};
use crate::report::csv::{self, Rows};
use crate::report::debt::{DebtReport, Status};
use crate::report::table::View;
use crate::report::{github, html, json, markdown, sarif, secret, slack, table};
use crate::workspace::{Scope, Workspace};

/// Scans, reports, and looks at the gate.
pub(super) fn run(session: &Session, args: &args::Debt) -> Result<Verdict, Failure> {
    if let Some(verdict) = &args.verdict {
        let reports = args.all || args.suspected || args.limit.is_some();
        let writes = args.csv_raw || args.with_secrets || !args.fail_on.is_empty();
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
    let gate = gate(&report, &args.fail_on);
    if let Some(found) = &gate {
        say(&format!("hackweek: {found}\n"));
    }
    // A gate that could not look at everything has not been passed, whatever it found in the rest.
    match verdict(&scanned) {
        Verdict::Fine if gate.is_some() => Ok(Verdict::Found),
        verdict => Ok(verdict),
    }
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

/// What the gate found, in one line; `None` when it lets the report pass.
fn gate(report: &DebtReport, asked: &[FailOn]) -> Option<String> {
    let mut found = Vec::new();
    for (what, figure, name) in [
        (FailOn::Open, report.totals.open, "open"),
        (FailOn::Undecided, report.totals.undecided, "undecided"),
        (FailOn::Late, late(report), "late"),
    ] {
        if figure > 0 && asked.contains(&what) {
            found.push(format!("{figure} {name}"));
        }
    }
    (!found.is_empty()).then(|| format!("the gate found {}", found.join(", ")))
}

/// What missed the deadline: paid after it, or of the hack days and still open after it.
fn late(report: &DebtReport) -> u64 {
    let over = report.generated_at > report.week.deadline;
    let missed = report.items.iter().filter(|item| {
        item.status == Status::Open && item.introduced.day.is_some_and(|day| day <= 2)
    });
    report.totals.paid_late + if over { missed.count() as u64 } else { 0 }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn report(now: &str) -> DebtReport {
        let mut report: DebtReport =
            serde_json::from_str(include_str!("../../tests/cli/week.json")).unwrap();
        report.generated_at = now.parse().unwrap();
        report.totals.paid_late = 1;
        report
    }

    #[test]
    fn the_gate_names_only_what_was_asked_for() {
        let report = report("2026-11-18T13:05:00+01:00");
        assert_eq!(gate(&report, &[]), None);
        assert_eq!(
            gate(&report, &[FailOn::Open]).unwrap(),
            "the gate found 4 open"
        );
        assert_eq!(
            gate(&report, &[FailOn::Undecided, FailOn::Open]).unwrap(),
            "the gate found 4 open, 3 undecided"
        );
    }

    #[test]
    fn open_items_are_late_once_the_deadline_is_over() {
        let asked = [FailOn::Late];
        assert_eq!(
            gate(&report("2026-11-19T18:00:00+01:00"), &asked).unwrap(),
            "the gate found 1 late"
        );
        assert_eq!(
            gate(&report("2026-11-19T18:00:01+01:00"), &asked).unwrap(),
            "the gate found 5 late"
        );
    }
}

//! `hackweek debt`: the debt report, and the gate that a build can stand at.

use super::args::{self, FailOn, Format};
use super::exit::{Failure, Verdict, say};
use super::judge;
use super::scan::{scan, verdict};
use super::signals::Signals;
use super::{Session, laid_out};
use crate::report::debt::{DebtReport, Status};
use crate::report::table::View;
use crate::report::{json, table};
use crate::workspace::{Scope, Workspace};

/// Scans, reports, and looks at the gate.
pub(super) fn run(session: &Session, args: &args::Debt) -> Result<Verdict, Failure> {
    if let Some(verdict) = &args.verdict {
        let reports = args.all || args.suspected || args.limit.is_some();
        return judge::run(session, verdict, reports || !args.fail_on.is_empty());
    }
    if args.limit.is_some() && session.shared.format == Format::Json {
        return Err(Failure::usage(
            "--limit cuts the table; the JSON document always has every item",
            "leave --limit out, or use --format table",
        ));
    }
    let target = session.target()?;
    let signals = Signals::watch()?;
    let mut workspace = Workspace::open(session.options()?)?;
    let scanned = scan(session, &mut workspace, &signals)?;
    if !scanned.is_empty() && scanned.iter().all(|repository| repository.outcome.is_err()) {
        // A report of nothing would read as a report of no debt.
        return Ok(Verdict::Partial);
    }
    let report = workspace.debt(if args.all { Scope::All } else { Scope::Week })?;
    let bytes = laid_out(|out| match session.shared.format {
        Format::Json => json::write(&report, out),
        Format::Table => {
            let default = View::default().limit;
            let limit = args.limit.unwrap_or(default);
            let view = View {
                suspected: args.suspected,
                limit,
                ..session.view()
            };
            table::write(&report, &view, out)
        }
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

//! The gate of `--fail-on`: what makes a report end with 1, the same for each that tells of debt.

use clap::{Args, ValueEnum};

use super::exit::{Verdict, say};
use crate::report::debt::{DebtReport, Status};
use crate::report::figures::WeekDebt;
use crate::report::order;

/// What closes the gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// Items that are still open
    Open,
    /// Open items that nobody has decided on
    Undecided,
    /// Items paid after the deadline, or open after it
    Late,
}

/// The flag.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct Gate {
    /// Exit with 1 if the report holds such items; repeat it or join with commas
    #[arg(long, value_enum, value_name = "WHAT", value_delimiter = ',')]
    pub(super) fail_on: Vec<FailOn>,
}

/// What a report tells of debt, as the gate counts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Owed {
    open: u64,
    undecided: u64,
    late: u64,
}

impl Owed {
    /// What a debt report tells. Late is what was paid after the deadline, or is of the hack days and
    /// still open after it.
    pub(super) fn of_report(report: &DebtReport) -> Self {
        let missed = report
            .items
            .iter()
            .filter(|item| item.status == Status::Open && order::is_of_hack_days(report, item));
        let over = report.generated_at > report.week.deadline;
        let missed = if over { missed.count() as u64 } else { 0 };
        Self {
            open: report.totals.open,
            undecided: report.totals.undecided,
            late: report.totals.paid_late + missed,
        }
    }

    /// What the figures of a week tell, made at a moment.
    pub(super) fn of_week(debt: &WeekDebt, at: chrono::DateTime<chrono::FixedOffset>) -> Self {
        let missed = if at > debt.deadline { debt.open } else { 0 };
        Self {
            open: debt.open,
            undecided: debt.undecided,
            late: debt.paid_late + missed,
        }
    }
}

impl Gate {
    /// Whether nothing is asked of it.
    pub(super) fn is_open(&self) -> bool {
        self.fail_on.is_empty()
    }

    /// Says what it found, and how the command ends that would have ended so. A gate that could not
    /// look at everything has not been passed, whatever it found in the rest.
    pub(super) fn close(&self, owed: Owed, verdict: Verdict) -> Verdict {
        let found = self.found(owed);
        if let Some(found) = &found {
            say(&format!("hackweek: {found}\n"));
        }
        match verdict {
            Verdict::Fine if found.is_some() => Verdict::Found,
            verdict => verdict,
        }
    }

    /// What it found, in one line; `None` when it lets the report pass.
    fn found(&self, owed: Owed) -> Option<String> {
        let mut found = Vec::new();
        for (what, figure, name) in [
            (FailOn::Open, owed.open, "open"),
            (FailOn::Undecided, owed.undecided, "undecided"),
            (FailOn::Late, owed.late, "late"),
        ] {
            if figure > 0 && self.fail_on.contains(&what) {
                found.push(format!("{figure} {name}"));
            }
        }
        (!found.is_empty()).then(|| format!("the gate found {}", found.join(", ")))
    }
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

    fn found(report: &DebtReport, fail_on: &[FailOn]) -> Option<String> {
        let fail_on = fail_on.to_vec();
        Gate { fail_on }.found(Owed::of_report(report))
    }

    #[test]
    fn the_gate_names_only_what_was_asked_for() {
        let report = report("2026-11-18T13:05:00+01:00");
        assert_eq!(found(&report, &[]), None);
        assert_eq!(
            found(&report, &[FailOn::Open]).unwrap(),
            "the gate found 4 open"
        );
        assert_eq!(
            found(&report, &[FailOn::Undecided, FailOn::Open]).unwrap(),
            "the gate found 4 open, 3 undecided"
        );
    }

    #[test]
    fn open_items_are_late_once_the_deadline_is_over() {
        let late = |now| found(&report(now), &[FailOn::Late]).unwrap();
        assert_eq!(late("2026-11-19T18:00:00+01:00"), "the gate found 1 late");
        assert_eq!(late("2026-11-19T18:00:01+01:00"), "the gate found 5 late");
    }

    #[test]
    fn late_is_of_the_hack_days_that_are_configured() {
        let mut report = report("2026-11-19T18:00:01+01:00");
        let open = |report: &DebtReport, day: u8| {
            let items = report.items.iter();
            let open = items.filter(|item| item.status == Status::Open);
            open.filter(|item| item.introduced.day == Some(day)).count()
        };
        let (first, second) = (open(&report, 1), open(&report, 2));
        assert!(first > 0 && second > 0);
        report.week.days[1].hack = false;
        let said = format!("the gate found {} late", 1 + first);
        assert_eq!(found(&report, &[FailOn::Late]).unwrap(), said);
    }

    #[test]
    fn what_failed_is_worse_than_what_was_found() {
        let gate = Gate {
            fail_on: vec![FailOn::Open],
        };
        let owed = |open| Owed {
            open,
            undecided: 0,
            late: 0,
        };
        assert_eq!(gate.close(owed(0), Verdict::Fine).code(), 0);
        assert_eq!(gate.close(owed(1), Verdict::Fine).code(), 1);
        assert_eq!(gate.close(owed(1), Verdict::Partial).code(), 3);
    }
}

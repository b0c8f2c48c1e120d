//! The gate of `--fail-on`: what makes a report end with 1, the same for each that tells of debt.

use clap::{Args, ValueEnum};

use super::exit::{Verdict, say};
use crate::report::carried::CarriedIn;
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
    /// Exit with 1 if there are such items, of the week's own or carried into it; repeat it or join
    /// with commas
    #[arg(long, value_enum, value_name = "WHAT", value_delimiter = ',')]
    pub(super) fail_on: Vec<FailOn>,
}

/// What a report tells of debt, as the gate counts it. What was carried into the week is in none of
/// the week's own figures, and is due with them: it is paid or accepted, or the gate stays closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Owed {
    open: Counted,
    undecided: Counted,
    late: Counted,
}

/// A figure of the gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Counted {
    /// All of them.
    items: u64,
    /// Of these, carried into the week.
    carried: u64,
}

impl Counted {
    fn with(own: u64, carried: u64) -> Self {
        let items = own + carried;
        Self { items, carried }
    }
}

impl Owed {
    /// What a debt report tells. Late is what was due and was paid after the deadline, or is open
    /// after it.
    pub(super) fn of_report(report: &DebtReport) -> Self {
        let missed = report
            .items
            .iter()
            .filter(|item| item.status == Status::Open && order::is_of_hack_days(report, item));
        let is_over = report.generated_at > report.week.deadline;
        let missed = if is_over { missed.count() as u64 } else { 0 };
        let totals = &report.totals;
        let carried = CarriedIn::of(report).unwrap_or_default();
        let late = totals.paid_late + missed;
        if report.counts_week() {
            return Self::with([totals.open, totals.undecided, late], &carried, is_over);
        }
        // Of a whole history the totals hold what was carried too, and know no late payments.
        let among = |items, carried| Counted { items, carried };
        let missed = if is_over { carried.open } else { 0 };
        Self {
            open: among(totals.open, carried.open),
            undecided: among(totals.undecided, carried.open),
            late: Counted::with(late, missed),
        }
    }

    /// What the figures of a week tell, made at a moment.
    pub(super) fn of_week(debt: &WeekDebt, at: chrono::DateTime<chrono::FixedOffset>) -> Self {
        let is_over = at > debt.deadline;
        let missed = if is_over { debt.open } else { 0 };
        let carried = debt.carried_in.clone().unwrap_or_default();
        let own = [debt.open, debt.undecided, debt.paid_late + missed];
        Self::with(own, &carried, is_over)
    }

    /// What is open, undecided and late of a week's own, with what was carried into it: that is
    /// undecided as long as it is open, for what was decided in the week before is over.
    fn with(own: [u64; 3], carried: &CarriedIn, is_over: bool) -> Self {
        let [open, undecided, late] = own;
        Self {
            open: Counted::with(open, carried.open),
            undecided: Counted::with(undecided, carried.open),
            late: Counted::with(late, carried.late(is_over)),
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
            if figure.items > 0 && self.fail_on.contains(&what) {
                found.push(match figure.carried {
                    0 => format!("{} {name}", figure.items),
                    carried => format!("{} {name} ({carried} carried in)", figure.items),
                });
            }
        }
        (!found.is_empty()).then(|| format!("the gate found {}", found.join(", ")))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::report::debt::{How, Paid, ReportScope};

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

    /// Four of its own, and three that were carried in: one open, one accepted, one paid late.
    fn carried(now: &str) -> DebtReport {
        let mut report = report(now);
        let open = report.items.iter().find(|it| it.status == Status::Open);
        let carried = |status, paid: Option<&str>| {
            let mut item = open.unwrap().clone();
            (item.status, item.carried_from) = (status, Some("2026-W46".to_owned()));
            item.introduced.day = None;
            item.paid = paid.map(|time| Paid {
                commit: None,
                author: String::new(),
                time: time.parse().unwrap(),
                day: None,
                how: How::Said,
            });
            item
        };
        report.carried_in = vec![
            carried(Status::Open, None),
            carried(Status::Accepted, None),
            carried(Status::PaidLate, Some("2026-11-20T09:00:00+01:00")),
        ];
        report
    }

    const OVER: &str = "2026-11-20T10:00:00+01:00";

    #[test]
    fn what_was_carried_in_is_counted_with_the_weeks_own() {
        for (what, said) in [
            (FailOn::Open, "5 open (1 carried in)"),
            (FailOn::Undecided, "4 undecided (1 carried in)"),
            (FailOn::Late, "7 late (2 carried in)"),
        ] {
            let said = format!("the gate found {said}");
            assert_eq!(found(&carried(OVER), &[what]), Some(said));
        }
        let mut report = carried(OVER);
        report.carried_in.retain(|it| it.status == Status::Accepted);
        assert_eq!(
            found(&report, &[FailOn::Open]).unwrap(),
            "the gate found 4 open"
        );
    }

    #[test]
    fn in_the_whole_history_it_is_counted_once() {
        let week = Owed::of_report(&carried(OVER));
        let mut all = carried(OVER);
        all.scope = ReportScope::All;
        let mut items = std::mem::take(&mut all.carried_in);
        all.items.append(&mut items);
        // With a week asked for, the totals are still those of its own.
        assert_eq!(Owed::of_report(&all), week);
        all.totals.introduced = all.items.len() as u64;
        (all.totals.open, all.totals.undecided) = (5, 4);
        let whole = Owed::of_report(&all);
        assert_eq!((whole.open, whole.undecided), (week.open, week.undecided));
    }

    #[test]
    fn the_figures_of_the_week_close_it_alike_and_are_those_of_the_tab() {
        let report = carried(OVER);
        let calendar = crate::week::made_up::calendar();
        let week = calendar.week("2026-W47".parse().unwrap());
        let debt = WeekDebt::of(&report, &week, report.generated_at.to_utc());
        let of_week = Owed::of_week(&debt, report.generated_at);
        assert_eq!(of_week.open, Owed::of_report(&report).open);
        assert_eq!(of_week.open.items, debt.left());
    }

    #[test]
    fn what_failed_is_worse_than_what_was_found() {
        let gate = Gate {
            fail_on: vec![FailOn::Open],
        };
        let owed = |open| Owed {
            open: Counted::with(open, 0),
            undecided: Counted::with(0, 0),
            late: Counted::with(0, 0),
        };
        assert_eq!(gate.close(owed(0), Verdict::Fine).code(), 0);
        assert_eq!(gate.close(owed(1), Verdict::Fine).code(), 1);
        assert_eq!(gate.close(owed(1), Verdict::Partial).code(), 3);
    }
}

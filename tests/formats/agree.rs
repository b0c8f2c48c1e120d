//! The figures of all formats agree: with the report's totals, and so with each other.

use hackweek::report::debt::{DebtReport, Status};
use hackweek::report::figures::{Breakdown, Figures, Unit};
use hackweek::report::{csv, github, html, markdown, sarif, slack, table};
use proptest::prelude::*;

use crate::made::{all, empty, friday, many, week, written};

/// Sets the statuses of the items and counts them.
fn restated(mut report: DebtReport, statuses: &[Status]) -> DebtReport {
    let totals = &mut report.totals;
    *totals = Default::default();
    for (item, status) in report.items.iter_mut().zip(statuses.iter().cycle()) {
        item.status = *status;
        totals.introduced += 1;
        match status {
            Status::Open => totals.open += 1,
            Status::Paid => totals.paid += 1,
            Status::PaidLate => totals.paid_late += 1,
            Status::Accepted => totals.accepted += 1,
            Status::Carried => totals.carried += 1,
            Status::Dismissed => totals.dismissed += 1,
        }
    }
    totals.undecided = totals.open;
    report
}

fn assert_sums(report: &DebtReport) {
    let figures = Figures::of(report);
    let totals = &report.totals;
    for breakdown in [
        &figures.by_repository,
        &figures.by_marker,
        &figures.by_folder,
        &figures.by_language,
        &Breakdown {
            shares: figures.by_folder.top(2),
        },
    ] {
        let sum = |figure: fn(&hackweek::report::figures::Share) -> u64| {
            breakdown.shares.iter().map(figure).sum::<u64>()
        };
        assert_eq!(sum(|share| share.introduced), totals.introduced);
        assert_eq!(sum(|share| share.open), totals.open);
        assert_eq!(sum(|share| share.gone), totals.paid + totals.paid_late);
        assert_eq!(sum(|share| share.late), totals.paid_late);
        assert_eq!(
            sum(|share| share.decided),
            totals.accepted + totals.carried + totals.dismissed
        );
    }
    let ages = figures.by_age.iter().map(|(_, open)| open).sum::<u64>();
    assert_eq!(ages, totals.open);
    assert_eq!(figures.how.iter().sum::<u64>(), figures.gone());
    let last = figures.burndown.periods.last().map(|period| period.open);
    assert_eq!(last.unwrap_or(0), totals.open);
    let mut open = 0;
    for period in &figures.burndown.periods {
        open = open + period.came - period.went;
        assert_eq!(period.open, open, "{}", period.name);
    }
}

#[test]
fn every_breakdown_sums_to_the_totals() {
    for report in [week(), friday(), all(), empty(), many(30, 2)] {
        assert_sums(&report);
    }
}

#[test]
fn a_week_burns_down_by_the_day_and_a_history_by_the_year() {
    let burndown = Figures::of(&friday()).burndown;
    assert_eq!(burndown.unit, Unit::Day);
    let days = burndown.periods.iter();
    let days = days.map(|day| (day.name.as_str(), day.came, day.went, day.open));
    assert_eq!(
        days.collect::<Vec<_>>(),
        [
            ("Mon 16", 5, 0, 5),
            ("Tue 17", 4, 1, 8),
            ("Wed 18", 0, 4, 4),
            ("Thu 19", 0, 0, 4),
            ("Fri 20", 0, 1, 3),
        ]
    );
    let burndown = Figures::of(&all()).burndown;
    assert_eq!(burndown.unit, Unit::Year);
    assert_eq!(burndown.periods[0].name, "2022");
    let mut young = all();
    for item in &mut young.items {
        item.introduced.time = week().items[0].introduced.time;
    }
    young.generated_at = "2027-02-01T09:00:00+01:00".parse().unwrap();
    let burndown = Figures::of(&young).burndown;
    assert_eq!(burndown.unit, Unit::Month);
    let months = burndown.periods.iter().map(|month| month.name.as_str());
    assert_eq!(
        months.collect::<Vec<_>>(),
        ["Nov 2026", "Dec 2026", "Jan 2027", "Feb 2027"]
    );
}

#[test]
fn a_week_within_the_whole_history_counts_its_own_and_says_so() {
    let mut report = week();
    report.scope = hackweek::report::debt::ReportScope::All;
    let mut old = report.items[0].clone();
    old.introduced.day = None;
    old.introduced.time = "2020-01-01T00:00:00+01:00".parse().unwrap();
    report.items.push(old);
    assert_sums(&report);
    let text = written(|out| markdown::write(&report, false, out));
    assert!(text.contains("listed are all 10 items"), "{text}");
}

#[test]
fn a_wrong_clock_makes_neither_many_periods_nor_a_gap() {
    let mut report = all();
    report.items[0].introduced.time = "0001-01-01T00:00:00+00:00".parse().unwrap();
    report.items[1].introduced.time = "9999-01-01T00:00:00+00:00".parse().unwrap();
    assert_sums(&report);
    let periods = Figures::of(&report).burndown.periods;
    assert_eq!(periods.len(), 50);
    assert_eq!(periods[0].came, 1);
    assert_eq!(periods[0].name, "to 1977");
}

#[test]
fn every_format_says_the_same_sentence() {
    for report in [week(), friday(), all()] {
        let table = written(|out| {
            table::write(
                &report,
                &table::View {
                    width: 200,
                    ..Default::default()
                },
                out,
            )
        });
        let mut lines = table.lines().map(str::trim);
        // `9 introduced …`, as it begins a line.
        let starts = |line: &&str| {
            line.split(' ')
                .nth(1)
                .is_some_and(|word| word.starts_with("introduced"))
        };
        let (head, _) = lines.find(starts).unwrap().split_once('.').unwrap();
        for (format, text) in [
            (
                "markdown",
                written(|out| markdown::write(&report, false, out)),
            ),
            ("html", written(|out| html::write(&report, out))),
            ("slack", written(|out| slack::write(&report, out))),
            ("github", written(|out| github::write(&report, out))),
        ] {
            assert!(text.contains(head), "{format}: {head}\n{text}");
        }
    }
}

#[test]
fn rows_and_results_are_as_many_as_the_totals_say() {
    for report in [week(), friday(), all(), empty()] {
        let text = written(|out| csv::write(&report, csv::Rows::default(), out));
        let mut reader = ::csv::Reader::from_reader(text.as_bytes());
        let statuses = reader
            .records()
            .map(|row| row.unwrap()[11].to_owned())
            .collect::<Vec<_>>();
        assert_eq!(statuses.len() as u64, report.totals.introduced);
        let with = |status| statuses.iter().filter(|it| *it == status).count() as u64;
        assert_eq!(with("open"), report.totals.open);
        assert_eq!(with("paid_late"), report.totals.paid_late);

        let text = written(|out| sarif::write(&report, false, out));
        let log: serde_json::Value = serde_json::from_str(&text).unwrap();
        let results = log["runs"].as_array().unwrap().iter();
        let results = results
            .map(|run| run["results"].as_array().unwrap().len())
            .sum::<usize>();
        let in_messages = report
            .items
            .iter()
            .filter(|it| it.path.is_none() && it.status == Status::Open);
        let totals = &report.totals;
        assert_eq!(
            results + in_messages.count(),
            (totals.open + totals.accepted + totals.carried + totals.dismissed) as usize
        );
    }
}

proptest! {
    #[test]
    fn sums_hold_for_any_statuses(statuses in proptest::collection::vec(0_usize..6, 1..9), scope in 0..3) {
        let all_statuses = [Status::Open, Status::Paid, Status::PaidLate, Status::Accepted, Status::Carried, Status::Dismissed];
        let statuses = statuses.iter().map(|&at| all_statuses[at]).collect::<Vec<_>>();
        let report = [week, friday, all][scope as usize]();
        assert_sums(&restated(report, &statuses));
    }
}

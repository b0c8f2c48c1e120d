//! What came, what went and what was left, over time.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate};

use crate::report::debt::{DebtReport, EventKind, Item, ReportScope, Status};

/// More months than this are told by the year.
const MOST_MONTHS: i32 = 24;

/// No more years than this: what is older, be it by a wrong clock, counts as of the first.
const MOST_YEARS: i32 = 50;

/// How long a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A day of the week; of what comes after its last day, one more period.
    Day,
    /// A month of the calendar.
    Month,
    /// A year of the calendar.
    Year,
}

/// One period of the burn-down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// Its name: `Mon 16`, `Nov 2026`, `2026`; `since` for what came after the week.
    pub name: String,
    /// Introduced or reopened in it.
    pub came: u64,
    /// Gone in it, or decided on.
    pub went: u64,
    /// Open at its end, or now.
    pub open: u64,
}

/// The burn-down of the counted items. A period that has not begun is not in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Burndown {
    /// How long the periods are.
    pub unit: Unit,
    /// Oldest first, without gaps.
    pub periods: Vec<Period>,
}

impl Burndown {
    pub(super) fn of(report: &DebtReport, items: &[&Item]) -> Self {
        let now = report.generated_at;
        let mut steps = items
            .iter()
            .flat_map(|item| steps(item, now))
            .collect::<Vec<_>>();
        steps.sort_by_key(|step| step.0);
        let today = now.naive_local().date();
        let (unit, mut periods) = match report.scope {
            ReportScope::Week => (Unit::Day, days(report, &steps)),
            ReportScope::All => calendar(steps.first().map(|step| step.0), today),
        };
        let mut open = 0_u64;
        let mut rest = steps.as_slice();
        let last = periods.len().saturating_sub(1);
        for (at, (end, period)) in periods.iter_mut().enumerate() {
            let inside = match at == last {
                true => rest.len(),
                false => rest.partition_point(|step| step.0 <= *end),
            };
            for (_, comes) in &rest[..inside] {
                match comes {
                    true => period.came += 1,
                    false => period.went += 1,
                }
            }
            rest = &rest[inside..];
            open = (open + period.came).saturating_sub(period.went);
            period.open = open;
        }
        Self {
            unit,
            periods: periods.into_iter().map(|(_, period)| period).collect(),
        }
    }

    /// The most that were open at the end of a period.
    pub fn peak(&self) -> u64 {
        self.periods
            .iter()
            .map(|period| period.open)
            .max()
            .unwrap_or(0)
    }
}

/// When an item came (`true`) and when it went, in turn. Clocks of two machines may disagree: no
/// step is earlier than the one before it, nor later than `now`.
fn steps(item: &Item, now: DateTime<FixedOffset>) -> Vec<(NaiveDate, bool)> {
    let mut steps = vec![(item.introduced.time.min(now), true)];
    let mut is_open = true;
    let mut step = |time: DateTime<FixedOffset>, comes: bool| {
        if comes != is_open {
            is_open = comes;
            let before = steps.last().map_or(time, |step: &(_, bool)| step.0);
            steps.push((time.min(now).max(before), comes));
        }
    };
    for event in &item.history {
        match event.event {
            EventKind::Paid => step(event.time, false),
            EventKind::Reopened => step(event.time, true),
            EventKind::Introduced | EventKind::Moved | EventKind::Edited => {}
        }
    }
    // What a person said of it is no event of git.
    let paid = item.paid.as_ref().map(|paid| paid.time);
    let decided = item.decision.as_ref().map(|decision| decision.time);
    let closed = paid.or(decided).unwrap_or(now);
    step(closed, item.status == Status::Open);
    steps
        .into_iter()
        .map(|(time, comes)| (time.naive_local().date(), comes))
        .collect()
}

type Ends = Vec<(NaiveDate, Period)>;

fn period(end: NaiveDate, name: String) -> (NaiveDate, Period) {
    let period = Period {
        name,
        came: 0,
        went: 0,
        open: 0,
    };
    (end, period)
}

fn days(report: &DebtReport, steps: &[(NaiveDate, bool)]) -> Ends {
    let today = report.generated_at.naive_local().date();
    let days = report.week.days.iter().filter(|day| day.date <= today);
    let mut ends = days
        .map(|day| period(day.date, day.date.format("%a %-d").to_string()))
        .collect::<Vec<_>>();
    let over = ends.last().map(|end| end.0);
    if over.is_some_and(|over| steps.last().is_some_and(|step| step.0 > over))
        && report
            .week
            .days
            .last()
            .is_some_and(|day| Some(day.date) == over)
    {
        ends.push(period(today, "since".to_owned()));
    }
    ends
}

fn calendar(first: Option<NaiveDate>, today: NaiveDate) -> (Unit, Ends) {
    let Some(first) = first else {
        return (Unit::Month, Vec::new());
    };
    let month = |date: NaiveDate| date.year() * 12 + date.month0() as i32;
    let months = month(first)..=month(today);
    if months.end() - months.start() < MOST_MONTHS {
        let ends = months.filter_map(|month| {
            let start = |month: i32| {
                NaiveDate::from_ymd_opt(month.div_euclid(12), month.rem_euclid(12) as u32 + 1, 1)
            };
            let name = start(month)?.format("%b %Y").to_string();
            Some(period(start(month + 1)?.pred_opt()?, name))
        });
        return (Unit::Month, ends.collect());
    }
    let oldest = first.year().max(today.year() - MOST_YEARS + 1);
    let ends = (oldest..=today.year()).filter_map(|year| {
        let name = match year == oldest && year > first.year() {
            true => format!("to {year}"),
            false => year.to_string(),
        };
        Some(period(NaiveDate::from_ymd_opt(year, 12, 31)?, name))
    });
    (Unit::Year, ends.collect())
}

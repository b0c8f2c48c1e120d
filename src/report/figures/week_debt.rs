//! What became of the debt that a week's hack days brought in.

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::debt::Tier;
use crate::report::carried::CarriedIn;
use crate::report::debt::{DebtReport, Item, Status};
use crate::report::order::is_doubtful;
use crate::report::pay_down::lives;
use crate::week::Week;

/// Figures of the declared debt of a week's hack days: what the totals of a debt report in scope
/// `week` are. Each item is in exactly one of `paid`, `paid_late`, `open`, `accepted`, `carried` and
/// `dismissed`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WeekDebt {
    /// Items that the hack days brought in.
    pub opened: u64,
    /// Gone by the deadline.
    pub paid: u64,
    /// Gone after it.
    pub paid_late: u64,
    /// Kept, with a reason.
    pub accepted: u64,
    /// Carried to the next week.
    pub carried: u64,
    /// Found not to be debt.
    pub dismissed: u64,
    /// Still there, with no decision that closes them.
    pub open: u64,
    /// Of these, those that nobody has decided on.
    pub undecided: u64,
    /// Of those paid, in time or late, those of which only the words went.
    pub doubtful: u64,
    /// Declared items of the other days of the week, counted apart.
    pub after_hack_days: u64,
    /// Suspected items of the hack days, never counted.
    pub suspected: u64,
    /// The share paid in time of what had to be paid, 0.0 to 1.0; `None` when there was nothing.
    pub paydown: Option<f64>,
    /// When it is due.
    pub deadline: DateTime<FixedOffset>,
    /// The days of the week that have begun, in order.
    pub by_day: Vec<DayDebt>,
    /// Each repository of the report, in its order, also one without debt.
    pub by_repository: Vec<RepositoryDebt>,
    /// What was carried into the week from an earlier one: in none of the other figures. `None`
    /// where nothing was.
    #[serde(default)]
    pub carried_in: Option<CarriedIn>,
}

/// The debt of the hack days on one day of the week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DayDebt {
    /// 1 to 5.
    pub day: u8,
    /// Its date.
    pub date: NaiveDate,
    /// Brought in on it.
    pub opened: u64,
    /// Gone on it, or decided on.
    pub closed: u64,
    /// Open at its end, or now.
    pub open: u64,
}

/// The debt of the hack days in one repository.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RepositoryDebt {
    /// Its name.
    pub name: String,
    /// Brought in.
    pub opened: u64,
    /// Gone, in time or late.
    pub paid: u64,
    /// Still open.
    pub open: u64,
}

impl WeekDebt {
    /// The figures of a week from a report in scope `all`, or in that of the week itself, at a
    /// moment.
    pub fn of(report: &DebtReport, week: &Week, at: DateTime<Utc>) -> Self {
        let items: Vec<&Item> = report
            .items
            .iter()
            .filter(|it| is_of_week(it, week))
            .collect();
        let mut debt = Self {
            opened: 0,
            paid: 0,
            paid_late: 0,
            accepted: 0,
            carried: 0,
            dismissed: 0,
            open: 0,
            undecided: 0,
            doubtful: 0,
            after_hack_days: 0,
            suspected: 0,
            paydown: None,
            deadline: week.deadline().fixed_offset(),
            by_day: by_day(&items, week, at),
            by_repository: by_repository(report, &items),
            carried_in: carried_in(report, week),
        };
        for item in &items {
            debt.opened += 1;
            debt.doubtful += u64::from(is_doubtful(item));
            match status_in(item, week) {
                Status::Open => {
                    debt.open += 1;
                    debt.undecided += u64::from(item.decision.is_none());
                }
                Status::Paid => debt.paid += 1,
                Status::PaidLate => debt.paid_late += 1,
                Status::Accepted => debt.accepted += 1,
                Status::Carried => debt.carried += 1,
                Status::Dismissed => debt.dismissed += 1,
            }
        }
        let is_of_other_day = |item: &&Item| {
            let day = week.day_at(item.introduced.time.to_utc());
            item.tier == Tier::Declared && day.is_some_and(|day| !day.hack)
        };
        debt.after_hack_days = match report.scope {
            crate::report::debt::ReportScope::Week => report.totals.introduced_after_hack_days,
            crate::report::debt::ReportScope::All => {
                report.items.iter().filter(is_of_other_day).count() as u64
            }
        };
        let suspected = report.suspected.iter();
        let suspected = suspected.filter(|item| week.is_hack_day(item.introduced.time.to_utc()));
        debt.suspected = suspected.count() as u64;
        let due = debt.opened - debt.dismissed;
        debt.paydown = (due > 0).then(|| debt.paid as f64 / due as f64);
        debt
    }

    /// Still to be paid or decided on: the week's own that is open, and what was carried into it.
    pub fn left(&self) -> u64 {
        self.open + self.carried_in.as_ref().map_or(0, |carried| carried.open)
    }

    /// Gone at last, in time or late.
    pub fn gone(&self) -> u64 {
        self.paid + self.paid_late
    }
}

/// The report tells what was carried into its own week alone.
fn carried_in(report: &DebtReport, week: &Week) -> Option<CarriedIn> {
    let is_asked = report.week.name == week.name().to_string();
    is_asked.then(|| CarriedIn::of(report)).flatten()
}

/// Whether an item is debt that a week's hack days brought in.
pub fn is_of_week(item: &Item, week: &Week) -> bool {
    item.tier == Tier::Declared && week.is_hack_day(item.introduced.time.to_utc())
}

/// Where an item of a week's hack days stands: what went after that week's deadline was paid late,
/// also where the report was made for no week or for another.
pub fn status_in(item: &Item, week: &Week) -> Status {
    let paid = item.paid.as_ref().map(|paid| paid.time.to_utc());
    match (item.status, paid) {
        (Status::Paid | Status::PaidLate, Some(at)) if !week.is_in_time(at) => Status::PaidLate,
        (Status::Paid | Status::PaidLate, _) => Status::Paid,
        (status, _) => status,
    }
}

/// The date on which an item came, and on which it was closed.
type Dates = (NaiveDate, Option<NaiveDate>);

fn by_day(items: &[&Item], week: &Week, at: DateTime<Utc>) -> Vec<DayDebt> {
    let zone = week.zone();
    let today = zone.date_of(at);
    let lives: Vec<Dates> = lives(items.iter().copied())
        .into_iter()
        .map(|life| {
            let opened = zone.date_of(life.opened);
            (
                opened,
                life.closed.map(|closed| zone.date_of(closed).max(opened)),
            )
        })
        .collect();
    let day = |day: &crate::week::Day| {
        let is = |date: NaiveDate| date == day.date;
        let count =
            |keep: &dyn Fn(&Dates) -> bool| lives.iter().filter(|life| keep(life)).count() as u64;
        DayDebt {
            day: day.number,
            date: day.date,
            opened: count(&|(opened, _)| is(*opened)),
            closed: count(&|(_, closed)| closed.is_some_and(is)),
            open: count(&|(opened, closed)| {
                *opened <= day.date && closed.is_none_or(|closed| closed > day.date)
            }),
        }
    };
    let days = week.days().iter().filter(|day| day.date <= today);
    days.map(day).collect()
}

fn by_repository(report: &DebtReport, items: &[&Item]) -> Vec<RepositoryDebt> {
    let repository = |name: &str| {
        let own = || items.iter().filter(|item| item.repository == name);
        let gone = |item: &&&Item| matches!(item.status, Status::Paid | Status::PaidLate);
        RepositoryDebt {
            name: name.to_owned(),
            opened: own().count() as u64,
            paid: own().filter(gone).count() as u64,
            open: own().filter(|item| item.status == Status::Open).count() as u64,
        }
    };
    let repositories = report.repositories.iter();
    repositories.map(|it| repository(&it.name)).collect()
}

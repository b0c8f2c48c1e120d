//! The figures of a debt report, worked out once, so that no two formats can disagree.
//!
//! Pure: a report in, figures out.

mod breakdown;
mod burndown;
mod week_debt;

use super::debt::{DebtReport, How, Item, ReportScope, Status, Totals};
use super::order::{is_doubtful, is_of_hack_days, is_paid};

pub use breakdown::{Breakdown, Share};
pub use burndown::{Burndown, Period, Unit};
pub use week_debt::{DayDebt, RepositoryDebt, WeekDebt, is_of_week, status_in};

/// All figures of one report. They count the same items as the report's totals: each breakdown's
/// columns sum to them, and the burn-down ends at what is open.
#[derive(Clone, Debug, PartialEq)]
pub struct Figures {
    /// As in the report.
    pub totals: Totals,
    /// Payments in which the words went and nothing else did.
    pub doubtful: u64,
    /// How the paid ones were paid, in the order of [`How`]: fixed, deleted, words only, said.
    pub how: [u64; 4],
    /// By repository, in the report's order; every repository, also one without debt.
    pub by_repository: Breakdown,
    /// By marker.
    pub by_marker: Breakdown,
    /// By the first folder of the path where the item is or last was.
    pub by_folder: Breakdown,
    /// By language.
    pub by_language: Breakdown,
    /// Open items by how long they have been owed, youngest first.
    pub by_age: Vec<(&'static str, u64)>,
    /// What came, what went and what was left, over time.
    pub burndown: Burndown,
}

impl Figures {
    /// The figures of a report.
    pub fn of(report: &DebtReport) -> Self {
        let counted = counted(report);
        let mut how = [0; 4];
        for item in counted.iter().filter(|item| is_paid(item.status)) {
            how[match item.paid.as_ref().map(|paid| paid.how) {
                Some(How::Fixed) => 0,
                Some(How::Deleted) => 1,
                Some(How::CommentOnly) => 2,
                Some(How::Said) | None => 3,
            }] += 1;
        }
        let several = report.repositories.len() > 1;
        Self {
            totals: report.totals.clone(),
            doubtful: counted.iter().filter(|item| is_doubtful(item)).count() as u64,
            how,
            by_repository: Breakdown::by_repository(report, &counted),
            by_marker: Breakdown::of(&counted, |item| item.marker.clone()),
            by_folder: Breakdown::of(&counted, |item| breakdown::folder(item, several)),
            by_language: Breakdown::of(&counted, breakdown::language),
            by_age: breakdown::by_age(report, &counted),
            burndown: Burndown::of(report, &counted),
        }
    }

    /// What was gone at last, in time or late.
    pub fn gone(&self) -> u64 {
        self.totals.paid + self.totals.paid_late
    }

    /// What was decided rather than paid.
    pub fn decided(&self) -> u64 {
        self.totals.accepted + self.totals.carried + self.totals.dismissed
    }
}

/// The items that the totals count. The whole history together with an asked week lists all items
/// and counts those of the week's hack days.
fn counted(report: &DebtReport) -> Vec<&Item> {
    let items = report.items.iter();
    let whole = report.items.len() as u64 == report.totals.introduced;
    match report.scope {
        ReportScope::All if !whole => items.filter(|it| is_of_hack_days(report, it)).collect(),
        _ => items.collect(),
    }
}

/// What of an item is counted where.
fn is_open(item: &Item) -> bool {
    item.status == Status::Open
}

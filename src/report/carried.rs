//! Debt that was carried into a week from an earlier one. It is none of the week's own: it is listed
//! apart, never counted with it, and due like it: day 4 does not close without it. Every report, every
//! screen and the gate ask here.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::debt::{DebtReport, Item, Status};
use super::words::count;
use crate::debt::Tier;
use crate::week::{Board, Week, WeekName};

/// The week that an item was carried out of and into this one. `None` for the week's own debt, and
/// for what was gone or settled before the week began.
pub fn carried_from(item: &Item, board: &Board, week: &Week) -> Option<WeekName> {
    let is_own = week.is_hack_day(item.introduced.time.to_utc());
    let paid = item.paid.as_ref().map(|paid| paid.time.to_utc());
    let is_gone = paid.is_some_and(|paid| paid < week.span().start);
    if is_own || is_gone || item.tier != Tier::Declared {
        return None;
    }
    let word = board.debts.get(item.id.as_str())?;
    word.carried_into(week.name())
}

/// Figures of the declared debt that was carried into a week. Each item is in exactly one of `paid`,
/// `accepted`, `dismissed` and `open`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CarriedIn {
    /// The weeks that it was carried out of, ascending.
    pub from: Vec<String>,
    /// How many items.
    pub items: u64,
    /// Of these, gone in the week or later.
    pub paid: u64,
    /// Of those paid, gone after the deadline of the week that they were carried into.
    #[serde(default)]
    pub paid_late: u64,
    /// Kept, with a reason.
    pub accepted: u64,
    /// Found not to be debt.
    pub dismissed: u64,
    /// Still there, and to be paid or accepted.
    pub open: u64,
}

impl CarriedIn {
    /// The figures of a report; `None` where nothing was carried into its week.
    pub fn of(report: &DebtReport) -> Option<Self> {
        let mut carried = Self::default();
        for item in report.items.iter().chain(&report.carried_in) {
            let Some(from) = &item.carried_from else {
                continue;
            };
            carried.items += 1;
            match item.status {
                Status::Paid | Status::PaidLate => {
                    carried.paid += 1;
                    carried.paid_late += u64::from(is_paid_late(report, item));
                }
                Status::Accepted => carried.accepted += 1,
                Status::Dismissed => carried.dismissed += 1,
                Status::Open | Status::Carried => carried.open += 1,
            }
            if !carried.from.contains(from) {
                carried.from.push(from.clone());
            }
        }
        carried.from.sort();
        (carried.items > 0).then_some(carried)
    }

    /// How many missed the deadline, at a moment that is after it or not: paid after it, or open then.
    pub fn late(&self, is_over: bool) -> u64 {
        self.paid_late + if is_over { self.open } else { 0 }
    }

    /// `8 carried from 2019-W25`, the weeks called as `call` does.
    pub fn title(&self, call: impl Fn(&str) -> String) -> String {
        let from = match self.from.as_slice() {
            [one] => call(one),
            [one, other] => format!("{} and {}", call(one), call(other)),
            _ => "earlier weeks".to_owned(),
        };
        format!("{} carried from {from}", count(self.items))
    }

    /// What became of them: `3 paid, 1 accepted, 4 to pay or accept`.
    pub fn fate(&self) -> String {
        let parts = [
            (self.paid.saturating_sub(self.paid_late), "paid"),
            (self.paid_late, "paid late"),
            (self.accepted, "accepted"),
            (self.dismissed, "found to be none"),
            (self.open, "to pay or accept"),
        ];
        let parts = parts.into_iter().filter(|(figure, _)| *figure > 0);
        let parts: Vec<String> = parts
            .map(|(figure, name)| format!("{} {name}", count(figure)))
            .collect();
        parts.join(", ")
    }

    /// `8 carried from 2019-W25, counted apart: 3 paid, 5 to pay or accept.`
    pub fn sentence(&self) -> String {
        let title = self.title(str::to_owned);
        format!("{title}, counted apart: {}.", self.fate())
    }
}

/// The time decides, whatever the scope: a report of the whole history knows no late payments.
fn is_paid_late(report: &DebtReport, item: &Item) -> bool {
    let paid = item.paid.as_ref();
    paid.is_some_and(|paid| paid.time > report.week.deadline)
}

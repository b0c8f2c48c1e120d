//! In which order items are listed, and which of them belong together. Every writer asks here.

use std::cmp::Reverse;

use chrono::{DateTime, FixedOffset};

use super::debt::{DebtReport, How, Item, ReportScope, Status};
use crate::debt::Tier;

/// Whether an item has left the open ones by a decision.
pub(super) fn is_decided(status: Status) -> bool {
    matches!(
        status,
        Status::Accepted | Status::Carried | Status::Dismissed
    )
}

/// Whether an item is gone.
pub(crate) fn is_paid(status: Status) -> bool {
    matches!(status, Status::Paid | Status::PaidLate)
}

/// Whether the words of an item went and nothing else did, so that its payment is in doubt.
pub(super) fn is_doubtful(item: &Item) -> bool {
    let how = item.paid.as_ref().map(|paid| paid.how);
    is_paid(item.status) && how == Some(How::CommentOnly)
}

/// Whether an item was due and still is: of the week's hack days or carried into it, open after the
/// deadline.
pub(super) fn is_overdue(report: &DebtReport, item: &Item) -> bool {
    report.scope == ReportScope::Week
        && report.generated_at > report.week.deadline
        && item.status == Status::Open
        && item.tier == Tier::Declared
        && (is_of_hack_days(report, item) || item.carried_from.is_some())
}

/// Whether an item came in on the hack days of the report's week.
pub(crate) fn is_of_hack_days(report: &DebtReport, item: &Item) -> bool {
    report.week.is_hack_day(item.introduced.day)
}

/// Lower is riskier: a "don't do this" says itself that it must not stay, a `FIXME` that it is
/// wrong, a `TODO` only that something is missing.
pub(super) fn risk(item: &Item) -> u8 {
    match item.marker.as_str() {
        "DONT" => 0,
        "FIXME" => 1,
        "XXX" => 2,
        "HACK" | "MOCK" => 3,
        _ => 4,
    }
}

/// Riskiest first, and of equal risk the oldest.
pub(crate) fn by_risk(item: &Item) -> impl Ord + use<'_> {
    (risk(item), order(item))
}

/// Oldest first; places and ids break ties, so that the order is the same on every machine.
pub(crate) fn order(item: &Item) -> (DateTime<FixedOffset>, &str, Option<&str>, Option<u32>, &str) {
    (
        item.introduced.time,
        &item.repository,
        item.path.as_deref(),
        item.line,
        &item.id,
    )
}

/// Latest payment first.
pub(super) fn payment_order(item: &Item) -> (Reverse<Option<DateTime<FixedOffset>>>, &str) {
    (Reverse(item.paid.as_ref().map(|paid| paid.time)), &item.id)
}

/// Items by where they stand, each list in the order it is shown in. Each item of
/// [`DebtReport::items`] is in exactly one of the first three.
pub(super) struct Lists<'a> {
    /// Of a week the riskiest first, and of equal risk the oldest; of the whole history the
    /// oldest first.
    pub(super) open: Vec<&'a Item>,
    /// Accepted, carried or dismissed; oldest first.
    pub(super) decided: Vec<&'a Item>,
    /// Gone, in time or late; the latest payment first.
    pub(super) paid: Vec<&'a Item>,
    /// Suspected and still there, oldest first. Never counted.
    pub(super) suspected: Vec<&'a Item>,
    /// Carried into the week: the open ones first, each part the riskiest first. Counted apart.
    pub(super) carried_in: Vec<&'a Item>,
}

impl<'a> Lists<'a> {
    /// The items of a report.
    pub(super) fn of(report: &'a DebtReport) -> Self {
        let select = |keep: fn(Status) -> bool| {
            let items = report.items.iter();
            items.filter(|item| keep(item.status)).collect::<Vec<_>>()
        };
        let mut open = select(|status| status == Status::Open);
        match report.scope {
            ReportScope::Week => open.sort_by_key(|&item| by_risk(item)),
            ReportScope::All => open.sort_by_key(|&item| order(item)),
        }
        let mut decided = select(is_decided);
        decided.sort_by_key(|&item| order(item));
        let mut paid = select(is_paid);
        paid.sort_by_key(|&item| payment_order(item));
        let suspected = report.suspected.iter();
        let suspected = suspected.filter(|item| item.status == Status::Open);
        let mut suspected = suspected.collect::<Vec<_>>();
        suspected.sort_by_key(|&item| order(item));
        let mut carried_in = report.carried_in.iter().collect::<Vec<_>>();
        carried_in.sort_by_key(|&item| (item.status != Status::Open, by_risk(item)));
        Self {
            open,
            decided,
            paid,
            suspected,
            carried_in,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::report::figures::Figures;

    #[test]
    fn hack_days_are_those_of_the_report() {
        let text = include_str!("../../tests/cli/week.json");
        let mut report: DebtReport = serde_json::from_str(text).unwrap();
        let of_hack_days = |report: &DebtReport| {
            let items = report.items.iter();
            items.filter(|it| is_of_hack_days(report, it)).count() as u64
        };
        let before = of_hack_days(&report);
        report.items[0].introduced.day = Some(3);
        assert_eq!(of_hack_days(&report), before - 1);
        report.week.days[2].hack = true;
        assert_eq!(of_hack_days(&report), before);
        // The figures of the whole history with a week asked for count the same items.
        report.scope = ReportScope::All;
        report.totals.introduced = before - 1;
        let whole = |report: &DebtReport| -> u64 {
            let shares = Figures::of(report).by_marker.shares;
            shares.iter().map(|share| share.introduced).sum()
        };
        assert_eq!(whole(&report), before);
        report.week.days[2].hack = false;
        assert_eq!(whole(&report), before - 1);
        let outside = Item {
            introduced: crate::report::debt::Introduced {
                day: None,
                ..report.items[0].introduced.clone()
            },
            ..report.items[0].clone()
        };
        assert!(!is_of_hack_days(&report, &outside));
    }
}

//! In which order items are listed, and which of them belong together. Every writer and screen asks
//! here.

use std::cmp::Reverse;

use chrono::{DateTime, FixedOffset};

use super::debt::{Item, Status};

/// Whether an item has left the open ones by a decision.
pub(crate) fn is_decided(status: Status) -> bool {
    matches!(
        status,
        Status::Accepted | Status::Carried | Status::Dismissed
    )
}

/// Whether an item is gone.
pub(crate) fn is_paid(status: Status) -> bool {
    matches!(status, Status::Paid | Status::PaidLate)
}

/// Lower is riskier: a "don't do this" says itself that it must not stay, a `FIXME` that it is
/// wrong, a `TODO` only that something is missing.
pub(crate) fn risk(item: &Item) -> u8 {
    match item.marker.as_str() {
        "DONT" => 0,
        "FIXME" => 1,
        "XXX" => 2,
        "HACK" => 3,
        _ => 4,
    }
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
pub(crate) fn payment_order(item: &Item) -> (Reverse<Option<DateTime<FixedOffset>>>, &str) {
    (Reverse(item.paid.as_ref().map(|paid| paid.time)), &item.id)
}

/// Riskiest first, and of equal risk the oldest: what says itself that it must not stay, then what
/// is wrong, then what is makeshift, then what is missing; see [`risk`].
pub(crate) fn by_risk(item: &Item) -> impl Ord + use<'_> {
    (risk(item), order(item))
}

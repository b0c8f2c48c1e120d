//! The debt of the made-up week, by its numbers.

use super::script::Code::{self, Pay, Web};
use crate::report::debt::{DebtReport, Item};
use crate::week::Id;
use crate::week::promise::Promise;
use crate::workspace::mock;

/// An item as git has it: the repository, the file that it came in with (`None`: the commit's
/// message), the marker and the words, of which the beginning is enough.
type Row = (Code, Option<&'static str>, &'static str, &'static str);

/// `D-01` to `D-21`.
const ITEMS: [Row; 21] = [
    (Pay, Some("ci/run.sh"), "TODO", "CI builds everything"),
    (Pay, Some("src/hook.rs"), "FIXME", "signature not checked"),
    (Pay, Some("src/hook.rs"), "TODO", "no event comes in"),
    (Pay, Some("src/main.rs"), "HACK", "sleep(2) waits for db"),
    (
        Pay,
        Some("src/gateway.rs"),
        "DONT",
        "don't do this: retries",
    ),
    (Pay, Some("src/charge.rs"), "TODO", "amount is a float"),
    (Pay, Some("src/gateway.rs"), "TODO", "no timeout"),
    (Pay, Some("src/money.rs"), "TODO", "two currencies add up"),
    (Pay, Some("src/charge.rs"), "XXX", "unwrap on user input"),
    (Web, Some("balance.html"), "TODO", "the menu is copied"),
    (
        Pay,
        Some("src/ledger.rs"),
        "TODO",
        "list does a query per row",
    ),
    (Web, Some("src/balance.js"), "TODO", "page reloads every 2s"),
    (Pay, Some("src/gateway.rs"), "XXX", "the token of the bank"),
    (Pay, Some("src/ledger.rs"), "TODO", "two ledgers, pick one"),
    (
        Pay,
        Some("tests/pay.rs"),
        "SKIP",
        "common::tests!(#[ignore]",
    ),
    // The stand-in of a promise: nothing in git.
    (
        Pay,
        Some("tests/data/webhook.json"),
        "MOCK",
        "webhook.json past its date",
    ),
    (Pay, Some("src/config.rs"), "HACK", "config is read twice"),
    (Web, Some("ci/build.sh"), "HACK", "install runs twice"),
    (Pay, None, "HACK", "wip, undo me"),
    (Web, Some("seed.sql"), "TODO", "seed data has real emails"),
    (
        Web,
        Some("src/form.js"),
        "TODO",
        "the amount is typed in twice",
    ),
];

/// The number of the stand-in that outlives its promise.
const MOCK: u32 = 16;

/// Returns the number of each item that git has by now, with its id.
pub(super) fn numbered(report: &DebtReport) -> Vec<(u32, Id)> {
    let number = |item: &Item| {
        let at = ITEMS.iter().position(|(code, path, marker, words)| {
            item.repository == code.name()
                && item.introduced.path.as_deref() == *path
                && item.marker == *marker
                && item.text.starts_with(words)
        })?;
        Some((u32::try_from(at).ok()? + 1, item.id.parse().ok()?))
    };
    let mut numbered: Vec<(u32, Id)> = report.items.iter().filter_map(number).collect();
    numbered.sort();
    numbered
}

/// Returns the number of the promise's stand-in with the id of its item.
pub(super) fn stand_in(promise: &Promise) -> Option<(u32, Id)> {
    Some((MOCK, mock::id(&promise.id).parse().ok()?))
}

/// All 21 ids in the order of their numbers. What has not come up yet has a key that nothing else
/// has: no event before its moment names it.
pub(super) fn all(numbered: &[(u32, Id)]) -> Vec<Id> {
    let of = |number: u32| {
        let known = numbered.iter().find(|(known, _)| *known == number);
        let known = known.map(|(_, id)| id.clone());
        known.or_else(|| format!("made-up-D-{number:02}").parse().ok())
    };
    (1..=21).filter_map(of).collect()
}

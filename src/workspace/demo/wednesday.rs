//! Day 3: what breaks is looked at, and tests come before refactoring.

use super::script::Code::{Pay, Web};
use super::script::Commit;
use super::script::Edit::{Add, New, Swap};
use super::script::Who::{Johnny, Mira, Sammy, Tove};

pub(super) const COMMITS: &[Commit] = &[
    Commit {
        at: "18 01:40",
        by: Sammy,
        to: Pay,
        message: "answer webhooks with 200",
        edits: &[Swap(
            "src/main.rs",
            "            (\"GET\", \"/balance\")",
            "            (\"POST\", \"/hook\") | (\"GET\", \"/balance\")",
        )],
    },
    Commit {
        at: "18 09:20",
        by: Johnny,
        to: Pay,
        message: "one test for each error",
        edits: &[New(
            "tests/err.rs",
            "//! Errors say what to do.\n\n#[test]\nfn a_bank_that_is_away_is_named() {}\n",
        )],
    },
    Commit {
        at: "18 09:25",
        by: Mira,
        to: Pay,
        message: "one query lists all",
        edits: &[New(
            "tests/ledger.rs",
            "//! The ledger, from outside.\n\n#[test]\nfn lists_with_one_query() {}\n",
        )],
    },
    Commit {
        at: "18 11:40",
        by: Sammy,
        to: Pay,
        message: "charge: the happy path",
        edits: &[New(
            "tests/charge.rs",
            "//! Charges, from outside.\n\n#[test]\nfn a_good_card_is_charged() {}\n",
        )],
    },
    Commit {
        at: "18 12:20",
        by: Tove,
        to: Web,
        message: "npm test",
        edits: &[New(
            "tests/balance.test.js",
            "import test from \"node:test\";\n\ntest(\"a balance has two digits\", () => {});\n",
        )],
    },
    Commit {
        at: "18 14:10",
        by: Johnny,
        to: Pay,
        message: "docs: what a webhook is",
        edits: &[New(
            "docs/webhook.md",
            "# Webhooks\n\nThe bank tells us what became of a charge.\n",
        )],
    },
    Commit {
        at: "18 14:50",
        by: Sammy,
        to: Pay,
        message: "charge: a declined card",
        edits: &[Add(
            "tests/charge.rs",
            "\n#[test]\nfn a_declined_card_says_so() {}\n",
        )],
    },
    Commit {
        at: "18 15:30",
        by: Johnny,
        to: Pay,
        message: "refactor: one error type",
        edits: &[
            Swap(
                "src/err.rs",
                "pub struct Error(pub String);",
                "pub enum Error {\n    Said(String),\n    System(std::io::Error),\n}",
            ),
            Swap(
                "src/err.rs",
                "Self(error.to_string())",
                "Self::System(error)",
            ),
            Swap("src/hook.rs", "|| Error(\"an", "|| Error::Said(\"an"),
            Swap("src/ledger.rs", "Error(format!", "Error::Said(format!"),
        ],
    },
    Commit {
        at: "18 16:10",
        by: Mira,
        to: Web,
        message: "rename show to draw",
        edits: &[
            Swap("src/balance.js", "function show(", "function draw("),
            Swap("src/balance.js", "  show(await", "  draw(await"),
        ],
    },
    Commit {
        at: "18 16:40",
        by: Tove,
        to: Pay,
        message: "replay a webhook",
        edits: &[New(
            "tests/replay.rs",
            "//! Webhooks come in again.\n\n#[test]\nfn twice_is_once() {}\n",
        )],
    },
    Commit {
        at: "18 17:10",
        by: Sammy,
        to: Pay,
        message: "charge: a bank that is late",
        edits: &[Add(
            "tests/charge.rs",
            "\n#[test]\nfn a_late_bank_is_asked_again() {}\n",
        )],
    },
];

//! What was there before hack 6: as little as the week needs to go on from.

use super::script::Code::{Pay, Web};
use super::script::Edit::{Add, New, Rows as Many, Swap};
use super::script::Who::{Johnny, Mira, Sammy, Tove};
use super::script::{Commit, Rows};

pub(super) const COMMITS: &[Commit] = &[
    Commit {
        at: "02 10:12",
        by: Johnny,
        to: Pay,
        message: "one command to build",
        edits: &[
            New(
                "Cargo.toml",
                "[package]\nname = \"pay\"\nversion = \"0.4.0\"\nedition = \"2024\"\n",
            ),
            New(
                "README.md",
                "# pay\n\nA payment service that a shop can run on a laptop.\n",
            ),
            New(
                "src/main.rs",
                "//! The payment service.\n\nfn main() {\n    println!(\"pay\");\n}\n",
            ),
            New("ci/run.sh", "#!/bin/sh\nset -e\ncargo build\ncargo test\n"),
        ],
    },
    Commit {
        at: "03 14:40",
        by: Johnny,
        to: Pay,
        message: "money as a type",
        edits: &[New(
            "src/money.rs",
            r#"//! Money.

/// What something costs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Money {
    pub amount: f64,
}

/// What all of it makes.
pub fn sum(of: &[Money]) -> f64 {
    of.iter().map(|money| money.amount).sum()
}
"#,
        )],
    },
    Commit {
        at: "05 11:20",
        by: Tove,
        to: Web,
        message: "first page",
        edits: &[
            New(
                "package.json",
                "{\n  \"name\": \"web\",\n  \"private\": true,\n  \"type\": \"module\"\n}\n",
            ),
            New(
                "index.html",
                "<!doctype html>\n<title>pay</title>\n<nav><a href=\"/\">pay</a></nav>\n<main></main>\n",
            ),
            New(
                "src/money.js",
                "// How money is written.\nexport function money(amount, currency) {\n  return `${amount} ${currency}`;\n}\n",
            ),
        ],
    },
    Commit {
        at: "10 10:05",
        by: Johnny,
        to: Pay,
        message: "idempotency keys",
        edits: &[New(
            "src/keys.rs",
            "//! Keys that tell a charge that is sent twice from two charges.\n\n/// The key of a charge.\n#[derive(Clone, Debug, PartialEq, Eq)]\npub struct Key(pub String);\n",
        )],
    },
    Commit {
        at: "10 15:30",
        by: Mira,
        to: Pay,
        message: "ledger sketch",
        edits: &[Many(
            "src/ledger_old.rs",
            Rows {
                head: "//! A ledger written by hand, to look at.\n\n/// Number and cents of each entry.\npub const ENTRIES: &[(&str, i64)] = &[\n",
                row: "    (\"entry-{n}\", 990),\n",
                count: 165,
                tail: "];\n",
            },
        )],
    },
    Commit {
        at: "11 16:15",
        by: Sammy,
        to: Pay,
        message: "declined cards",
        edits: &[New(
            "src/cards.rs",
            "//! Cards to try with.\n\n/// A card that every bank takes.\npub const GOOD: &str = \"4000 0000 0000 0002\";\n\n/// A card that no bank takes.\npub const DECLINED: &str = \"4000 0000 0000 0010\";\n",
        )],
    },
    Commit {
        at: "12 13:50",
        by: Tove,
        to: Web,
        message: "page layout",
        edits: &[
            New(
                "style.css",
                "main {\n  max-width: 40rem;\n  margin: auto;\n}\n",
            ),
            Swap(
                "index.html",
                "<main></main>",
                "<link rel=\"stylesheet\" href=\"style.css\">\n<main></main>",
            ),
        ],
    },
    Commit {
        at: "13 11:45",
        by: Tove,
        to: Pay,
        message: "CI under five minutes",
        edits: &[Add("ci/run.sh", "echo done\n")],
    },
];

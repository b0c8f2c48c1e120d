//! Day 2: everything for the demo at 16:00, and seven more items of debt.

use super::script::Code::{Pay, Web};
use super::script::Edit::{Add, New, Rows as Many, Swap};
use super::script::Who::{Johnny, Mira, Sammy, Tove};
use super::script::{Commit, Rows};

pub(super) const COMMITS: &[Commit] = &[
    Commit {
        at: "17 09:50",
        by: Johnny,
        to: Pay,
        message: "webhook event JSON v0",
        edits: &[Add(
            "src/hook.rs",
            "\nimpl Event {\n    /// The event of its JSON: id, type, amount, at.\n    pub fn of_json(text: &str) -> Result<Event, Error> {\n        let mut fields = text.split('\"').skip(1).step_by(2).map(str::to_owned);\n        let mut next = || fields.nth(1).ok_or_else(|| Error(\"an event is cut off\".to_owned()));\n        Ok(Event {\n            id: next()?,\n            kind: next()?,\n            amount: next()?,\n            at: next()?,\n        })\n    }\n}\n",
        )],
    },
    Commit {
        at: "17 10:40",
        by: Johnny,
        to: Pay,
        message: "token of the bank from the environment",
        edits: &[Swap(
            "src/gateway.rs",
            "    // XXX: the token of the bank is in the source\n    format!(\"3 {host} sandbox\")\n",
            "    let token = std::env::var(\"BANK_TOKEN\").unwrap_or_default();\n    format!(\"3 {host} {token}\")\n",
        )],
    },
    Commit {
        at: "17 11:05",
        by: Johnny,
        to: Pay,
        message: "config from a file",
        edits: &[
            Add(
                "src/config.rs",
                "\nimpl Config {\n    /// The settings of a file.\n    pub fn of_file(path: &str) -> std::io::Result<Self> {\n        let listen = first_line(path)?;\n        // HACK: config is read twice\n        let key = first_line(path)?;\n        Ok(Self { listen, key })\n    }\n}\n\nfn first_line(path: &str) -> std::io::Result<String> {\n    let text = std::fs::read_to_string(path)?;\n    Ok(text.lines().next().unwrap_or_default().to_owned())\n}\n",
            ),
            Swap(
                "src/main.rs",
                "Config::default();",
                "Config::of_file(\"pay.conf\").unwrap_or_default();",
            ),
        ],
    },
    Commit {
        at: "17 11:30",
        by: Tove,
        to: Pay,
        message: "test: ignore what is slow until the demo",
        edits: &[New(
            "tests/pay.rs",
            "//! Charges and settlements, from outside.\nmod common;\n\ncommon::tests!(#[ignore] settles_at_midnight, survives_a_restart);\ncommon::tests!(charges_once, declines);\n",
        )],
    },
    Commit {
        at: "17 12:10",
        by: Mira,
        to: Web,
        message: "balance out of the ledger",
        edits: &[Swap(
            "src/balance.js",
            "fetch(\"/balance\")",
            "fetch(\"/balance?of=ledger\")",
        )],
    },
    Commit {
        at: "17 13:05",
        by: Tove,
        to: Web,
        message: "seed for the demo",
        edits: &[Many(
            "seed.sql",
            Rows {
                head: "-- TODO: seed data has real emails\nINSERT INTO shop (id, mail) VALUES\n",
                row: "  ({n}, 'shop-{n}@payments.example'),\n",
                count: 51,
                tail: "  (9999, 'last@payments.example');\n",
            },
        )],
    },
    Commit {
        at: "17 13:30",
        by: Johnny,
        to: Pay,
        message: "say where it listens",
        edits: &[Swap(
            "src/main.rs",
            "    serve(&config)",
            "    println!(\"{}\", config.listen);\n    serve(&config)",
        )],
    },
    Commit {
        at: "17 13:55",
        by: Sammy,
        to: Web,
        message: "charge form",
        edits: &[New(
            "src/form.js",
            "// The form that charges a card.\nconst form = document.querySelector(\"form\");\n\nexport function amount() {\n  // TODO: the amount is typed in twice\n  return form.amount.value || form.again.value;\n}\n",
        )],
    },
    Commit {
        at: "17 14:10",
        by: Tove,
        to: Web,
        message: "build on the old CI, too",
        edits: &[New(
            "ci/build.sh",
            "#!/bin/sh\nset -e\nnpm install || true\n# HACK: install runs twice, the old CI loses the first\nnpm install\nnpm run build\n",
        )],
    },
    Commit {
        at: "17 14:35",
        by: Johnny,
        to: Pay,
        message: WIP,
        edits: &[Swap(
            "src/config.rs",
            "            key: KEY.to_owned(),\n",
            "            key: std::env::var(\"PAY_KEY\").unwrap_or_else(|_| KEY.to_owned()),\n",
        )],
    },
    Commit {
        at: "17 14:38",
        by: Sammy,
        to: Pay,
        message: "real webhook payload",
        edits: &[
            Swap("src/hook.rs", "text.split('\"')", "text.trim().split('\"')"),
            Add(
                "src/hook.rs",
                "\n/// Whether an event says that money came in.\npub fn pays(event: &Event) -> bool {\n    event.kind == \"charged\"\n}\n",
            ),
        ],
    },
    Commit {
        at: "17 14:45",
        by: Johnny,
        to: Pay,
        message: "gateway: give up after five seconds",
        edits: &[Swap(
            "src/gateway.rs",
            "        // TODO: no timeout, a slow bank holds us for ever\n        let mut bank = TcpStream::connect(&self.host)?;\n",
            "        let mut bank = TcpStream::connect(&self.host)?;\n        bank.set_read_timeout(Some(std::time::Duration::from_secs(5)))?;\n",
        )],
    },
    Commit {
        at: "17 15:20",
        by: Mira,
        to: Web,
        message: "one amount field, not two",
        edits: &[Swap(
            "src/form.js",
            "  // TODO: the amount is typed in twice\n  return form.amount.value || form.again.value;\n",
            "  return form.amount.value;\n",
        )],
    },
    Commit {
        at: "17 15:40",
        by: Sammy,
        to: Pay,
        message: "docs: the demo in three minutes",
        edits: &[New(
            "docs/demo.md",
            "# The demo\n\n1. Charge a card.\n2. See the webhook come in.\n3. See the balance.\n",
        )],
    },
    Commit {
        at: "17 15:50",
        by: Tove,
        to: Web,
        message: "title for the demo",
        edits: &[Swap(
            "index.html",
            "<title>pay</title>",
            "<title>payments-mvp</title>",
        )],
    },
];

/// The commit whose message is debt, and is reverted on day 4.
pub(super) const WIP: &str = "HACK: wip, undo me";

//! Day 4: twelve items are paid. Day 5: the last documents.

use super::script::Code::{Pay, Web};
use super::script::Commit;
use super::script::Edit::{Add, Gone, New, Swap};
use super::script::Who::{Johnny, Mira, Sammy, Tove};

pub(super) const COMMITS: &[Commit] = &[
    Commit {
        at: "19 09:05",
        by: Sammy,
        to: Pay,
        message: "cents add up",
        edits: &[Add("tests/charge.rs", "\n#[test]\nfn cents_add_up() {}\n")],
    },
    Commit {
        at: "19 09:20",
        by: Sammy,
        to: Pay,
        message: "docs: POST /charge, with one example",
        edits: &[New(
            "docs/charge.md",
            "# POST /charge\n\n    {\"amount\": \"9.90\", \"cur\": \"EUR\"}\n",
        )],
    },
    Commit {
        at: "19 09:45",
        by: Johnny,
        to: Pay,
        message: "docs: run it in one command",
        edits: &[Add("README.md", "\n    cargo run\n")],
    },
    Commit {
        at: "19 10:00",
        by: Sammy,
        to: Pay,
        message: "split the CI run in two",
        edits: &[Swap(
            "ci/run.sh",
            "# TODO: CI builds everything on every push\ncargo build --all-targets\n",
            "cargo build\n[ \"$1\" = all ] && cargo build --all-targets\n",
        )],
    },
    Commit {
        at: "19 10:25",
        by: Johnny,
        to: Pay,
        message: "webhook replay from webhook.json",
        edits: &[Add(
            "tests/replay.rs",
            "\n#[test]\nfn the_recorded_ones_come_in() {\n    let _ = include_str!(\"data/webhook.json\");\n}\n",
        )],
    },
    Commit {
        at: "19 10:45",
        by: Mira,
        to: Web,
        message: "remove the reload, listen instead",
        edits: &[Swap(
            "src/balance.js",
            "// TODO: page reloads every 2s\nsetInterval(reload, 2000);\n",
            "new EventSource(\"/events\").onmessage = reload;\n",
        )],
    },
    Commit {
        at: "19 11:00",
        by: Sammy,
        to: Pay,
        message: "simplify serve: a thread for each request",
        edits: &[Swap(
            "src/main.rs",
            "        answer(&mut stream?)?;\n",
            "        let mut stream = stream?;\n        std::thread::spawn(move || answer(&mut stream));\n",
        )],
    },
    Commit {
        at: "19 11:20",
        by: Sammy,
        to: Pay,
        message: "check the signature of each event",
        edits: &[Swap(
            "src/hook.rs",
            "    // FIXME: signature not checked\n",
            "    if !text.ends_with(\"signed\\n\") {\n        return Err(Error::Said(\"an event is not signed\".to_owned()));\n    }\n",
        )],
    },
    Commit {
        at: "19 11:50",
        by: Johnny,
        to: Pay,
        message: "remove the unwrap on what people type",
        edits: &[Swap(
            "src/charge.rs",
            "-> f64 {\n    // XXX: unwrap on user input\n    typed.trim().parse().unwrap()\n",
            "-> Option<f64> {\n    typed.trim().parse().ok()\n",
        )],
    },
    Commit {
        at: "19 12:15",
        by: Sammy,
        to: Pay,
        message: "simplify money: one currency in a sum",
        edits: &[Swap(
            "src/money.rs",
            "    // TODO: two currencies add up\n    of.iter()",
            "    let first = of.first().map(|money| money.currency);\n    let same = of.iter().filter(|money| Some(money.currency) == first);\n    same",
        )],
    },
    Commit {
        at: "19 12:30",
        by: Mira,
        to: Pay,
        message: "the entries of one day",
        edits: &[Add(
            "tests/ledger.rs",
            "\n#[test]\nfn a_day_ends_at_midnight() {}\n",
        )],
    },
    Commit {
        at: "19 12:50",
        by: Johnny,
        to: Pay,
        message: "remove the fake gateway",
        edits: &[Gone("src/gateway_fake.rs")],
    },
    Commit {
        at: "19 13:10",
        by: Tove,
        to: Web,
        message: "docs: what the seed holds",
        edits: &[New(
            "docs/seed.md",
            "# The seed\n\nShops with a mail address each.\n",
        )],
    },
    Commit {
        at: "19 13:25",
        by: Johnny,
        to: Pay,
        message: "ask the database whether it is there",
        edits: &[Swap(
            "src/main.rs",
            "        // HACK: sleep(2) waits for db\n        std::thread::sleep(std::time::Duration::from_secs(2));\n",
            "        if TcpStream::connect(\"127.0.0.1:5432\").is_ok() {\n            return;\n        }\n",
        )],
    },
    Commit {
        at: "19 13:55",
        by: Tove,
        to: Web,
        message: "test: the form refuses nothing",
        edits: &[New(
            "tests/form.test.js",
            "import test from \"node:test\";\n\ntest(\"nothing is no amount\", () => {});\n",
        )],
    },
    Commit {
        at: "19 14:05",
        by: Johnny,
        to: Pay,
        message: "move the key out of config.rs",
        edits: &[
            Swap("src/config.rs", "const KEY: &str = \"payments-mvp\";\n", ""),
            Swap(
                "src/config.rs",
                "unwrap_or_else(|_| KEY.to_owned())",
                "unwrap_or_default()",
            ),
        ],
    },
    Commit {
        at: "19 14:18",
        by: Sammy,
        to: Pay,
        message: "cents, not floats",
        edits: &[
            Swap(
                "src/charge.rs",
                "    pub amount: f64, // TODO: amount is a float\n",
                "    pub cents: i64,\n",
            ),
            Swap(
                "src/charge.rs",
                "self.card, self.amount,",
                "self.card, self.cents,",
            ),
            Swap(
                "src/charge.rs",
                "card: &str, amount: f64)",
                "card: &str, cents: i64)",
            ),
            Swap("src/charge.rs", "        amount,\n", "        cents,\n"),
        ],
    },
    Commit {
        at: "19 14:50",
        by: Tove,
        to: Pay,
        message: "un-ignore both tests",
        edits: &[Swap(
            "tests/pay.rs",
            "(#[ignore] settles_at_midnight, survives_a_restart)",
            "(settles_at_midnight, survives_a_restart)",
        )],
    },
    Commit {
        at: "19 15:05",
        by: Sammy,
        to: Pay,
        message: "back off between tries",
        edits: &[
            Swap(
                "src/gateway.rs",
                "        loop {\n",
                "        for tries in 0.. {\n",
            ),
            Swap(
                "src/gateway.rs",
                "                // TODO don't do this: retries never back off\n                Err(_) => continue,\n            }\n        }\n",
                "                Err(_) => std::thread::sleep(pause(tries)),\n            }\n        }\n        unreachable!()\n",
            ),
            Add(
                "src/gateway.rs",
                "\n/// How long to wait after so many tries: twice as long each time, at most a minute.\nfn pause(tries: u32) -> std::time::Duration {\n    std::time::Duration::from_secs(2_u64.saturating_pow(tries).min(60))\n}\n",
            ),
        ],
    },
    Commit {
        at: "19 15:40",
        by: Johnny,
        to: Pay,
        message: "Revert \"HACK: wip, undo me\"\n\nThis reverts commit {HACK: wip, undo me}.\n",
        edits: &[Swap(
            "src/config.rs",
            "            key: std::env::var(\"PAY_KEY\").unwrap_or_default(),\n",
            "            key: String::new(),\n",
        )],
    },
    Commit {
        at: "19 16:10",
        by: Tove,
        to: Web,
        message: "remove the seed, make shops up",
        edits: &[
            Gone("seed.sql"),
            New(
                "src/seed.js",
                "// Shops that are nobody's.\nexport const shops = (count) =>\n  Array.from({ length: count }, (_, id) => ({ id, mail: `shop-${id}@example.com` }));\n",
            ),
        ],
    },
    Commit {
        at: "20 10:00",
        by: Johnny,
        to: Pay,
        message: "docs: what the fake bank never does",
        edits: &[New(
            "docs/bank.md",
            "# The fake bank\n\nIt never declines a card.\n",
        )],
    },
    Commit {
        at: "20 11:15",
        by: Mira,
        to: Web,
        message: "docs: the balance page",
        edits: &[New(
            "docs/balance.md",
            "# The balance page\n\nIt listens, and shows what is in the ledger.\n",
        )],
    },
];

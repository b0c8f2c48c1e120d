//! Day 1: a service, a gateway, a ledger, a page, and fourteen items of debt.

use super::script::Code::{Pay, Web};
use super::script::Edit::{Add, New, Rows as Many, Swap};
use super::script::Who::{Johnny, Mira, Sammy, Tove};
use super::script::{Commit, Rows};

pub(super) const COMMITS: &[Commit] = &[
    Commit {
        at: "16 10:25",
        by: Johnny,
        to: Pay,
        message: "charge service, skeleton",
        edits: &[
            Swap(
                "src/main.rs",
                "fn main() {\n    println!(\"pay\");\n}\n",
                MAIN,
            ),
            New("src/config.rs", CONFIG),
            New("src/err.rs", ERR),
            New("src/hook.rs", HOOK),
        ],
    },
    // Written before the standup, and in nobody's figures of that day.
    Commit {
        at: "16 08:05 in 16 10:40",
        by: Tove,
        to: Pay,
        message: "CI runs on each push",
        edits: &[Swap(
            "ci/run.sh",
            "cargo build\n",
            "# TODO: CI builds everything on every push\ncargo build --all-targets\n",
        )],
    },
    Commit {
        at: "16 11:10",
        by: Mira,
        to: Pay,
        message: "ledger table",
        edits: &[New("src/ledger.rs", LEDGER)],
    },
    Commit {
        at: "16 11:31",
        by: Sammy,
        to: Pay,
        message: "wire simulated webhook data",
        edits: &[
            New(
                "tests/data/webhook.json",
                "[\n  {\"id\": \"evt-1\", \"type\": \"charged\", \"amount\": \"9.90\", \"at\": \"2026-11-16T10:30:00Z\"},\n  {\"id\": \"evt-2\", \"type\": \"declined\", \"amount\": \"12.00\", \"at\": \"2026-11-16T10:31:00Z\"}\n]\n",
            ),
            Swap(
                "src/hook.rs",
                "    pub kind: String,\n",
                "    pub kind: String,\n    pub amount: String,\n    pub at: String,\n",
            ),
            Swap(
                "src/hook.rs",
                "pub fn next() -> Result<Option<Event>, Error> {\n    // TODO: no event comes in yet\n    Ok(None)\n",
                "pub fn next(from: &str) -> Result<Event, Error> {\n    // The data is simulated for now: tests/data/webhook.json.\n    let text = std::fs::read_to_string(from)?;\n    Event::of_json(&text)\n",
            ),
        ],
    },
    Commit {
        at: "16 11:50",
        by: Johnny,
        to: Pay,
        message: "gateway client, one host",
        edits: &[New("src/gateway.rs", GATEWAY)],
    },
    Commit {
        at: "16 13:20",
        by: Mira,
        to: Pay,
        message: "list entries with their charges",
        edits: &[Add("src/ledger.rs", LIST)],
    },
    Commit {
        at: "16 13:40",
        by: Johnny,
        to: Pay,
        message: "currency next to the amount",
        edits: &[
            Swap(
                "src/money.rs",
                "pub amount: f64,\n",
                "pub amount: f64,\n    pub currency: [u8; 3],\n",
            ),
            Swap(
                "src/money.rs",
                "    of.iter()",
                "    // TODO: two currencies add up\n    of.iter()",
            ),
        ],
    },
    Commit {
        at: "16 14:30",
        by: Mira,
        to: Web,
        message: "balance page",
        edits: &[
            New("balance.html", BALANCE_PAGE),
            New("src/balance.js", BALANCE),
            New(
                "fixtures/charge.json",
                "{\"id\": 1, \"amount\": \"9.90\", \"cur\": \"EUR\"}\n",
            ),
        ],
    },
    Commit {
        at: "16 15:10",
        by: Sammy,
        to: Pay,
        message: "charge endpoint, happy path",
        edits: &[
            New("src/charge.rs", CHARGE),
            Swap(
                "src/gateway.rs",
                "use std::net::TcpStream;\n",
                "use std::net::TcpStream;\nuse crate::charge::Charge;\n",
            ),
            Swap("src/gateway.rs", "    fn post(&self, body: &str)", SEND),
            Swap(
                "src/gateway.rs",
                "(body.as_bytes())",
                "(c.to_json().as_bytes())",
            ),
        ],
    },
    Commit {
        at: "16 16:05",
        by: Johnny,
        to: Pay,
        message: "read the amount that was typed",
        edits: &[Add(
            "src/charge.rs",
            "\npub fn amount_of(typed: &str) -> f64 {\n    // XXX: unwrap on user input\n    typed.trim().parse().unwrap()\n}\n",
        )],
    },
    Commit {
        at: "16 16:30",
        by: Mira,
        to: Web,
        message: "menu on the balance page",
        edits: &[Swap(
            "balance.html",
            "<main",
            "<!-- TODO: the menu is copied into every page -->\n<nav><a href=\"/\">pay</a> <a href=\"/balance.html\">balance</a></nav>\n<main",
        )],
    },
    Commit {
        at: "16 16:52",
        by: Sammy,
        to: Pay,
        message: "fake gateway, always approves",
        edits: &[
            Many(
                "src/gateway_fake.rs",
                Rows {
                    head: "//! A bank that never says no.\n\n/// The cards that it knows, which are all that we try with.\npub const CARDS: &[&str] = &[\n",
                    row: "    \"4000 0000 0000 {n}\",\n",
                    count: 178,
                    tail: "];\n\n/// Whether it takes a card.\npub fn takes(card: &str) -> bool {\n    CARDS.contains(&card)\n}\n",
                },
            ),
            Swap(
                "src/hook.rs",
                "    Event::of_json(&text)\n",
                "    // FIXME: signature not checked\n    Event::of_json(&text)\n",
            ),
            Add("src/ledger.rs", TWO_LEDGERS),
        ],
    },
    Commit {
        at: "16 17:45",
        by: Johnny,
        to: Pay,
        message: "gateway: greet the bank, send last",
        edits: &[
            Swap("src/gateway.rs", SEND, "    fn post(&self, c: &Charge)"),
            Swap(
                "src/gateway.rs",
                "io::Error::other)\n    }\n}\n",
                "io::Error::other)\n    }\n",
            ),
            Add("src/gateway.rs", SEND_LAST),
        ],
    },
];

const MAIN: &str = r#"mod charge;
mod config;
mod err;
mod gateway;
mod hook;
mod ledger;
mod money;

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};

use config::Config;
use err::Error;

/// What somebody asks of the service.
enum Asked {
    Charge(String),
    Balance,
}

impl Asked {
    /// Reads the first line of a request.
    fn of(line: &str) -> Option<Asked> {
        let mut words = line.split_whitespace();
        match (words.next()?, words.next()?) {
            ("POST", "/charge") => Some(Asked::Charge(String::new())),
            ("GET", "/balance") => Some(Asked::Balance),
            _ => None,
        }
    }
}

/// Answers one request.
fn answer(stream: &mut TcpStream) -> Result<(), Error> {
    let mut line = String::new();
    BufReader::new(stream.try_clone()?).read_line(&mut line)?;
    match Asked::of(&line) {
        Some(_) => stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n")?,
        None => stream.write_all(b"HTTP/1.1 404 Not Found\r\n\r\n")?,
    }
    Ok(())
}

/// Answers requests, one after the other, until the listener fails or the
/// process is stopped.
fn serve(config: &Config) -> Result<(), Error> {
    let listener = TcpListener::bind(&config.listen)?;
    for stream in listener.incoming() {
        answer(&mut stream?)?;
    }
    Ok(())
}

/// Waits until the database is there, which takes a moment after it was
/// begun.
fn wait() {
    let begun = std::time::Instant::now();
    while begun.elapsed().as_secs() < 2 {
        // HACK: sleep(2) waits for db
        std::thread::sleep(std::time::Duration::from_secs(2));
    }
}

fn main() -> Result<(), Error> {
    wait();
    let config = Config::default();
    serve(&config)
}
"#;

const CONFIG: &str = r#"//! What can be set.
const KEY: &str = "payments-mvp";

/// The settings.
pub struct Config {
    pub listen: String,
    pub key: String,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: "127.0.0.1:8080".to_owned(),
            key: KEY.to_owned(),
        }
    }
}
"#;

const ERR: &str = r#"//! What can go wrong.

/// Why a request failed.
#[derive(Debug)]
pub struct Error(pub String);

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Self(error.to_string())
    }
}
"#;

const HOOK: &str = r#"//! What the bank tells us.

use crate::err::Error;

/// An event of the bank.
pub struct Event {
    pub id: String,
    pub kind: String,
}

/// Takes the next event in.
pub fn next() -> Result<Option<Event>, Error> {
    // TODO: no event comes in yet
    Ok(None)
}
"#;

const GATEWAY: &str = r#"//! The client of the bank.

use std::io::{self, Read, Write};
use std::net::TcpStream;

/// What the bank calls a charge.
pub type Id = u64;

/// The bank, or what stands in for it.
///
/// It knows a charge by its key, so one that is sent twice is charged
/// once.
pub struct Gateway {
    host: String,
}

impl Gateway {
    /// A client of one host, which is asked for nothing before the
    /// first charge.
    pub fn new(host: &str) -> Self {
        Self {
            host: host.to_owned(),
        }
    }

    fn post(&self, body: &str) -> io::Result<Id> {
        // TODO: no timeout, a slow bank holds us for ever
        let mut bank = TcpStream::connect(&self.host)?;
        bank.write_all(body.as_bytes())?;
        bank.flush()?;
        bank.shutdown(std::net::Shutdown::Write)?;
        let mut answer = String::new();
        bank.read_to_string(&mut answer)?;
        answer.trim().parse().map_err(io::Error::other)
    }
}
"#;

const SEND: &str = r#"    pub fn send(&self, c: &Charge) -> Id {
        loop {
            match self.post(c) {
                Ok(id) => return id,
                // TODO don't do this: retries never back off
                Err(_) => continue,
            }
        }
    }

    fn post(&self, c: &Charge)"#;

const SEND_LAST: &str = r#"
    pub fn send(&self, c: &Charge) -> Id {
        loop {
            match self.post(c) {
                Ok(id) => return id,
                // TODO don't do this: retries never back off
                Err(_) => continue,
            }
        }
    }
}

/// What the bank wants to hear first.
pub fn greeting(host: &str) -> String {
    // XXX: the token of the bank is in the source
    format!("3 {host} sandbox")
}
"#;

const CHARGE: &str = r#"//! Charges: what a shop asks of a card.

use crate::gateway::{Gateway, Id};

/// What is charged.
pub struct Charge {
    pub card: String,
    pub amount: f64, // TODO: amount is a float
    pub currency: String,
}

impl Charge {
    /// The charge as the bank reads it.
    pub fn to_json(&self) -> String {
        format!(
            r"{} {} {}",
            self.card, self.amount, self.currency
        )
    }
}

/// Charges a card; returns what the bank calls it.
pub fn charge(gateway: &Gateway, card: &str, amount: f64) -> Id {
    let charge = Charge {
        card: card.to_owned(),
        amount,
        currency: "EUR".to_owned(),
    };
    gateway.send(&charge)
}
"#;

const LEDGER: &str = r#"//! The ledger: what was charged, entry by entry.
//!
//! An entry is never changed: what was wrong is taken back by another one.

use std::collections::BTreeMap;

use crate::err::Error;

/// One line of the ledger.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its number, from 1 without gaps.
    pub id: u64,
    /// When, in seconds since 1970.
    pub at: i64,
    /// How much, in cents; below zero for what goes out.
    pub cents: i64,
    /// The charge that it belongs to.
    pub charge: u64,
}

/// The ledger of one shop.
#[derive(Debug, Default)]
pub struct Ledger {
    entries: Vec<Entry>,
    by_charge: BTreeMap<u64, Vec<u64>>,
}

impl Ledger {
    /// A ledger without an entry.
    pub fn new() -> Self {
        Self::default()
    }

    /// Writes an entry; returns its number.
    pub fn write(&mut self, at: i64, cents: i64, charge: u64) -> u64 {
        let id = self.entries.len() as u64 + 1;
        self.entries.push(Entry {
            id,
            at,
            cents,
            charge,
        });
        self.by_charge.entry(charge).or_default().push(id);
        id
    }

    /// Takes an entry back by its opposite.
    pub fn take_back(&mut self, id: u64, at: i64) -> Result<u64, Error> {
        let wrong = self.entry(id)?;
        let (cents, charge) = (-wrong.cents, wrong.charge);
        Ok(self.write(at, cents, charge))
    }

    /// The entry of a number.
    pub fn entry(&self, id: u64) -> Result<&Entry, Error> {
        self.entries
            .iter()
            .find(|entry| entry.id == id)
            .ok_or_else(|| Error(format!("there is no entry {id}")))
    }

    /// What is in it, in cents.
    pub fn balance(&self) -> i64 {
        self.entries.iter().map(|entry| entry.cents).sum()
    }
}
"#;

const LIST: &str = r#"
/// An entry with the card of its charge.
pub struct Row {
    pub entry: Entry,
    pub card: String,
}

/// Where charges are asked for.
pub trait Charges {
    /// The card of a charge.
    fn card_of(&self, charge: u64) -> Option<String>;
}

/// All entries, each with its card.
///
/// The newest comes last, as it was written: a shop that wants it otherwise
/// turns it round by itself. Nothing is left out, so that the sum of all rows
/// is the balance.
pub fn list(ledger: &Ledger, charges: &dyn Charges) -> Vec<Row> {
    let row = |entry: &Entry| Row {
        // TODO: list does a query per row
        card: charges.card_of(entry.charge).unwrap_or_default(),
        entry: entry.clone(),
    };
    ledger.entries.iter().map(row).collect()
}
"#;

const TWO_LEDGERS: &str = r#"
/// What one shop took on one day, in cents.
pub fn day(ledger: &Ledger, from: i64) -> i64 {
    let until = from + 24 * 60 * 60;
    let of_day = |entry: &&Entry| (from..until).contains(&entry.at);
    let entries = ledger.entries.iter().filter(of_day);
    entries.map(|entry| entry.cents).sum()
}

/// What one shop took in a week that begins with that day, in cents.
pub fn week(ledger: &Ledger, from: i64) -> i64 {
    let days = (0..7).map(|number| from + number * 24 * 60 * 60);
    days.map(|from| day(ledger, from)).sum()
}

/// What is in both ledgers, in cents: that written by hand began before
/// this one.
pub fn all(ledger: &Ledger) -> i64 {
    // TODO(Mira): two ledgers, pick one
    let old = crate::ledger_old::ENTRIES.iter();
    old.map(|(_, cents)| cents).sum::<i64>() + ledger.balance()
}
"#;

const BALANCE_PAGE: &str = r#"<!doctype html>
<title>balance</title>
<link rel="stylesheet" href="style.css">
<main id="balance"></main>
<script type="module" src="src/balance.js"></script>
"#;

const BALANCE: &str = r##"// The balance page.
import { money } from "./money.js";

const page = document.querySelector("#balance");

async function load() {
  const answer = await fetch("/balance");
  return answer.json();
}

function show(balance) {
  page.textContent = money(balance.amount, balance.currency);
}

async function reload() {
  show(await load());
}

// TODO: page reloads every 2s
setInterval(reload, 2000);
reload();
"##;

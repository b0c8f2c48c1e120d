//! The debt and the commits of the made-up week, as its pictures have them: for tests of documents.
#![allow(clippy::unwrap_used)]

use chrono::{DateTime, FixedOffset, Utc};

use super::commits::Commit;
use super::debt::{
    DebtReport, Decision, DecisionKind, Event, EventKind, How, Introduced, Item, Paid, ReportScope,
    ReportWeek, Repository, SCHEMA, Source, Status, Totals,
};
use super::facts::Facts;
use crate::debt::Tier;
use crate::week::made_up::{self, MadeUp, moment};
use crate::week::payback::DecisionKind as Kind;
use crate::week::{Board, Calendar, Rules, Week};

/// Number, marker, words, place, who, when and in which commit it came; who paid when and how.
type Row = (
    usize,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    Option<(&'static str, &'static str, How)>,
);

const ITEMS: [Row; 21] = [
    (
        1,
        "TODO",
        "log in for real",
        "pay/src/main.rs",
        "johnny",
        "16 10:40",
        "1a",
        Some(("sammy", "17 09:05", How::Fixed)),
    ),
    (
        2,
        "FIXME",
        "signature not checked",
        "pay/src/hook.rs",
        "sammy",
        "16 16:52",
        "a41f9c2",
        Some(("sammy", "19 10:10", How::Fixed)),
    ),
    (
        3,
        "HACK",
        "sleep(2) waits for db",
        "pay/src/main.rs",
        "johnny",
        "16 11:10",
        "1a",
        Some(("johnny", "19 10:30", How::Fixed)),
    ),
    (
        4,
        "XXX",
        "unwrap on user input",
        "pay/src/charge.rs",
        "johnny",
        "16 11:40",
        "1b",
        Some(("johnny", "18 11:00", How::Fixed)),
    ),
    (
        5,
        "DONT",
        "retries never back off",
        "pay/src/gateway.rs",
        "sammy",
        "16 15:10",
        "77b0e1d",
        Some(("sammy", "19 15:30", How::Fixed)),
    ),
    (
        6,
        "TODO",
        "amount is a float",
        "pay/src/charge.rs",
        "sammy",
        "16 15:10",
        "77b0e1d",
        Some(("sammy", "19 14:18", How::Fixed)),
    ),
    (
        7,
        "TODO",
        "two ledgers, pick one",
        "pay/src/ledger.rs",
        "mira",
        "16 12:00",
        "3a",
        Some(("mira", "18 12:00", How::Deleted)),
    ),
    (
        8,
        "TODO",
        "cursor instead of pages",
        "pay/src/ledger.rs",
        "mira",
        "16 13:00",
        "3a",
        Some(("mira", "18 12:30", How::CommentOnly)),
    ),
    (
        9,
        "TODO",
        "page reloads every 2s",
        "web/balance.js",
        "mira",
        "16 14:00",
        "3b",
        Some(("mira", "19 11:00", How::Fixed)),
    ),
    (
        10,
        "HACK",
        "one table for all",
        "pay/src/ledger.rs",
        "johnny",
        "16 14:30",
        "1c",
        None,
    ),
    (
        11,
        "TODO",
        "list does a query per row",
        "pay/src/ledger.rs",
        "mira",
        "17 13:00",
        "3c",
        None,
    ),
    (
        12,
        "TODO",
        "names in the config",
        "pay/src/config.rs",
        "johnny",
        "16 15:00",
        "1c",
        Some(("johnny", "19 11:30", How::Fixed)),
    ),
    (
        13,
        "FIXME",
        "fake gateway approves all",
        "pay/src/gateway_fake.rs",
        "sammy",
        "16 16:52",
        "a41f9c2",
        Some(("johnny", "19 12:00", How::Deleted)),
    ),
    (
        14,
        "TODO",
        "rounding of refunds",
        "pay/src/ledger.rs",
        "johnny",
        "16 15:30",
        "1d",
        None,
    ),
    (
        15,
        "TODO",
        "2 tests ignored",
        "pay/tests/pay.rs",
        "tove",
        "17 11:00",
        "4a",
        Some(("tove", "19 16:00", How::Fixed)),
    ),
    (
        16,
        "XXX",
        "secrets in git",
        "pay/src/config.rs",
        "johnny",
        "16 16:00",
        "1d",
        Some(("johnny", "19 12:30", How::Fixed)),
    ),
    (
        17,
        "HACK",
        "config is read twice",
        "pay/src/config.rs",
        "johnny",
        "17 12:00",
        "1e",
        None,
    ),
    (
        18,
        "TODO",
        "old CI script",
        "web/ci.sh",
        "tove",
        "17 12:30",
        "4a",
        None,
    ),
    (
        19,
        "TODO",
        "undo me",
        "",
        "johnny",
        "17 15:00",
        "c09e2f1",
        Some(("johnny", "19 16:30", How::Said)),
    ),
    (
        20,
        "TODO",
        "seed data has real emails",
        "web/seed.sql",
        "tove",
        "17 14:00",
        "4b",
        Some(("tove", "19 16:40", How::Fixed)),
    ),
    (
        21,
        "TODO",
        "no empty state",
        "web/balance.js",
        "mira",
        "17 14:30",
        "3d",
        Some(("mira", "19 13:00", How::Fixed)),
    ),
];

const COMMITS: [(&str, &str, &str, &str); 20] = [
    ("1a", "16 10:40", "johnny", "a service that starts"),
    (
        "0c2d1aa",
        "16 11:31",
        "sammy",
        "wire simulated webhook data",
    ),
    ("1b", "16 11:40", "johnny", "read the card"),
    ("3a", "16 12:00", "mira", "ledger table"),
    ("3b", "16 14:00", "mira", "balance page"),
    ("1c", "16 14:30", "johnny", "entries of both sides"),
    (
        "77b0e1d",
        "16 15:10",
        "sammy",
        "charge endpoint, happy path",
    ),
    ("1d", "16 15:30", "johnny", "refunds, roughly"),
    (
        "a41f9c2",
        "16 16:52",
        "sammy",
        "fake gateway, always approves",
    ),
    ("4a", "17 11:00", "tove", "demo seed data"),
    ("1e", "17 12:00", "johnny", "settings"),
    ("3c", "17 13:00", "mira", "list of entries"),
    ("4b", "17 14:00", "tove", "more seed data"),
    ("3d", "17 14:30", "mira", "empty balance"),
    ("c09e2f1", "17 15:00", "johnny", "wip, undo me"),
    ("9be01c4", "19 14:18", "sammy", "cents, not floats"),
    ("9be01c5", "19 15:30", "sammy", "refactor: back off"),
    ("9be01c6", "19 16:00", "tove", "tests run again"),
    ("9be01c7", "19 16:30", "johnny", "docs: how to run it"),
    ("9be01c8", "20 10:00", "mira", "rename the table"),
];

/// The made-up week at a moment.
pub(crate) struct Week47 {
    pub(crate) made_up: MadeUp,
    pub(crate) board: Board,
    pub(crate) calendar: Calendar,
    pub(crate) week: Week,
    pub(crate) earlier: Vec<Week>,
    pub(crate) report: DebtReport,
    pub(crate) commits: Vec<Commit>,
    pub(crate) now: DateTime<Utc>,
    pub(crate) rules: Rules,
}

impl Week47 {
    /// As it is at a moment like `17 09:32`.
    pub(crate) fn at(text: &str) -> Self {
        let made_up = MadeUp::new(&[]).unwrap();
        let now = moment(text);
        let board = made_up.at(now);
        let calendar = made_up::calendar();
        let week = calendar.week(made_up::week());
        let earlier = (42..47).map(|n| calendar.week(format!("2026-W{n}").parse().unwrap()));
        let mut commits: Vec<Commit> = COMMITS.iter().map(commit).collect();
        commits.retain(|commit| commit.time <= now);
        commits.reverse();
        let items: Vec<Item> = (ITEMS.iter())
            .filter_map(|row| item(row, &made_up, &board, &week, now))
            .collect();
        let repository = |name: &str| Repository {
            name: name.to_owned(),
            path: format!("/src/{name}"),
            forge: None,
            head: Some("9".repeat(40)),
            commits: 3,
            shallow: false,
            skipped: Vec::new(),
        };
        let report = DebtReport {
            schema: SCHEMA.to_owned(),
            generated_at: local(now),
            scope: ReportScope::All,
            week: ReportWeek::of(&week),
            repositories: vec![repository("pay"), repository("web")],
            totals: Totals::default(),
            items: Vec::new(),
            suspected: Vec::new(),
            carried_in: Vec::new(),
        };
        Self {
            report: report.only(ReportScope::All, items, Vec::new()),
            earlier: earlier.collect(),
            made_up,
            board,
            calendar,
            week,
            commits,
            now,
            rules: Rules::default(),
        }
    }

    /// The facts.
    pub(crate) fn facts(&self) -> Facts<'_> {
        Facts {
            board: &self.board,
            calendar: &self.calendar,
            week: &self.week,
            earlier: &self.earlier,
            report: &self.report,
            commits: &self.commits,
            now: self.now,
            me: self.made_up.id("sammy"),
            rules: &self.rules,
        }
    }
}

fn local(at: DateTime<Utc>) -> DateTime<FixedOffset> {
    made_up::calendar().zone().local(at).fixed_offset()
}

fn author(who: &str) -> String {
    let name = who[..1].to_uppercase() + &who[1..];
    format!("{name} <{who}@payments.example>")
}

fn repository(path: &str) -> (String, String) {
    let (repository, path) = path.split_once('/').unwrap_or(("pay", path));
    (repository.to_owned(), path.to_owned())
}

fn commit((id, time, who, subject): &(&str, &str, &str, &str)) -> Commit {
    let path = match *subject {
        "tests run again" => "tests/pay.rs",
        "docs: how to run it" => "README.md",
        _ => "src/main.rs",
    };
    Commit {
        // What Tove commits is in the web.
        repository: if id.starts_with('4') || *id == "3b" || *id == "3d" {
            "web"
        } else {
            "pay"
        }
        .to_owned(),
        id: format!("{id:0<40}"),
        author: author(who),
        time: local(moment(time)),
        subject: (*subject).to_owned(),
        merge: false,
        paths: vec![path.to_owned()],
    }
}

fn item(
    row: &Row,
    made_up: &MadeUp,
    board: &Board,
    week: &Week,
    now: DateTime<Utc>,
) -> Option<Item> {
    let (number, marker, text, place, who, came, born, went) = row;
    let came = moment(came);
    if came > now {
        return None;
    }
    let (repository, path) = repository(place);
    let path = (!place.is_empty()).then_some(path);
    let id = made_up.item(*number).unwrap();
    let event = |event, at: DateTime<Utc>, who: &str, commit: &str| Event {
        event,
        commit: commit.to_owned(),
        author: author(who),
        time: local(at),
        path: path.clone(),
        line: path.is_some().then_some(7),
        text: (*text).to_owned(),
    };
    let born = format!("{born:0<40}");
    let mut history = vec![event(EventKind::Introduced, came, who, &born)];
    let paid = went
        .filter(|(_, at, _)| moment(at) <= now)
        .map(|(by, at, how)| {
            // What was paid on Tuesday went with the commit that wired the simulated data.
            let commit = if *number == 1 { "0c2d1aa" } else { "9be01c4" };
            let commit = format!("{commit:0<40}");
            history.push(event(EventKind::Paid, moment(at), by, &commit));
            Paid {
                commit: Some(commit),
                author: author(by),
                time: local(moment(at)),
                day: week.day_of(moment(at)),
                how,
            }
        });
    let said = board.debts.get(id).and_then(|word| word.decision.as_ref());
    let decision = said.map(|said| Decision {
        kind: match said.kind {
            Kind::Paid => DecisionKind::Paid,
            Kind::Accepted => DecisionKind::Accepted,
            Kind::Carried => DecisionKind::Carried,
            Kind::Dismissed => DecisionKind::Dismissed,
        },
        reason: said.reason.clone(),
        by: author("mira"),
        time: local(said.time()),
    });
    let status = match (&paid, decision.as_ref().map(|decision| decision.kind)) {
        (Some(_), _) => Status::Paid,
        (None, Some(DecisionKind::Accepted)) => Status::Accepted,
        (None, Some(DecisionKind::Carried)) => Status::Carried,
        (None, _) => Status::Open,
    };
    Some(Item {
        id: id.to_string(),
        repository,
        tier: Tier::Declared,
        source: if path.is_some() {
            Source::Code
        } else {
            Source::CommitMessage
        },
        marker: (*marker).to_owned(),
        text: (*text).to_owned(),
        assignee: None,
        ticket: None,
        language: None,
        line: path.is_some().then_some(7),
        introduced: Introduced {
            commit: born,
            author: author(who),
            time: local(came),
            day: week.day_of(came),
            path: path.clone(),
            line: path.is_some().then_some(7),
        },
        path,
        status,
        decision,
        paid,
        carried_from: None,
        history,
    })
}

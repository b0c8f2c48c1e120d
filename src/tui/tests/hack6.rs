//! What git would say of the made-up week: its 21 items of debt and its commits, at any moment.

use chrono::{DateTime, Utc};

use super::app::{calendar, report};
use crate::report::carried::carried_from;
use crate::report::commits::{Author, Commit};
use crate::report::debt::{
    DebtReport, Decision, DecisionKind, Event, EventKind, How, Introduced, Item, Paid, ReportScope,
    ReportWeek, Source, Status,
};
use crate::week::made_up::{MadeUp, moment};
use crate::week::payback::DecisionKind as Kind;
use crate::week::{Board, Week, WeekName};

/// Number, kind, words, repository, path, line, who, when it came, when it went.
type Row = (
    u8,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    u32,
    &'static str,
    &'static str,
    Option<&'static str>,
);

#[rustfmt::skip]
const ITEMS: [Row; 21] = [
    (
        1,
        "TODO",
        "webhook data is simulated",
        "pay",
        "src/hook.rs",
        40,
        "Sammy",
        "16 10:05",
        Some("16 11:31"),
    ),
    (
        2,
        "FIXME",
        "signature not checked",
        "pay",
        "src/hook.rs",
        17,
        "Sammy",
        "16 16:52",
        Some("19 11:05"),
    ),
    (
        3,
        "TODO",
        "fake gateway, always approves",
        "pay",
        "src/gateway_fake.rs",
        3,
        "Johnny",
        "16 10:40",
        Some("18 11:40"),
    ),
    (
        4,
        "HACK",
        "sleep(2) waits for db",
        "pay",
        "src/main.rs",
        61,
        "Johnny",
        "16 12:10",
        Some("18 15:20"),
    ),
    (
        5,
        "DONT",
        "retries never back off",
        "pay",
        "src/gateway.rs",
        42,
        "Sammy",
        "16 15:10",
        Some("19 17:10"),
    ),
    (
        6,
        "TODO",
        "amount is a float",
        "pay",
        "src/charge.rs",
        8,
        "Sammy",
        "16 15:11",
        Some("19 14:18"),
    ),
    (
        7,
        "TODO",
        "two ledgers, pick one",
        "pay",
        "src/ledger.rs",
        112,
        "Mira",
        "16 13:30",
        Some("19 10:15"),
    ),
    (
        8,
        "XXX",
        "unwrap on user input",
        "pay",
        "src/charge.rs",
        33,
        "Johnny",
        "16 14:00",
        Some("18 16:30"),
    ),
    (
        9,
        "TODO",
        "one error type is enough",
        "pay",
        "src/err.rs",
        5,
        "Johnny",
        "16 14:30",
        Some("19 09:50"),
    ),
    (
        10,
        "TODO",
        "secrets are in git",
        "pay",
        "src/config.rs",
        2,
        "Johnny",
        "16 16:00",
        None,
    ),
    (
        11,
        "TODO",
        "list does a query per row",
        "pay",
        "src/ledger.rs",
        88,
        "Mira",
        "16 15:45",
        None,
    ),
    (
        12,
        "TODO",
        "page reloads every 2s",
        "web",
        "src/balance.js",
        19,
        "Mira",
        "16 16:20",
        Some("18 17:00"),
    ),
    (
        13,
        "FIXME",
        "the page rounds cents",
        "web",
        "src/cents.js",
        7,
        "Mira",
        "17 09:10",
        Some("19 12:00"),
    ),
    (
        14,
        "TODO",
        "currency is always EUR",
        "web",
        "src/currency.js",
        12,
        "Johnny",
        "17 10:10",
        None,
    ),
    (
        15,
        "SKIP",
        "2 tests marked #[ignore]",
        "pay",
        "tests/pay.rs",
        4,
        "Tove",
        "17 10:30",
        Some("20 11:00"),
    ),
    (
        16,
        "TODO",
        "seed runs twice",
        "pay",
        "src/seed.rs",
        9,
        "Tove",
        "17 11:00",
        Some("19 13:20"),
    ),
    (
        17,
        "HACK",
        "config is read twice",
        "pay",
        "src/config.rs",
        30,
        "Johnny",
        "17 11:40",
        None,
    ),
    (
        18,
        "TODO",
        "the admin sees everything",
        "web",
        "src/admin.js",
        3,
        "Mira",
        "17 13:00",
        None,
    ),
    (
        19,
        "TODO",
        "wip, undo me",
        "pay",
        "",
        0,
        "Johnny",
        "17 13:40",
        Some("19 17:30"),
    ),
    (
        20,
        "TODO",
        "seed data has real emails",
        "web",
        "seed.sql",
        120,
        "Tove",
        "17 14:20",
        Some("19 16:40"),
    ),
    (
        21,
        "TODO",
        "retry count is a guess",
        "pay",
        "src/gateway.rs",
        12,
        "Sammy",
        "17 15:00",
        Some("18 12:15"),
    ),
];

/// Repository, id, who, when, words, paths.
type Made = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static [&'static str],
);

/// The commits of the week.
#[rustfmt::skip]
const COMMITS: [Made; 13] = [
    (
        "pay",
        "a41f9c2",
        "Sammy",
        "16 16:52",
        "fake gateway, always approves",
        &["src/hook.rs"],
    ),
    (
        "pay",
        "77b0e1d",
        "Sammy",
        "16 15:10",
        "charge endpoint, happy path",
        &["src/gateway.rs", "src/charge.rs"],
    ),
    (
        "pay",
        "0c2d1aa",
        "Sammy",
        "16 11:31",
        "wire simulated webhook data",
        &["src/hook.rs"],
    ),
    (
        "pay",
        "1000001",
        "Johnny",
        "16 10:40",
        "a gateway that says yes",
        &["src/gateway_fake.rs"],
    ),
    (
        "pay",
        "1000002",
        "Johnny",
        "16 12:10",
        "wait for the database",
        &["src/main.rs"],
    ),
    (
        "pay",
        "1000003",
        "Johnny",
        "16 14:00",
        "read the amount",
        &["src/charge.rs"],
    ),
    (
        "pay",
        "1000004",
        "Johnny",
        "16 14:30",
        "errors",
        &["src/err.rs"],
    ),
    (
        "pay",
        "1000005",
        "Johnny",
        "16 16:00",
        "configuration",
        &["src/config.rs"],
    ),
    (
        "pay",
        "2000001",
        "Mira",
        "16 13:30",
        "a second ledger",
        &["src/ledger.rs"],
    ),
    (
        "pay",
        "2000002",
        "Mira",
        "16 15:45",
        "list the entries",
        &["src/ledger.rs"],
    ),
    (
        "web",
        "2000003",
        "Mira",
        "16 16:20",
        "balance page",
        &["src/balance.js"],
    ),
    (
        "pay",
        "9be01c4",
        "Sammy",
        "19 14:18",
        "cents, not floats",
        &["src/charge.rs", "tests/cents.rs"],
    ),
    (
        "pay",
        "3000001",
        "Tove",
        "19 13:20",
        "docs: how the seed is made",
        &["README.md"],
    ),
];

/// The made-up week about these items.
pub(super) fn made_up() -> MadeUp {
    MadeUp::new(&[]).unwrap()
}

fn author(name: &str) -> String {
    format!("{name} <{}@payments.example>", name.to_lowercase())
}

/// The commit of somebody at a time: one of the list, or one that is made up here.
fn commit_of(who: &str, when: &str) -> String {
    let known = COMMITS.iter().find(|row| row.2 == who && row.3 == when);
    let short = known.map_or_else(|| when.replace([' ', ':'], ""), |row| row.1.to_owned());
    format!("{short:0<40}")
}

fn item(
    made_up: &MadeUp,
    row: &Row,
    board: &Board,
    week: &Week,
    now: DateTime<Utc>,
) -> Option<Item> {
    let (number, marker, text, repository, path, line, who, came, went) = *row;
    let calendar = calendar();
    let local = |at: DateTime<Utc>| calendar.zone().local(at).fixed_offset();
    let opened = moment(came);
    if opened > now {
        return None;
    }
    let (path, line) = match path {
        "" => (None, None),
        path => (Some(path.to_owned()), Some(line)),
    };
    let (commit, author) = (commit_of(who, came), author(who));
    let event = |kind, commit: &str, at: DateTime<Utc>| Event {
        event: kind,
        commit: commit.to_owned(),
        author: author.clone(),
        time: local(at),
        path: path.clone(),
        line,
        text: text.to_owned(),
    };
    let mut history = vec![event(EventKind::Introduced, &commit, opened)];
    let paid = went.map(moment).filter(|at| *at <= now).map(|at| {
        let commit = commit_of(who, went.unwrap_or_default());
        history.push(event(EventKind::Paid, &commit, at));
        Paid {
            commit: Some(commit),
            author: author.clone(),
            time: local(at),
            day: week.day_of(at),
            how: How::Fixed,
        }
    });
    let id = made_up.item(usize::from(number)).unwrap();
    let word = board.debts.get(id);
    let decision = word.and_then(|word| word.decision_in(week.name()));
    let said = decision.filter(|decision| decision.kind == Kind::Paid);
    let paid = paid.or_else(|| {
        said.map(|said| Paid {
            commit: None,
            author: author.clone(),
            time: local(said.time()),
            day: week.day_of(said.time()),
            how: How::Said,
        })
    });
    let carried = word.and_then(|word| word.carried_into(week.name()));
    let is_due = week.is_hack_day(opened) || carried.is_some();
    let status = match (&paid, decision.map(|decision| decision.kind)) {
        (Some(paid), _) if is_due && !week.is_in_time(paid.time.to_utc()) => Status::PaidLate,
        (Some(_), _) | (None, Some(Kind::Paid)) => Status::Paid,
        (None, Some(Kind::Accepted)) => Status::Accepted,
        (None, Some(Kind::Carried)) => Status::Carried,
        (None, Some(Kind::Dismissed)) => Status::Dismissed,
        (None, None) => Status::Open,
    };
    let mut item = report().items.first()?.clone();
    item.id = id.to_string();
    item.repository = repository.to_owned();
    item.source = match path {
        Some(_) => Source::Code,
        None => Source::CommitMessage,
    };
    item.marker = marker.to_owned();
    item.text = text.to_owned();
    item.introduced = Introduced {
        commit,
        author: author.clone(),
        time: local(opened),
        day: week.day_of(opened),
        path: path.clone(),
        line,
    };
    item.decision = decision.map(|said| Decision {
        kind: match said.kind {
            Kind::Paid => DecisionKind::Paid,
            Kind::Accepted => DecisionKind::Accepted,
            Kind::Carried => DecisionKind::Carried,
            Kind::Dismissed => DecisionKind::Dismissed,
        },
        reason: said.reason.clone(),
        by: said
            .by
            .as_ref()
            .map_or_else(String::new, |by| board.name(by).to_owned()),
        time: local(said.time()),
    });
    (item.path, item.line, item.status, item.paid, item.history) =
        (path, line, status, paid, history);
    Some(item)
}

/// What the report says at a moment, with a board.
pub(super) fn debt(board: &Board, week: &Week, now: DateTime<Utc>) -> DebtReport {
    let made_up = made_up();
    let items = ITEMS
        .iter()
        .filter_map(|row| item(&made_up, row, board, week, now));
    let mut report = report().only(ReportScope::All, items.collect(), Vec::new());
    report.week = ReportWeek::of(week);
    for item in &mut report.items {
        let from = carried_from(item, board, week);
        item.carried_from = from.map(|week| week.to_string());
    }
    report.generated_at = calendar().zone().local(now).fixed_offset();
    report
}

/// The commits until a moment, newest first.
pub(super) fn commits(now: DateTime<Utc>) -> Vec<Commit> {
    let zone = calendar().zone();
    let mut commits: Vec<Commit> = COMMITS
        .iter()
        .filter(|row| moment(row.3) <= now)
        .map(|(repository, short, who, when, subject, paths)| Commit {
            repository: (*repository).to_owned(),
            id: format!("{short:0<40}"),
            author: author(who),
            time: zone.local(moment(when)).fixed_offset(),
            subject: (*subject).to_owned(),
            merge: false,
            paths: paths.iter().map(|path| (*path).to_owned()).collect(),
        })
        .collect();
    commits.sort_by_key(|commit| std::cmp::Reverse(commit.time));
    commits
}

/// The weeks before one, oldest first.
pub(super) fn earlier(week: WeekName) -> Vec<Week> {
    let before = std::iter::successors(week.previous(), |week| week.previous());
    let mut earlier: Vec<Week> = before.take(26).map(|name| calendar().week(name)).collect();
    earlier.reverse();
    earlier
}

/// Who committed in the last 30 days, as a first run finds them.
pub(super) fn authors() -> Vec<Author> {
    let rows = [
        ("pay", "Johnny", 41),
        ("pay", "Sammy", 38),
        ("pay", "renovate[bot]", 30),
        ("web", "Mira", 22),
        ("web", "Sammy", 4),
    ];
    let author = |(repository, name, commits): (&str, &str, u64)| Author {
        repository: repository.to_owned(),
        author: format!("{name} <{}@payments.example>", name.to_lowercase()),
        commits,
    };
    rows.map(author).into()
}

//! The figures of the drawn screens that come from git, at the drawn moments.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeMap;

use super::script::{Edit, Who, apply};
use super::*;
use crate::report::debt::{DebtReport, EventKind, Item, Status};
use crate::report::table::{self, View};
use crate::week::build_and_care::Shares;
use crate::week::made_up::week;
use crate::week::payback::{Gauge, Owed};
use crate::week::{Board, Numbered};

struct Seen {
    board: Board,
    report: DebtReport,
}

/// The demo at a local time of November.
fn at(time: &str) -> Seen {
    at_moment(moment(time))
}

fn at_moment(now: DateTime<Utc>) -> Seen {
    let demo = Demo::make(now, None, &AtomicBool::new(false)).unwrap();
    let workspace = Workspace::open(demo.options(now)).unwrap();
    let seen = Seen {
        board: workspace.board().unwrap(),
        report: workspace.debt(Scope::Week).unwrap(),
    };
    drop(workspace);
    demo.end().unwrap();
    seen
}

impl Seen {
    fn number(&self, item: &Item) -> String {
        let id = item.id.parse().unwrap();
        let number = self.board.numbers.shown(Numbered::Debt, &id);
        number.unwrap_or_else(|| panic!("{} {} has no number", item.marker, item.text))
    }

    fn of(&self, status: Status) -> Vec<String> {
        let items = self.report.items.iter();
        let mut numbers: Vec<String> = items
            .filter(|item| item.status == status)
            .map(|item| self.number(item))
            .collect();
        numbers.sort();
        numbers
    }

    fn item(&self, number: &str) -> &Item {
        let mut items = self.report.items.iter();
        items.find(|item| self.number(item) == number).unwrap()
    }
}

fn name(author: &str) -> &str {
    author.split(" <").next().unwrap()
}

fn owner(item: &Item) -> &str {
    item.assignee
        .as_deref()
        .unwrap_or(name(&item.introduced.author))
}

fn place(item: &Item) -> String {
    let file = item.path.as_deref().unwrap_or("commit");
    let file = file.rsplit('/').next().unwrap();
    format!("{file}:{}", item.line.unwrap_or(0))
}

#[test]
fn every_edit_fits_the_files() {
    assert!(commits().map(Commit::came_in).is_sorted());
    let mut files: BTreeMap<Code, BTreeMap<&str, String>> = BTreeMap::new();
    for commit in commits() {
        for edit in commit.edits {
            let fits = apply(*edit, files.entry(commit.to).or_default());
            assert!(fits, "{}: {}: {edit:?}", commit.message, edit.path());
        }
    }
    let lines = |path: &str, rows: usize| {
        let lines = commits().flat_map(|commit| commit.edits).find_map(|edit| {
            let Edit::Rows(found, _) = edit else {
                return None;
            };
            let mut files = BTreeMap::new();
            apply(*edit, &mut files);
            (*found == path).then(|| files[path].lines().count())
        });
        assert_eq!(lines, Some(rows), "{path}");
    };
    // What the review says that goes.
    lines("src/gateway_fake.rs", 188);
    lines("src/ledger_old.rs", 170);
    lines("seed.sql", 54);
}

#[test]
fn the_figures_at_each_drawn_moment() {
    // Introduced, paid, open, accepted, carried.
    for (time, figures) in [
        ("16 09:22:10", (0, 0, 0, 0, 0)),
        ("17 09:32", (14, 1, 13, 0, 0)),
        ("18 10:14", (21, 4, 17, 0, 0)),
        ("18 13:05", (21, 4, 16, 1, 0)),
        ("19 14:20", (21, 12, 6, 2, 1)),
        ("20 15:10", (21, 16, 0, 2, 3)),
        ("20 15:40", (21, 16, 0, 2, 3)),
    ] {
        let seen = at(time);
        let totals = &seen.report.totals;
        let found = (
            totals.introduced,
            totals.paid,
            totals.open,
            totals.accepted,
            totals.carried,
        );
        assert_eq!(found, figures, "{time}");
        let rest = (
            totals.paid_late,
            totals.dismissed,
            totals.introduced_after_hack_days,
        );
        assert_eq!(rest, (0, 0, 0), "{time}");
        // What the screens count from the board and the report together.
        let owed = seen.report.items.iter().map(|item| Owed {
            item: item.id.parse().unwrap(),
            paid: item.paid.is_some(),
        });
        let gauge = Gauge::of(&seen.board, week(), &owed.collect::<Vec<_>>());
        let gauged = (
            gauge.total() as u64,
            gauge.paid as u64,
            gauge.undecided.len() as u64,
            gauge.accepted as u64,
            gauge.carried as u64,
        );
        assert_eq!(gauged, figures, "{time}");
    }
}

#[test]
fn the_items_of_the_drawings_by_their_numbers() {
    let seen = at("18 13:05");
    let numbers: Vec<String> = (1..=21).map(|n| format!("D-{n:02}")).collect();
    let mut all: Vec<String> = seen.report.items.iter().map(|i| seen.number(i)).collect();
    all.sort();
    assert_eq!(all, numbers);
    for (number, kind, words, stands, whose) in [
        (
            "D-05",
            "DONT",
            "don't do this: retries never back off",
            "gateway.rs:42",
            "Sammy",
        ),
        (
            "D-02",
            "FIXME",
            "signature not checked",
            "hook.rs:17",
            "Sammy",
        ),
        ("D-06", "TODO", "amount is a float", "charge.rs:8", "Sammy"),
        (
            "D-04",
            "HACK",
            "sleep(2) waits for db",
            "main.rs:61",
            "Johnny",
        ),
        (
            "D-14",
            "TODO",
            "two ledgers, pick one",
            "ledger.rs:112",
            "Mira",
        ),
        (
            "D-09",
            "XXX",
            "unwrap on user input",
            "charge.rs:33",
            "Johnny",
        ),
        (
            "D-11",
            "TODO",
            "list does a query per row",
            "ledger.rs:88",
            "Mira",
        ),
        ("D-19", "HACK", "wip, undo me", "commit:0", "Johnny"),
        (
            "D-12",
            "TODO",
            "page reloads every 2s",
            "balance.js:19",
            "Mira",
        ),
        (
            "D-15",
            "SKIP",
            "common::tests!(#[ignore] settles_at_midnight, survives_a_restart);",
            "pay.rs:4",
            "Tove",
        ),
        (
            "D-17",
            "HACK",
            "config is read twice",
            "config.rs:23",
            "Johnny",
        ),
        (
            "D-20",
            "TODO",
            "seed data has real emails",
            "seed.sql:1",
            "Tove",
        ),
    ] {
        let item = seen.item(number);
        let found = (item.marker.as_str(), item.text.as_str(), owner(item));
        assert_eq!(found, (kind, words, whose), "{number}");
        assert_eq!(place(item), stands, "{number}");
        assert_eq!(item.status, Status::Open, "{number}");
    }
    assert_eq!(seen.of(Status::Paid), ["D-03", "D-07", "D-13", "D-21"]);
    assert_eq!(seen.of(Status::Accepted), ["D-10"]);
    assert_eq!(seen.item("D-16").marker, "MOCK");
    assert_eq!(seen.item("D-16").status, Status::Open);

    let seen = at("19 14:20");
    let open = ["D-05", "D-11", "D-15", "D-17", "D-19", "D-20"];
    assert_eq!(seen.of(Status::Open), open);
    assert_eq!(seen.of(Status::Accepted), ["D-10", "D-18"]);
    assert_eq!(seen.of(Status::Carried), ["D-14"]);
    let paid = seen.item("D-06").paid.as_ref().unwrap();
    assert_eq!(paid.time.format("%a %H:%M").to_string(), "Thu 14:18");
    assert_eq!(name(&paid.author), "Sammy");

    let seen = at("20 15:10");
    assert_eq!(seen.of(Status::Carried), ["D-11", "D-14", "D-17"]);
}

#[test]
fn the_history_of_d_05() {
    let seen = at("18 13:05");
    let item = seen.item("D-05");
    let told: Vec<_> = (item.history.iter())
        .map(|event| {
            (
                event.event,
                event.time.format("%a %H:%M").to_string(),
                event.line,
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (EventKind::Introduced, "Mon 15:10".to_owned(), Some(31)),
            (EventKind::Moved, "Mon 17:45".to_owned(), Some(42)),
        ]
    );
}

#[test]
fn what_each_did_on_the_first_day() {
    let (from, to) = (moment("16 08:45"), moment("17 09:32"));
    let seen = at("17 09:32");
    let figures = [Who::Johnny, Who::Sammy, Who::Mira, Who::Tove].map(|who| {
        let (who_name, _) = who.signs();
        let own = commits().filter(|commit| {
            let time = commit.written();
            commit.by == who && time > from && time <= to
        });
        let items = || seen.report.items.iter();
        let opened = items().filter(|item| {
            let born = &item.introduced;
            name(&born.author) == who_name && born.time > from
        });
        let paid = items().filter_map(|item| item.paid.as_ref());
        let paid = paid.filter(|paid| name(&paid.author) == who_name);
        (own.count(), opened.count(), paid.count())
    });
    assert_eq!(figures, [(5, 6, 0), (3, 4, 1), (4, 3, 0), (0, 0, 0)]);
    // What Sammy owes: of the four, one names Mira.
    let mut owes: Vec<String> = (seen.report.items.iter())
        .filter(|item| owner(item) == "Sammy")
        .map(|item| seen.number(item))
        .collect();
    owes.sort();
    assert_eq!(owes, ["D-02", "D-05", "D-06"]);
}

#[test]
fn paid_of_opened_by_repository_on_thursday() {
    let seen = at("19 14:20");
    let of = |repository: &str| {
        let items = seen.report.items.iter();
        let items: Vec<_> = items.filter(|i| i.repository == repository).collect();
        let paid = items.iter().filter(|item| item.paid.is_some()).count();
        (paid, items.len())
    };
    assert_eq!((of("pay"), of("web")), ((10, 16), (2, 5)));
}

#[test]
fn half_and_half_of_the_commits_until_thursday() {
    let (from, to) = (moment("16 00:00"), moment("19 14:20"));
    let of_week = commits().filter(|commit| (from..=to).contains(&commit.written()));
    let shares = Shares::of(of_week.map(|commit| {
        let mut paths: Vec<_> = commit.edits.iter().map(|edit| edit.path()).collect();
        paths.dedup();
        (commit.message, paths)
    }));
    assert_eq!(shares.percent(), Some((54, 46)));
    let all = f64::from(shares.build + shares.care());
    let parts = [shares.tests, shares.docs, shares.refactor];
    let parts = parts.map(|part| (f64::from(part) * 100.0 / all).round() as u32);
    assert_eq!(parts, [21, 9, 16]);
}

#[test]
fn every_day_has_its_moment_and_no_event_is_of_later() {
    for day in 1..=5 {
        let now = moment_of(day);
        let seen = at_moment(now);
        let made_up = MadeUp::new(&[]).unwrap().at(now);
        let week_of = |board: &Board| {
            let week = board.week(week());
            let cards = week.all_cards().len();
            (
                week.planned().len(),
                week.done(),
                week.promises().len(),
                cards,
            )
        };
        assert_eq!(week_of(&seen.board), week_of(&made_up), "day {day}");
        assert_eq!(seen.board.team().len(), 4, "day {day}");
        let generated = seen.report.generated_at.to_utc();
        assert_eq!(generated, now);
        assert!(
            seen.report
                .items
                .iter()
                .all(|item| item.introduced.time <= now)
        );
    }
}

#[test]
fn the_same_moment_gives_the_same_bytes() {
    let page = || {
        let demo = Demo::make(moment_of(4), None, &AtomicBool::new(false)).unwrap();
        let workspace = Workspace::open(demo.options(demo.now())).unwrap();
        let mut report = workspace.debt(Scope::All).unwrap();
        let mut page = Vec::new();
        table::write(&report, &View::default(), &mut page).unwrap();
        // The place alone is another each time.
        report.repositories.iter_mut().for_each(|r| r.path.clear());
        let heads: Vec<_> = report.repositories.iter().map(|r| r.head.clone()).collect();
        (heads, page, serde_json::to_string(&report).unwrap())
    };
    assert_eq!(page(), page());
}

#[test]
fn the_place_is_private_and_goes() {
    let demo = Demo::make(moment_of(1), None, &AtomicBool::new(false)).unwrap();
    let folder = demo.folder.clone();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(&folder).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
    }
    assert!(folder.join("pay/.git").is_dir());
    demo.end().unwrap();
    assert!(!folder.exists());
    // Also when something goes wrong on the way.
    let demo = Demo::make(moment_of(1), None, &AtomicBool::new(false)).unwrap();
    let folder = demo.folder.clone();
    drop(demo);
    assert!(!folder.exists());
}

#[test]
fn a_kept_place_stays_and_must_be_empty() {
    let base = tempfile::tempdir().unwrap();
    let folder = base.path().join("new/place");
    let cancel = AtomicBool::new(false);
    let demo = Demo::make(moment_of(5), Some(&folder), &cancel).unwrap();
    demo.end().unwrap();
    assert!(folder.join("web/src/seed.js").is_file());
    let again = Demo::make(moment_of(5), Some(&folder), &cancel);
    assert!(matches!(again, Err(Error::DemoTaken { .. })));
}

//! What holds of every history, on histories drawn at random. Truth is a plain scan of each tree.

use std::collections::{BTreeMap, BTreeSet};

use git2::Oid;
use proptest::prelude::*;
use proptest::test_runner::Config;
use serde_json::Value;
use tempfile::TempDir;

use crate::support::generated::{Generated, other_line_ends};
use crate::support::steps::{edits, steps};
use crate::support::when::when;
use crate::support::{Item, Report, debt, oracle};

/// A few cases by default, as each runs the program several times; `PROPTEST_CASES` asks for more.
fn cases(default: u32) -> Config {
    let asked = std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|cases| cases.parse().ok());
    Config {
        cases: asked.unwrap_or(default),
        max_shrink_iters: 300,
        max_shrink_time: 120_000,
        failure_persistence: None,
        ..Config::default()
    }
}

/// The tip and some other commits of a history, those made at a third and at two thirds of it.
fn chosen(made: &Generated) -> Vec<Oid> {
    let all = &made.commits;
    let some = [all[all.len() / 3], all[all.len() * 2 / 3], made.repo.tip()];
    some.into_iter()
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect()
}

/// The ancestors of a commit, itself among them.
fn ancestors(made: &Generated, commit: Oid) -> BTreeSet<String> {
    let mut walk = made.repo.git().revwalk().unwrap();
    walk.push(commit).unwrap();
    walk.map(|commit| commit.unwrap().to_string()).collect()
}

fn parents(made: &Generated, commit: &str) -> Vec<Oid> {
    let commit = made
        .repo
        .git()
        .find_commit(Oid::from_str(commit).unwrap())
        .unwrap();
    commit.parent_ids().collect()
}

fn files_of<'m>(made: &'m Generated, commit: &str) -> crate::support::Files<'m> {
    made.repo.files(Oid::from_str(commit).unwrap())
}

/// Open items are the markers of the tree, with their places.
fn opens_what_the_tree_has(made: &Generated, report: &Report) {
    let files = made.files();
    assert_eq!(report.open_set(), oracle::open_set(&files));
    let mut told: Vec<_> = report
        .items
        .iter()
        .filter(|item| item.is_open())
        .map(|item| {
            (
                item.path.clone().unwrap(),
                item.line.unwrap(),
                item.text.clone(),
            )
        })
        .collect();
    told.sort();
    let mut seen = oracle::sightings(&files);
    seen.sort();
    assert_eq!(told, seen);
}

/// Counts are those of the items.
fn adds_up(report: &Report) {
    let count = |status: &str| {
        report
            .items
            .iter()
            .filter(|item| item.status == status)
            .count() as u64
    };
    let totals = &report.totals;
    assert_eq!(totals.introduced, report.items.len() as u64, "{totals:?}");
    assert_eq!(
        (totals.open, totals.paid),
        (count("open"), count("paid")),
        "{totals:?}"
    );
    assert_eq!(totals.introduced, totals.open + totals.paid, "{totals:?}");
    let ids: BTreeSet<_> = report.items.iter().map(|item| &item.id).collect();
    assert_eq!(ids.len(), report.items.len(), "each id once");
}

/// An item is introduced once, then paid and reopened by turns, all within the history.
fn lives_in_order(item: &Item, ancestors: &BTreeSet<String>) {
    let mut open = false;
    for (place, event) in item.history.iter().enumerate() {
        let allowed = match event.event.as_str() {
            "introduced" => place == 0,
            // On another branch it may still have been at work when here it was paid.
            "moved" | "edited" => place > 0,
            "paid" => open,
            "reopened" => place > 0 && !open,
            _ => false,
        };
        assert!(allowed, "{} as event {place}: {:#}", event.event, item.json);
        assert!(
            ancestors.contains(&event.commit),
            "{} elsewhere: {:#}",
            event.commit,
            item.json
        );
        open = match event.event.as_str() {
            "introduced" | "reopened" => true,
            "paid" => false,
            _ => open,
        };
    }
    assert_eq!(open, item.is_open(), "{:#}", item.json);
    assert_eq!(item.paid.is_none(), item.is_open(), "{:#}", item.json);
    let first = item.history.first().unwrap();
    assert_eq!(first.commit, item.introduced.commit, "{:#}", item.json);
}

/// A birth is in its commit's tree, and more often than in its parent's.
fn is_born_where_told(made: &Generated, item: &Item) {
    let born = &item.introduced;
    let text = item.history[0].text.as_deref().unwrap();
    let files = files_of(made, &born.commit);
    let place = (
        born.path.clone().unwrap(),
        born.line.unwrap(),
        text.to_owned(),
    );
    assert!(
        oracle::sightings(&files).contains(&place),
        "{:#}",
        item.json
    );
    if let [parent] = parents(made, &born.commit)[..] {
        let before = oracle::count(&made.repo.files(parent), text);
        assert!(oracle::count(&files, text) > before, "{:#}", item.json);
    }
}

/// After a payment there is less of the text than before.
fn is_paid_where_told(made: &Generated, item: &Item) {
    let Some(paid) = &item.paid else { return };
    let commit = paid.commit.as_deref().unwrap();
    let parents = parents(made, commit);
    assert!(!parents.is_empty(), "a root pays nothing: {:#}", item.json);
    // Another branch may have had other words for it, which it then says last.
    let is_payment =
        |event: &&crate::support::debt::Event| event.event == "paid" && event.commit == commit;
    let payment = item.history.iter().rev().find(is_payment).unwrap();
    let text = payment.text.as_deref().unwrap();
    if let [parent] = parents[..] {
        let before = oracle::count(&made.repo.files(parent), text);
        let after = oracle::count(&files_of(made, commit), text);
        assert!(after < before, "{:#}", item.json);
    }
}

/// Statuses by id, of two reports that ought to agree, with what differs told apart.
fn stand_alike(after: &Report, before: &Report) {
    let differing = |one: &BTreeMap<String, String>, other: &BTreeMap<String, String>| {
        one.iter()
            .filter(|(id, status)| other.get(*id) != Some(status))
            .map(|(id, status)| format!("{id} {status}"))
            .collect::<Vec<_>>()
    };
    let (now, then) = (after.standing(), before.standing());
    assert!(
        now == then,
        "now {:?}\nthen {:?}\n{:#}",
        differing(&now, &then),
        differing(&then, &now),
        after.json["items"]
    );
}

/// What scans after every few commits tell, and what one scan of all tells.
fn in_steps_and_at_once(made: &Generated) -> (Value, Value) {
    let data = TempDir::new().unwrap();
    let tip = made.repo.tip();
    let within = ancestors(made, tip);
    let mut stops: Vec<Oid> = made
        .commits
        .iter()
        .copied()
        .filter(|commit| within.contains(&commit.to_string()))
        .collect();
    stops.dedup();
    let stride = stops.len().div_ceil(5);
    for commit in stops.into_iter().step_by(stride).chain([tip, tip]) {
        made.repo.stand_at(commit);
        debt(&made.repo).data(data.path()).all();
    }
    let (kept, afresh) = (
        debt(&made.repo).data(data.path()).all(),
        debt(&made.repo).all(),
    );
    (kept.lasting(), afresh.lasting())
}

/// What two branches say of one item is told by their files, not by what was scanned last: a tree that was
/// imported without its history has all its items in common with it, whichever is scanned first.
#[test]
fn an_import_has_the_items_of_the_history_whatever_is_scanned_first() {
    use crate::support::steps::Step;
    let steps = [
        Step::Fork {
            there: vec![Step::Copy { file: 234, to: 234 }, Step::Pay { marker: 123 }],
            here: vec![
                Step::Edit { marker: 153 },
                Step::Retag { marker: 90 },
                Step::Copy { file: 192, to: 212 },
            ],
            side: 75,
        },
        Step::Import { first: false },
    ];
    let (kept, afresh) = in_steps_and_at_once(&Generated::from(&steps));
    assert_eq!(kept, afresh);
}

proptest! {
    #![proptest_config(cases(24))]

    /// The same steps make the same history, of markers that are told apart by their number.
    #[test]
    fn the_same_steps_make_the_same_history(steps in steps(1..14)) {
        let (one, other) = (Generated::from(&steps), Generated::from(&steps));
        prop_assert_eq!(one.repo.tip(), other.repo.tip());
        prop_assert_eq!(oracle::open_set(&one.files()), oracle::open_set(&other.files()));
        prop_assert!(one.commits.contains(&one.repo.tip()));
    }

    /// At any revision the open items are what a scan of its tree finds, the counts add up, and
    /// every item was born and paid where it says.
    #[test]
    fn the_report_is_true_at_any_revision(steps in steps(1..18)) {
        let made = Generated::from(&steps);
        for commit in chosen(&made) {
            made.repo.stand_at(commit);
            let report = debt(&made.repo).all();
            opens_what_the_tree_has(&made, &report);
            adds_up(&report);
            let ancestors = ancestors(&made, commit);
            for item in &report.items {
                lives_in_order(item, &ancestors);
                is_born_where_told(&made, item);
                is_paid_where_told(&made, item);
            }
        }
    }
}

proptest! {
    #![proptest_config(cases(10))]

    /// The week is what the whole history tells of its hack days, and the deadline parts what was
    /// paid from what was paid late.
    #[test]
    fn the_week_is_a_part_of_the_whole(steps in steps(8..24)) {
        let made = Generated::from(&steps);
        let (week, all) = (debt(&made.repo).week(), debt(&made.repo).all());
        let deadline = when(week.json["week"]["deadline"].as_str().unwrap());
        let mut expected = BTreeMap::new();
        let mut later = 0;
        for item in &all.items {
            match item.introduced.day {
                Some(1 | 2) => {
                    let late = item.paid.as_ref().is_some_and(|paid| when(&paid.time) > deadline);
                    let status = if late { "paid_late" } else { &item.status };
                    expected.insert(item.id.clone(), status.to_owned());
                }
                Some(_) => later += 1,
                None => {}
            }
        }
        prop_assert_eq!(week.standing(), expected);
        let totals = &week.totals;
        prop_assert_eq!(totals.introduced, week.items.len() as u64);
        prop_assert_eq!(totals.introduced, totals.open + totals.paid + totals.paid_late);
        prop_assert_eq!(totals.introduced_after_hack_days, later);
    }

    /// Scans after every few commits tell what one scan of all tells.
    #[test]
    fn many_scans_are_one_scan(steps in steps(4..18)) {
        let (kept, afresh) = in_steps_and_at_once(&Generated::from(&steps));
        prop_assert_eq!(kept, afresh);
    }

    /// Wherever the branch was forced to before, the answer is that of a scan afresh.
    #[test]
    fn a_forced_push_leaves_no_trace(steps in steps(4..18), jumps in prop::collection::vec(any::<u8>(), 1..4)) {
        let (made, data) = (Generated::from(&steps), TempDir::new().unwrap());
        for jump in jumps {
            let commit = made.commits[usize::from(jump) % made.commits.len()];
            made.repo.reset(commit);
            let kept = debt(&made.repo).data(data.path()).all();
            prop_assert_eq!(kept.lasting(), debt(&made.repo).all().lasting());
        }
    }

    /// The same question twice is answered in the same bytes, with or without memory.
    #[test]
    fn two_scans_give_the_same_bytes(steps in steps(1..18)) {
        let (made, data) = (Generated::from(&steps), TempDir::new().unwrap());
        let first = debt(&made.repo).data(data.path()).all();
        let second = debt(&made.repo).data(data.path()).all();
        let afresh = debt(&made.repo).all();
        prop_assert!(first.bytes == second.bytes);
        prop_assert_eq!(afresh.lasting(), first.lasting());
    }

    /// New names, new indents, new line ends: no item is another for it, or fares otherwise.
    #[test]
    fn reformatting_everything_changes_no_item(steps in steps(1..14)) {
        let mut made = Generated::from(&steps);
        let before = debt(&made.repo).all();
        made.commit("Below src", |t| {
            for path in t.paths() {
                t.rename(&path, [b"src/".as_slice(), &path].concat());
            }
            t
        });
        stand_alike(&debt(&made.repo).all(), &before);
        made.commit("Indent", |t| {
            for path in t.paths() {
                t.rewrite(&path, |text| text.lines().map(|line| format!("\t{line}\n")).collect());
            }
            t
        });
        stand_alike(&debt(&made.repo).all(), &before);
        made.commit("Line ends", |t| {
            for path in t.paths() {
                t.rewrite(&path, other_line_ends);
            }
            t
        });
        stand_alike(&debt(&made.repo).all(), &before);
    }

    /// A branch put on top of commits that have no debt keeps its items and their ids.
    #[test]
    fn a_rebase_keeps_every_id(before in edits(1..8), after in edits(1..10)) {
        let mut made = Generated::from(&before);
        made.repo.branch("side");
        for step in &after {
            made.step(step);
        }
        let then = debt(&made.repo).all();
        made.repo.switch("main");
        made.commit("Elsewhere", |t| t.write("elsewhere.css", "a {}\n"));
        let onto = made.commit("Elsewhere again", |t| t.write("elsewhere.css", "b {}\n"));
        made.repo.switch("side");
        prop_assume!(made.repo.rebase("thu 09:00", "Mira", onto));
        let now = debt(&made.repo).all();
        stand_alike(&now, &then);
        prop_assert_eq!(now.open_set(), then.open_set());
    }

    /// Merged or squashed, the same debt is open.
    #[test]
    fn a_squash_opens_what_a_merge_opens(before in edits(1..6), side in edits(1..8)) {
        let mut made = Generated::from(&before);
        let fork = made.repo.tip();
        made.repo.branch("side");
        for step in &side {
            made.step(step);
        }
        let tree = made.files().store();
        let sides = made.repo.tip();
        made.repo.branch_at("squashed", fork);
        made.repo.draft("thu 09:00", "Mira", "Squash").commit_tree(tree);
        let squashed = debt(&made.repo).all();
        made.repo.branch_at("merged", fork);
        made.repo.draft("thu 09:00", "Mira", "Merge side").parents(&[fork, sides]).commit_tree(tree);
        let merged = debt(&made.repo).all();
        prop_assert_eq!(squashed.open_set(), merged.open_set());
    }
}

#[test]
fn words_that_another_branch_has_for_what_was_paid_here() {
    use crate::support::steps::Step;
    let made = Generated::from(&[
        Step::Rename { file: 0, to: 82 },
        Step::Add {
            file: 0,
            line: 0,
            beside_code: false,
        },
        Step::Add {
            file: 0,
            line: 0,
            beside_code: false,
        },
        Step::Edit { marker: 0 },
        Step::Rename { file: 221, to: 192 },
        Step::Fork {
            there: vec![Step::Delete { file: 83 }],
            here: vec![Step::Edit { marker: 40 }],
            side: 1,
        },
    ]);
    let report = debt(&made.repo).all();
    for item in &report.items {
        is_paid_where_told(&made, item);
    }
}

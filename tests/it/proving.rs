//! The proof of an index: it finds nothing in a true one, and every fault that is planted.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use hackweek::debt::attributes::Attributes;
use hackweek::debt::detect::Detector;
use hackweek::debt::follow::EventKind;
use hackweek::debt::left_out::PathRules;
use hackweek::debt::rules::Rules;
use hackweek::history::Repository;
use hackweek::object_id::ObjectId;
use hackweek::store::index::{Identity, Index};
use hackweek::workspace::scan::{self, Order};
use hackweek::workspace::verify::{Verified, VerifyOrder, verify};
use proptest::prelude::*;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use tempfile::TempDir;

use crate::support::Repo;
use crate::support::generated::Generated;
use crate::support::steps::steps;

/// A scanned repository with its index in a file.
struct Scanned {
    repository: Repository,
    tip: ObjectId,
    detector: Detector,
    index: PathBuf,
    keeps: Option<(TempDir, Repo)>,
}

impl Scanned {
    fn of(repo: Repo) -> Scanned {
        let home = TempDir::new().unwrap();
        let mut scanned = Scanned::at(&repo, home.path().join("index.db"));
        scanned.keeps = Some((home, repo));
        scanned
    }

    fn at(repo: &Repo, index: PathBuf) -> Scanned {
        let attributes = Attributes::parse(&[], None);
        let scanned = Scanned {
            repository: Repository::open(repo.path()).unwrap(),
            tip: ObjectId::from_slice(repo.tip().as_bytes()).unwrap(),
            detector: Detector::new(Rules::default(), PathRules::new(attributes, &[]).unwrap()),
            index,
            keeps: None,
        };
        let order = Order {
            repository: &scanned.repository,
            tips: &[scanned.tip],
            detector: &scanned.detector,
            threads: 1,
            progress: &|_, _| {},
            cancel: &AtomicBool::new(false),
        };
        scan::scan(&order, &mut scanned.open()).unwrap();
        scanned
    }

    /// The births of the items that the tip has.
    fn of_tip(repo: &Repo) -> Vec<(u32, ObjectId)> {
        let home = TempDir::new().unwrap();
        let scanned = Scanned::at(repo, home.path().join("index.db"));
        let index = scanned.open();
        let tip = index.commit(scanned.tip).unwrap().unwrap().0;
        let (_, state, _) = index.state_of(tip).unwrap();
        let commits = index.reachable_commits().unwrap();
        let events = index.reachable_events().unwrap();
        let born = events.iter().filter(|e| e.kind == EventKind::Introduced);
        let stands = |item| state.files().any(|(_, items)| items.contains(&item));
        let here = born.filter(|event| {
            let names = state.united().filter(|(_, kept)| *kept == event.item);
            stands(event.item) || names.map(|(other, _)| other).any(stands)
        });
        here.map(|e| {
            let commit = commits.iter().find(|c| c.no == e.commit).unwrap();
            (e.line, commit.id)
        })
        .collect()
    }

    fn open(&self) -> Index {
        let identity = Identity {
            common_dir: Vec::new(),
            rules: self.detector.fingerprint(),
            boundary: Vec::new(),
        };
        Index::open(&self.index, &identity).unwrap()
    }

    fn verify(&self) -> Verified {
        self.verify_by(true)
    }

    fn verify_by(&self, blame: bool) -> Verified {
        let order = VerifyOrder {
            repository: &self.repository,
            detector: &self.detector,
            tips: &[self.tip],
            samples: 1_000,
            seed: 7,
            threads: 1,
            blame,
            progress: &|_, _, _| {},
            cancel: &AtomicBool::new(false),
        };
        verify(&order, &self.open()).unwrap()
    }

    /// Plants a fault, which must change something.
    fn plant(&self, statement: &str) {
        let database = Connection::open(&self.index).unwrap();
        assert!(database.execute(statement, []).unwrap() > 0, "{statement}");
    }

    /// Plants a fault in what the state of the last commit but some differs in.
    fn plant_in_state(&self, change: impl Fn(&mut Delta)) {
        let database = Connection::open(&self.index).unwrap();
        let (number, bytes): (u32, Vec<u8>) = database
            .query_row("SELECT no, delta FROM states ORDER BY no DESC", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .unwrap();
        let mut delta: Delta = postcard::from_bytes(&bytes).unwrap();
        change(&mut delta);
        let bytes = postcard::to_stdvec(&delta).unwrap();
        let update = "UPDATE states SET delta = ?2 WHERE no = ?1";
        database.execute(update, (number, bytes)).unwrap();
    }
}

/// What the index writes of a state.
#[derive(Serialize, Deserialize)]
struct Delta {
    files: Vec<(u32, Vec<u32>)>,
    dead: Vec<u32>,
    same: Vec<(u32, u32)>,
    returns: Vec<(u32, u32)>,
}

/// A history with every kind of event, in code and in a message, on two branches.
fn eventful() -> Repo {
    let repo = Repo::new();
    repo.commit("mon 09:00", "Sammy", "Charge", |t| {
        t.write(
            "charge.rs",
            "fn charge() {\n    // TODO: retry when the bank is down\n    bank();\n}\n",
        )
    });
    repo.branch("side");
    repo.commit("mon 10:00", "Tove", "Search", |t| {
        t.write(
            "search.rs",
            "fn search() {\n    // FIXME: reads the whole table\n    table();\n}\n",
        )
    });
    repo.switch("main");
    repo.commit("mon 11:00", "Mira", "Retry with a limit", |t| {
        t.replace("charge.rs", "bank is down", "bank is down or slow")
    });
    repo.merge("mon 12:00", "Mira", &["side"], |t| t);
    repo.commit("mon 13:00", "Tove", "Move search", |t| {
        t.rename("search.rs", "find.rs")
    });
    let paid = repo.commit("mon 14:00", "Tove", "Use an index", |t| {
        t.write("find.rs", "fn search() {\n    index();\n}\n")
    });
    repo.revert("mon 15:00", "Mira", paid);
    repo.commit("mon 16:00", "Mira", "Ship\n\nTODO: tell the shop\n", |t| {
        t.write(
            "ship.rs",
            "// HACK: ships twice on a slow day\nfn ship() {}\n",
        )
    });
    repo
}

#[track_caller]
fn finds(scanned: &Scanned, what: &str) {
    let found = scanned.verify().mismatches;
    assert!(
        found.iter().any(|mismatch| mismatch.contains(what)),
        "looked for {what:?} in {found:#?}"
    );
}

#[test]
fn a_true_index_has_no_mismatch_and_figures_for_every_part() {
    let scanned = Scanned::of(eventful());
    let verified = scanned.verify();
    assert_eq!(verified.mismatches, Vec::<String>::new());
    assert_eq!(verified.name, "shop");
    let figure = |words: &str| {
        let found = verified
            .figures
            .iter()
            .find(|(_, what)| what.contains(words));
        found.map(|(number, _)| *number)
    };
    assert_eq!(figure("commits in the history"), Some(8));
    assert_eq!(figure("whole tree read"), Some(8));
    assert_eq!(figure("merges had their items balanced"), Some(1));
    assert_eq!(figure("said to be introduced"), Some(3));
    assert_eq!(figure("said to be moved"), Some(1));
    assert_eq!(figure("said to be edited"), Some(1));
    assert_eq!(figure("said to be reopened"), Some(1));
    assert_eq!(figure("paid items lowered"), Some(1));
    assert_eq!(figure("items of commit messages"), Some(1));
}

#[test]
fn a_lost_commit_is_found() {
    let scanned = Scanned::of(eventful());
    scanned.plant("UPDATE commits SET reachable = 0 WHERE no = 1");
    finds(&scanned, "the index lacks commit");
}

#[test]
fn a_wrong_parent_is_found() {
    let scanned = Scanned::of(eventful());
    scanned.plant("UPDATE commits SET parents = x'00000000' WHERE no = 6");
    finds(&scanned, "other parents");
}

#[test]
fn a_lost_event_of_each_kind_is_found() {
    for (kind, what) in [
        ("0 AND path IS NOT NULL", "came, and no event says so"),
        ("1", "is in another file, and no event says so"),
        ("2", "no event of item 0 tells that it says"),
        ("3", "came, and no event says so"),
        ("10", "went, and no event says so"),
        ("0 AND path IS NULL", "lacks what its message says"),
    ] {
        let scanned = Scanned::of(eventful());
        scanned.plant(&format!("DELETE FROM events WHERE kind = {kind}"));
        finds(&scanned, what);
    }
}

#[test]
fn an_event_at_another_commit_is_found() {
    for (kind, what) in [
        ("0 AND item = 0", "is introduced, and is not there"),
        ("10", "is paid, and was not there before"),
        ("3", "is reopened, and is not there"),
    ] {
        let scanned = Scanned::of(eventful());
        // One commit earlier; the first of all goes to the second.
        scanned.plant(&format!(
            "UPDATE events SET commit_no = abs(commit_no - 1) WHERE kind = {kind}"
        ));
        let found = scanned.verify().mismatches;
        assert!(!found.is_empty(), "{kind}");
        if kind != "0 AND item = 0" && kind != "10" {
            finds(&scanned, what);
        }
    }
}

#[test]
fn an_event_at_another_line_or_with_other_words_is_found() {
    for kind in [0, 1, 2, 3] {
        let scanned = Scanned::of(eventful());
        scanned.plant(&format!(
            "UPDATE events SET line = line + 1 WHERE kind = {kind} AND path IS NOT NULL"
        ));
        finds(&scanned, "and does not stand there");
        let scanned = Scanned::of(eventful());
        scanned.plant(&format!(
            "UPDATE events SET marker = (marker + 1) % 3 WHERE kind = {kind} AND path IS NOT NULL"
        ));
        finds(&scanned, "and does not stand there");
    }
    let scanned = Scanned::of(eventful());
    scanned.plant("UPDATE events SET line = line + 1 WHERE kind = 10");
    finds(&scanned, "did not stand there in a parent");
}

#[test]
fn a_lost_item_of_a_state_is_found() {
    let scanned = Scanned::of(eventful());
    scanned.plant_in_state(|delta| delta.files.iter_mut().for_each(|(_, items)| items.clear()));
    finds(&scanned, "the tree has 1 markers, the index 0 items");
}

#[test]
fn an_item_at_two_places_is_found() {
    let scanned = Scanned::of(eventful());
    scanned.plant_in_state(|delta| delta.files.iter_mut().for_each(|(_, items)| items[0] = 0));
    finds(&scanned, "item 0 stands twice");
}

#[test]
fn a_paid_item_that_stands_is_found() {
    let scanned = Scanned::of(eventful());
    scanned.plant_in_state(|delta| delta.dead.push(0));
    finds(&scanned, "item 0 is paid");
}

#[test]
fn an_item_told_to_be_another_is_found() {
    let scanned = Scanned::of(eventful());
    scanned.plant("UPDATE events SET item = 0 WHERE item = 1");
    finds(&scanned, "item 0 is introduced again");
}

#[test]
fn a_lost_or_a_wrong_place_is_found() {
    let scanned = Scanned::of(eventful());
    scanned.plant("DELETE FROM places WHERE at = 0 AND line = 1");
    finds(&scanned, "stands there, and the index does not say so");
    let scanned = Scanned::of(eventful());
    scanned.plant("UPDATE places SET line = 99 WHERE line = 1");
    finds(&scanned, "no tip has it there");
}

#[test]
fn a_marker_with_other_words_is_found() {
    let scanned = Scanned::of(eventful());
    scanned.plant("UPDATE markers SET text = 'reads half the table' WHERE text LIKE 'reads%'");
    finds(&scanned, "no event of item");
}

#[test]
fn a_birth_that_blame_knows_better_is_found() {
    let repo = eventful();
    let scanned = Scanned::of(repo);
    if scanned
        .verify()
        .figures
        .iter()
        .any(|(_, what)| what.contains("no git to ask"))
    {
        return;
    }
    // The last item is said to come with the first commit.
    scanned
        .plant("UPDATE events SET commit_no = 0 WHERE kind = 0 AND path IS NOT NULL AND item = 2");
    let found = scanned.verify();
    let figure = "introductions differ from blame for no known reason";
    assert!(
        found.figures.iter().any(|(_, what)| what == figure),
        "{:#?}",
        found.figures
    );
}

/// Blame names the commit that last changed the line; the words were edited later, on the line below.
#[test]
fn a_line_that_changed_before_its_words_were_edited_below_it_is_no_mismatch() {
    let repo = Repo::new();
    let theme = |line: &str| format!("[colours]\nfirst = 1\n{line}\nlast = 2\n");
    repo.commit("mon 09:00", "Sammy", "Colours", |t| {
        t.write("theme.toml", theme("shade = 3 # TODO: only a few"))
    });
    repo.commit("mon 10:00", "Sammy", "Tidy up", |t| {
        t.write(
            "theme.toml",
            theme("# shade = \"almond\" # TODO: only a few"),
        )
    });
    repo.commit("mon 11:00", "Sammy", "Say more", |t| {
        t.write(
            "theme.toml",
            theme("# shade = \"almond\" # TODO: only a few\n# of them all"),
        )
    });
    let scanned = Scanned::of(repo);
    assert_eq!(scanned.verify().mismatches, Vec::<String>::new());
}

/// A copy whose original was paid is another item than the original, also for a branch that has the
/// original still: whether a merge takes the file as it is or brings two changes of it together.
#[test]
fn what_a_parent_tells_apart_is_not_united() {
    const DEBT: &str = "    // TODO: back off before the bank blocks us\n";
    for on_maint in ["", "// Copyright\n\n"] {
        let charge = format!("fn charge() {{\n{DEBT}    a();\n    c();\n    d();\n}}\n");
        let refund = format!("fn refund() {{\n{DEBT}    b();\n}}\n");
        let between = "fn other() {\n    e();\n    f();\n    g();\n}\n";
        let repo = Repo::new();
        repo.commit("mon 09:00", "Sammy", "Charge", |t| {
            t.write("bank.rs", format!("{between}{charge}"))
        });
        repo.branch("maint");
        repo.switch("main");
        repo.commit("mon 10:00", "Sammy", "Refund", |t| {
            t.write("bank.rs", format!("{between}{charge}{refund}"))
        });
        repo.commit("mon 11:00", "Sammy", "No charge", |t| {
            t.write("bank.rs", format!("{between}{refund}"))
        });
        let had = Scanned::of_tip(&repo);
        repo.switch("maint");
        repo.commit("mon 12:00", "Tove", "Style", |t| {
            t.write("bank.rs", format!("{on_maint}{between}{charge}"))
                .write("style.css", "a {}\n")
        });
        repo.merge_ours("mon 13:00", "Tove", &["main"], |t| {
            t.write("bank.rs", format!("{on_maint}{between}{refund}"))
        });
        let tip = Scanned::of_tip(&repo);
        assert_eq!(tip, had, "on maint: {on_maint:?}");
        let verified = Scanned::of(repo).verify_by(false);
        assert_eq!(verified.mismatches, Vec::<String>::new());
    }
}

/// A merge that kept a file beside what it had been renamed to made twins; one that brings this together
/// with a further rename of the original lets the twins go on, and pays and introduces nothing.
#[test]
fn twins_go_where_the_renamed_original_went() {
    let jobs = |first: &str| {
        format!(
            "fn a() {{\n    // TODO: {first}\n}}\n\nfn b() {{\n    // TODO: lock the printer\n}}\n"
        )
    };
    let repo = Repo::new();
    repo.commit("mon 09:00", "Sammy", "Start", |t| {
        t.write("cat.rs", jobs("escape the password"))
    });
    repo.branch("edited");
    repo.switch("main");
    repo.commit("mon 10:00", "Sammy", "Rename", |t| {
        t.delete("cat.rs")
            .write("slip.rs", jobs("escape the password"))
    });
    repo.branch("renamed");
    repo.switch("edited");
    repo.commit("mon 11:00", "Tove", "Edit", |t| {
        t.write("cat.rs", jobs("escape every password"))
    });
    repo.switch("main");
    repo.merge_ours("mon 12:00", "Sammy", &["edited"], |t| {
        t.write("cat.rs", jobs("escape every password"))
    });
    repo.switch("renamed");
    repo.commit("mon 13:00", "Tove", "Rename again", |t| {
        t.delete("slip.rs")
            .write("old.rs", jobs("escape the password"))
    });
    let before = Scanned::of_tip(&repo);
    repo.switch("main");
    repo.merge_ours("mon 14:00", "Sammy", &["renamed"], |t| {
        t.delete("slip.rs")
            .write("old.rs", jobs("escape the password"))
    });
    assert_eq!(Scanned::of_tip(&repo).len(), 2 * before.len());
    let verified = Scanned::of(repo).verify_by(false);
    assert_eq!(verified.mismatches, Vec::<String>::new());
}

/// A merge can say what no parent says: the tag that one branch gave an item, on the copy of it that the
/// other branch made.
#[test]
fn what_a_merge_says_anew_is_edited() {
    let job = |tag: &str| format!("fn a() {{\n    // {tag}: escape the password\n}}\n");
    let repo = Repo::new();
    repo.commit("mon 09:00", "Sammy", "Start", |t| {
        t.write("cat.rs", job("TODO")).write("other.rs", "")
    });
    repo.branch("moved");
    repo.commit("mon 10:00", "Tove", "Move", |t| {
        t.delete("cat.rs").write("slip.rs", job("TODO"))
    });
    repo.branch("retagged");
    repo.commit("mon 11:00", "Tove", "Retag", |t| {
        t.write("slip.rs", job("FIXME"))
    });
    repo.switch("main");
    repo.commit("mon 12:00", "Sammy", "Retag", |t| {
        t.write("cat.rs", job("FIXME"))
    });
    repo.merge_ours("mon 13:00", "Sammy", &["moved"], |t| {
        t.write("slip.rs", job("TODO"))
    });
    repo.switch("retagged");
    repo.merge_ours("mon 14:00", "Tove", &["main"], |t| {
        t.write("cat.rs", job("FIXME"))
    });
    let verified = Scanned::of(repo).verify_by(false);
    assert_eq!(verified.mismatches, Vec::<String>::new());
}

/// A merge that words a conflict its own way edits the item, and neither pays nor introduces it.
#[test]
fn a_conflict_settled_with_other_words_is_an_edit() {
    let job = |words: &str| format!("fn a() {{\n    // TODO: {words}\n    pay();\n}}\n");
    let repo = Repo::new();
    repo.commit("mon 09:00", "Sammy", "Start", |t| {
        t.write("pay.rs", job("escape the password before it is sent"))
    });
    repo.branch("other");
    repo.commit("mon 10:00", "Tove", "Edit", |t| {
        t.write("pay.rs", job("escape the password before it is sent off"))
    });
    repo.switch("main");
    repo.commit("mon 11:00", "Sammy", "Edit", |t| {
        t.write("pay.rs", job("escape every password before it is sent"))
    });
    repo.merge_ours("mon 12:00", "Sammy", &["other"], |t| {
        t.write("pay.rs", job("escape every password before it is sent off"))
    });
    let scanned = Scanned::of(repo);
    let events = scanned.open().reachable_events().unwrap();
    let kinds: Vec<EventKind> = events.iter().map(|event| event.kind).collect();
    let (introduced, edited) = (EventKind::Introduced, EventKind::Edited);
    assert_eq!(kinds, [introduced, edited, edited, edited]);
    assert_eq!(scanned.verify_by(false).mismatches, Vec::<String>::new());
}

/// A merge has a copy at two places, as both branches took it further, while its original was edited on one:
/// the words stand as often as in the other parent, and one of them is new all the same.
#[test]
fn words_that_an_edit_made_fewer_do_not_hide_a_birth() {
    let job = |words: &str| format!("fn a() {{\n    // TODO: {words}\n}}\n");
    let invoice = "measure the invoice";
    let repo = Repo::new();
    repo.commit("mon 09:00", "Sammy", "Start", |t| {
        t.write("card.rs", job(invoice))
    });
    repo.commit("mon 10:00", "Sammy", "Copy", |t| {
        t.write("new.rs", job(invoice))
    });
    repo.branch("other");
    repo.commit("mon 11:00", "Tove", "Style", |t| {
        t.write("new.rs", format!("// Ours.\n{}", job(invoice)))
    });
    repo.switch("main");
    repo.commit("mon 12:00", "Sammy", "Rename", |t| {
        t.delete("new.rs").write("slip.rs", job(invoice))
    });
    repo.commit("mon 13:00", "Sammy", "Edit", |t| {
        t.write("card.rs", job("measure the invoice in points"))
    });
    repo.merge_ours("mon 14:00", "Sammy", &["other"], |t| {
        t.write("new.rs", format!("// Ours.\n{}", job(invoice)))
    });
    let verified = Scanned::of(repo).verify_by(false);
    assert_eq!(verified.mismatches, Vec::<String>::new());
}

/// A tree that was imported without its history is merged with it: all its debt is that of the history. A branch
/// that never saw the import pays an item by the number that it has there.
#[test]
fn what_a_branch_paid_by_another_number_is_paid_there() {
    let debt = "fn a() {\n    // TODO: escape the password\n    send();\n}\n";
    for kept in [false, true] {
        let repo = Repo::new();
        repo.commit("mon 09:00", "Sammy", "Start", |t| t.write("pay.rs", debt));
        repo.branch("old");
        repo.commit("mon 10:00", "Tove", "Pay", |t| {
            t.write("pay.rs", "fn a() {\n    send(escaped());\n}\n")
        });
        repo.switch("main");
        repo.branch("imported");
        repo.draft("mon 11:00", "Mira", "Import")
            .parents(&[])
            .commit(|t| t);
        repo.merge_ours("mon 12:00", "Mira", &["main"], |t| t);
        repo.merge_ours("mon 13:00", "Mira", &["old"], |t| match kept {
            true => t.write("other.rs", ""),
            false => t.write("pay.rs", "fn a() {\n    send(escaped());\n}\n"),
        });
        let scanned = Scanned::of(repo);
        let events = scanned.open().reachable_events().unwrap();
        let last = events.last().unwrap();
        let paid = events
            .iter()
            .filter(|e| matches!(e.kind, EventKind::Paid(_)));
        assert_eq!(paid.count(), 1, "kept: {kept}");
        assert_eq!(last.kind == EventKind::Reopened, kept);
        assert_eq!(scanned.verify_by(false).mismatches, Vec::<String>::new());
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: std::env::var("PROPTEST_CASES").ok().and_then(|c| c.parse().ok()).unwrap_or(8),
        max_shrink_iters: 300,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn the_index_of_any_history_is_true(steps in steps(5..40)) {
        let made = Generated::from(&steps);
        let verified = Scanned::of(made.repo).verify_by(false);
        prop_assert_eq!(verified.mismatches, Vec::<String>::new());
    }
}

//! Branches: an item belongs to the commit that made it, wherever that was, and is counted once.

use git2::Oid;

use crate::support::{Repo, debt};

const BASE: &str = "\
fn charge(card: &Card) -> bool {
    // TODO: retry when the bank is down
    bank::charge(card)
}
";
const PAID: &str = "\
fn charge(card: &Card) -> bool {
    retry::times(3, || bank::charge(card))
}
";
const SEARCH: &str = "\
fn search(words: &str) -> Rows {
    // FIXME: reads the whole table
    table().filter(words)
}
";
const RETRY: &str = "retry when the bank is down";
const TABLE: &str = "reads the whole table";

/// `main` with the first item, by Sammy on Monday at nine.
fn shop() -> (Repo, Oid) {
    let repo = Repo::new();
    let first = repo.commit("mon 09:00", "Sammy", "Charge", |t| {
        t.write("charge.rs", BASE)
    });
    (repo, first)
}

/// A branch `side` on which Tove brings the second item on Monday at ten, while `main`, which is
/// current, goes on at eleven.
fn forked() -> (Repo, Oid, Oid) {
    let (repo, first) = shop();
    repo.branch("side");
    let born = repo.commit("mon 10:00", "Tove", "Search", |t| {
        t.write("search.rs", SEARCH)
    });
    repo.switch("main");
    repo.commit("mon 11:00", "Mira", "Style", |t| {
        t.write("style.css", "a {}\n")
    });
    (repo, first, born)
}

#[test]
fn branch_merge() {
    let (repo, first, born) = forked();
    repo.merge("tue 12:00", "Mira", &["side"], |t| t);
    let report = debt(&repo).all();
    report.counts(2);
    report
        .item(TABLE)
        .open()
        .introduced_by(born)
        .introduced_by_person("Tove")
        .introduced_on(1);
    report.item(TABLE).lived(&["introduced"]);
    report
        .item(RETRY)
        .open()
        .introduced_by(first)
        .lived(&["introduced"]);
}

#[test]
fn what_is_on_an_unmerged_branch_is_not_here() {
    let (repo, _, _) = forked();
    debt(&repo).all().counts(1).nothing_says(TABLE);
}

#[test]
fn evil_merge_that_adds() {
    let (repo, _, _) = forked();
    let merge = repo.merge("tue 12:00", "Mira", &["side"], |t| {
        t.write(
            "glue.rs",
            "fn glue() {\n    // HACK: glued in the merge\n    both()\n}\n",
        )
    });
    let report = debt(&repo).all();
    report.counts(3);
    report
        .item("glued in the merge")
        .open()
        .introduced_by(merge)
        .introduced_by_person("Mira")
        .introduced_on(2);
}

#[test]
fn evil_merge_that_drops() {
    let (repo, first, _) = forked();
    let merge = repo.merge("tue 12:00", "Mira", &["side"], |t| {
        t.write("charge.rs", PAID)
    });
    let report = debt(&repo).all();
    report.counts(2);
    report
        .item(RETRY)
        .introduced_by(first)
        .paid_by(merge, "fixed");
    report.item(TABLE).open();
}

#[test]
fn evil_merge_that_drops_what_one_side_brought() {
    let (repo, _, born) = forked();
    let merge = repo.merge("tue 12:00", "Mira", &["side"], |t| t.delete("search.rs"));
    debt(&repo)
        .all()
        .counts(2)
        .item(TABLE)
        .introduced_by(born)
        .paid_by(merge, "deleted");
}

#[test]
fn ours_strategy() {
    let (repo, _, born) = forked();
    let merge = repo.merge_ours("tue 12:00", "Mira", &["side"], |t| t);
    let report = debt(&repo).all();
    report.counts(2);
    report.item(TABLE).introduced_by(born).paid_in(merge);
    report.item(RETRY).open();
}

#[test]
fn cherry_pick_then_merge() {
    let (repo, _, born) = forked();
    let picked = repo.pick("mon 12:00", "Mira", born);
    assert_ne!(picked, born);
    repo.merge("tue 12:00", "Mira", &["side"], |t| t);
    let report = debt(&repo).all();
    report.counts(2);
    report
        .item(TABLE)
        .open()
        .introduced_by(born)
        .introduced_by_person("Tove");
}

#[test]
fn typed_on_two_branches_the_earlier_is_the_birth() {
    for (side, main, earlier_is_side) in [
        ("mon 10:00", "mon 15:00", true),
        ("mon 15:00", "mon 10:00", false),
    ] {
        let (repo, _) = shop();
        repo.branch("side");
        let on_side = repo.commit(side, "Tove", "Search", |t| t.write("search.rs", SEARCH));
        repo.switch("main");
        let on_main = repo.commit(main, "Johnny", "Search", |t| t.write("search.rs", SEARCH));
        repo.merge("tue 12:00", "Mira", &["side"], |t| t);
        let report = debt(&repo).all();
        report.counts(2);
        let (birth, who) = if earlier_is_side {
            (on_side, "Tove")
        } else {
            (on_main, "Johnny")
        };
        report
            .item(TABLE)
            .open()
            .introduced_by(birth)
            .introduced_by_person(who);
    }
}

#[test]
fn paid_on_a_branch_then_merged() {
    let (repo, first) = shop();
    repo.branch("side");
    let paid = repo.commit("wed 10:00", "Tove", "Retry", |t| t.write("charge.rs", PAID));
    repo.switch("main");
    repo.commit("wed 11:00", "Mira", "Style", |t| {
        t.write("style.css", "a {}\n")
    });
    debt(&repo).all().item(RETRY).open();
    repo.merge("fri 12:00", "Mira", &["side"], |t| t);
    for report in [debt(&repo).all(), debt(&repo).week()] {
        report.counts(1);
        report
            .item(RETRY)
            .introduced_by(first)
            .paid_by(paid, "fixed")
            .lived(&["introduced", "paid"]);
    }
}

#[test]
fn paid_on_main_while_a_branch_still_has_it() {
    let (repo, first) = shop();
    repo.branch("side");
    repo.commit("tue 10:00", "Tove", "Style", |t| {
        t.write("style.css", "a {}\n")
    });
    repo.switch("main");
    let paid = repo.commit("tue 11:00", "Mira", "Retry", |t| t.write("charge.rs", PAID));
    repo.merge("tue 12:00", "Mira", &["side"], |t| t);
    let report = debt(&repo).all();
    report.counts(1);
    report
        .item(RETRY)
        .introduced_by(first)
        .paid_by(paid, "fixed")
        .lived(&["introduced", "paid"]);
}

#[test]
fn paid_on_both_sides_the_earlier_counts() {
    let (repo, _) = shop();
    repo.branch("side");
    let earlier = repo.commit("tue 10:00", "Tove", "Retry", |t| t.write("charge.rs", PAID));
    repo.switch("main");
    repo.commit("tue 11:00", "Mira", "Retry", |t| t.write("charge.rs", PAID));
    repo.merge("tue 12:00", "Mira", &["side"], |t| t);
    debt(&repo)
        .all()
        .counts(1)
        .item(RETRY)
        .paid_by(earlier, "fixed")
        .lived(&["introduced", "paid"]);
}

#[test]
fn a_merge_that_keeps_what_main_had_paid() {
    let (repo, first) = shop();
    repo.branch("side");
    repo.commit("tue 10:00", "Tove", "Style", |t| {
        t.write("style.css", "a {}\n")
    });
    repo.switch("main");
    repo.commit("tue 11:00", "Mira", "Retry", |t| t.write("charge.rs", PAID));
    repo.merge("tue 12:00", "Mira", &["side"], |t| {
        t.write("charge.rs", BASE)
    });
    debt(&repo)
        .all()
        .counts(1)
        .item(RETRY)
        .open()
        .introduced_by(first);
}

#[test]
fn edited_on_a_branch_then_merged() {
    let (repo, first) = shop();
    let before = debt(&repo).all();
    repo.branch("side");
    let edited = repo.commit("mon 10:00", "Tove", "Words", |t| {
        t.replace("charge.rs", RETRY, "retry thrice when the bank is down")
    });
    repo.switch("main");
    repo.commit("mon 11:00", "Mira", "Move", |t| {
        t.write("style.css", "a {}\n")
    });
    repo.merge("tue 12:00", "Mira", &["side"], |t| t);
    let report = debt(&repo).all();
    report.counts(1);
    report
        .item("retry thrice")
        .open()
        .same_as(before.item(RETRY))
        .introduced_by(first)
        .event("edited", edited);
}

#[test]
fn edited_on_a_branch_and_renamed_on_main() {
    let (repo, first) = shop();
    let before = debt(&repo).all();
    repo.branch("side");
    repo.commit("mon 10:00", "Tove", "Words", |t| {
        t.replace("charge.rs", RETRY, "retry thrice when the bank is down")
    });
    repo.switch("main");
    repo.commit("mon 11:00", "Mira", "Move", |t| {
        t.rename("charge.rs", "pay/charge.rs")
    });
    repo.merge("tue 12:00", "Mira", &["side"], |t| t);
    let report = debt(&repo).all();
    report.counts(1);
    report
        .item("retry thrice")
        .open()
        .same_as(before.item(RETRY))
        .introduced_by(first)
        .at("pay/charge.rs", 2);
}

#[test]
fn squash() {
    let build = |squashed: bool| {
        let (repo, _, _) = forked();
        repo.switch("side");
        repo.commit("mon 12:00", "Tove", "Pay one", |t| {
            t.write("charge.rs", PAID)
        });
        let side = repo.tip();
        repo.switch("main");
        if squashed {
            repo.commit("tue 12:00", "Tove", "Search, squashed", |t| {
                t.write("charge.rs", PAID).write("search.rs", SEARCH)
            });
        } else {
            repo.merge("tue 12:00", "Tove", &["side"], |t| t);
        }
        (debt(&repo).all(), side)
    };
    let ((merged, _), (squashed, _)) = (build(false), build(true));
    assert_eq!(squashed.open_set(), merged.open_set());
    assert_eq!(squashed.open_set().len(), 1);
    squashed.counts(2).item(RETRY).is("paid");
}

#[test]
fn a_squash_next_to_its_merged_branch_is_one_item() {
    let (repo, _, born) = forked();
    repo.commit("mon 14:00", "Mira", "Search, squashed", |t| {
        t.write("search.rs", SEARCH)
    });
    repo.merge("tue 12:00", "Mira", &["side"], |t| t);
    debt(&repo)
        .all()
        .counts(2)
        .item(TABLE)
        .open()
        .introduced_by(born);
}

#[test]
fn rebase() {
    let (repo, _, _) = forked();
    repo.switch("side");
    repo.commit("mon 12:00", "Tove", "Words", |t| {
        t.replace("search.rs", TABLE, "reads the whole table each time")
    });
    repo.commit("mon 13:00", "Tove", "Twin", |t| {
        t.copy("search.rs", "find.rs")
    });
    let before = debt(&repo).all();
    before.counts(3);
    assert!(repo.rebase("tue 10:00", "Tove", repo.tip_of("main")));
    let after = debt(&repo).all();
    assert_eq!(after.standing(), before.standing());
    assert_eq!(after.open_set(), before.open_set());
}

#[test]
fn rebase_that_amends_the_message_and_the_committer() {
    let (repo, first, born) = forked();
    repo.switch("side");
    let before = debt(&repo).all();
    repo.reset(first);
    let amended = repo
        .draft("mon 10:00", "Tove", "Search, as asked in the review")
        .committed("wed 10:00", "Mira")
        .commit(|t| t.write("search.rs", SEARCH));
    assert_ne!(amended, born);
    let after = debt(&repo).all();
    assert_eq!(after.standing(), before.standing());
    after
        .item(TABLE)
        .introduced_by(amended)
        .introduced_by_person("Tove")
        .introduced_on(1);
}

#[test]
fn octopus() {
    let (repo, first) = shop();
    let mut births = Vec::new();
    for (name, hour) in [("one", 10), ("two", 11), ("three", 12)] {
        repo.branch_at(name, first);
        let text = format!("fn {name}() {{\n    // TODO: finish part {name}\n    part();\n}}\n");
        births.push(repo.commit(&format!("mon {hour}:00"), "Tove", name, |t| {
            t.write(format!("{name}.rs"), text)
        }));
    }
    repo.switch("main");
    repo.commit("mon 13:00", "Mira", "Retry", |t| t.write("charge.rs", PAID));
    let paid = repo.tip();
    repo.merge("tue 12:00", "Mira", &["one", "two", "three"], |t| t);
    let report = debt(&repo).all();
    report.counts(4);
    for (name, birth) in ["part one", "part two", "part three"].iter().zip(births) {
        report
            .item(name)
            .open()
            .introduced_by(birth)
            .lived(&["introduced"]);
    }
    report.item(RETRY).paid_by(paid, "fixed");
}

#[test]
fn criss_cross() {
    let (repo, first) = shop();
    repo.branch("side");
    let born = repo.commit("mon 10:00", "Tove", "Search", |t| {
        t.write("search.rs", SEARCH)
    });
    repo.branch_at("side-then", born);
    repo.switch("main");
    let paid = repo.commit("mon 10:30", "Mira", "Retry", |t| t.write("charge.rs", PAID));
    repo.branch_at("main-then", paid);

    // Each takes in what the other was, so their next merge has two bases.
    repo.switch("main");
    repo.merge("mon 11:00", "Mira", &["side-then"], |t| t);
    repo.switch("side");
    repo.merge("mon 11:30", "Tove", &["main-then"], |t| t);
    let late = repo.commit("mon 12:00", "Tove", "Page", |t| {
        t.write(
            "page.rs",
            "fn page() {\n    // HACK: ten pages at most\n    take(10)\n}\n",
        )
    });
    repo.switch("main");
    repo.commit("mon 12:30", "Mira", "Style", |t| {
        t.write("style.css", "a {}\n")
    });
    repo.merge("tue 12:00", "Mira", &["side"], |t| t);

    let report = debt(&repo).all();
    report.counts(3);
    report
        .item(RETRY)
        .introduced_by(first)
        .paid_by(paid, "fixed")
        .lived(&["introduced", "paid"]);
    report
        .item(TABLE)
        .open()
        .introduced_by(born)
        .lived(&["introduced"]);
    report.item("ten pages").open().introduced_by(late);
}

#[test]
fn two_roots() {
    let (repo, first) = shop();
    repo.switch("docs");
    let other = repo.commit("mon 10:00", "Tove", "Search, elsewhere", |t| {
        t.write("search.rs", SEARCH)
    });
    repo.switch("main");
    repo.merge_ours("tue 12:00", "Mira", &["docs"], |t| {
        t.write("search.rs", SEARCH)
    });
    let report = debt(&repo).all();
    report.counts(2);
    report.item(RETRY).open().introduced_by(first);
    report.item(TABLE).open().introduced_by(other);
}

#[test]
fn a_merged_branch_that_is_reverted_as_a_whole() {
    let (repo, _, born) = forked();
    repo.merge("tue 12:00", "Mira", &["side"], |t| t);
    let undone = repo.commit("tue 13:00", "Mira", "Undo the merge", |t| {
        t.delete("search.rs")
    });
    debt(&repo)
        .all()
        .counts(2)
        .item(TABLE)
        .introduced_by(born)
        .paid_by(undone, "deleted");
}

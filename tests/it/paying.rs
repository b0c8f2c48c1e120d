//! How an item goes, in which commit, and how it comes back.

use crate::support::debt;
use crate::support::shop::{ADMIN, CHARGE, RETRY, TWICE, look, shop};

#[test]
fn tag_dropped_but_words_kept() {
    let (repo, first) = shop();
    let dropped = repo.commit("wed 11:00", "Tove", "A remark, no debt", |t| {
        t.replace("charge.rs", "// TODO: retry", "// retry")
    });
    let report = debt(&repo).all();
    report.counts(3);
    report
        .item(RETRY)
        .introduced_by(first)
        .paid_by(dropped, "comment_only");
}

#[test]
fn replaced_by_an_unrelated_one() {
    let (repo, first) = shop();
    let before = look(&repo, RETRY);
    let replaced = repo.commit("wed 11:00", "Tove", "Other worries", |t| {
        t.replace("charge.rs", RETRY, "log the amount without the name")
    });
    let report = debt(&repo).all();
    report.counts(4);
    report
        .item(RETRY)
        .same_as(&before)
        .introduced_by(first)
        .paid_in(replaced);
    report
        .item("log the amount")
        .open()
        .other_than(&before)
        .introduced_by(replaced)
        .introduced_on(3);
}

#[test]
fn file_deleted() {
    let (repo, first) = shop();
    let deleted = repo.commit("wed 11:00", "Tove", "No login", |t| t.delete("login.rs"));
    let report = debt(&repo).all();
    report
        .item(ADMIN)
        .introduced_by(first)
        .paid_by(deleted, "deleted")
        .at("login.rs", 3);
    report.item(RETRY).open();
    assert_eq!(report.item(ADMIN).paid.as_ref().unwrap().day, Some(3));
}

#[test]
fn code_deleted_with_its_comment() {
    let (repo, _) = shop();
    let deleted = repo.commit("wed 11:00", "Tove", "No refunds", |t| {
        t.write("charge.rs", CHARGE)
    });
    let report = debt(&repo).all();
    report.item(TWICE).paid_by(deleted, "deleted");
    report.item(RETRY).open();
}

#[test]
fn fixed() {
    let (repo, _) = shop();
    let fixed = repo.commit("wed 11:00", "Johnny", "Retry", |t| {
        t.replace(
            "charge.rs",
            "    // TODO: retry when the bank is down\n    bank::charge(card)\n",
            "    retry::times(3, || bank::charge(card))\n",
        )
    });
    let report = debt(&repo).all();
    report
        .item(RETRY)
        .paid_by(fixed, "fixed")
        .lived(&["introduced", "paid"]);
    let paid = report.item(RETRY).paid.clone().unwrap();
    assert_eq!(paid.author, "Johnny <johnny@shop.example>");
    report.item(TWICE).open();
}

#[test]
fn comment_removed_and_nothing_else() {
    let (repo, _) = shop();
    let removed = repo.commit("wed 11:00", "Johnny", "Tidy", |t| {
        t.replace(
            "charge.rs",
            "    // TODO: retry when the bank is down\n",
            "",
        )
    });
    debt(&repo)
        .all()
        .item(RETRY)
        .paid_by(removed, "comment_only");
}

#[test]
fn a_comment_removed_while_another_file_changes_is_still_comment_only() {
    let (repo, _) = shop();
    let removed = repo.commit("wed 11:00", "Johnny", "Tidy", |t| {
        t.replace(
            "charge.rs",
            "    // TODO: retry when the bank is down\n",
            "",
        )
        .replace("login.rs", "Role::Admin", "Role::Guest")
    });
    debt(&repo)
        .all()
        .item(RETRY)
        .paid_by(removed, "comment_only");
}

#[test]
fn re_introduced() {
    let (repo, first) = shop();
    let before = look(&repo, RETRY);
    let paid = repo.commit("tue 11:00", "Johnny", "Tidy", |t| {
        t.replace(
            "charge.rs",
            "    // TODO: retry when the bank is down\n",
            "",
        )
    });
    let back = repo.commit("tue 15:00", "Sammy", "No, it is not done", |t| {
        t.replace(
            "charge.rs",
            "    bank::charge(card)\n",
            "    // TODO: retry when the bank is down\n    bank::charge(card)\n",
        )
    });
    let report = debt(&repo).all();
    report.counts(3);
    report
        .item(RETRY)
        .open()
        .same_as(&before)
        .introduced_by(first)
        .event("paid", paid)
        .event("reopened", back)
        .lived(&["introduced", "paid", "reopened"]);
}

#[test]
fn re_introduced_and_paid_again() {
    let (repo, first) = shop();
    let gone = "    bank::charge(card)\n";
    let there = "    // TODO: retry when the bank is down\n    bank::charge(card)\n";
    repo.commit("tue 11:00", "Johnny", "Tidy", |t| {
        t.replace("charge.rs", there, gone)
    });
    repo.commit("tue 12:00", "Sammy", "Back", |t| {
        t.replace("charge.rs", gone, there)
    });
    let again = repo.commit("wed 11:00", "Johnny", "Retry", |t| {
        t.replace(
            "charge.rs",
            there,
            "    retry::times(3, || bank::charge(card))\n",
        )
    });
    let report = debt(&repo).all();
    report.counts(3);
    report
        .item(RETRY)
        .introduced_by(first)
        .paid_by(again, "fixed")
        .lived(&["introduced", "paid", "reopened", "paid"]);
}

#[test]
fn revert_of_a_payment() {
    let (repo, first) = shop();
    let paid = repo.commit("tue 11:00", "Johnny", "Retry", |t| {
        t.replace(
            "charge.rs",
            "    // TODO: retry when the bank is down\n    bank::charge(card)\n",
            "    retry::times(3, || bank::charge(card))\n",
        )
    });
    let back = repo.revert("tue 15:00", "Sammy", paid);
    let report = debt(&repo).all();
    report.counts(3);
    report
        .item(RETRY)
        .open()
        .introduced_by(first)
        .event("reopened", back);
}

#[test]
fn revert_of_a_birth() {
    let (repo, _) = shop();
    let born = repo.commit("tue 10:00", "Tove", "Search", |t| {
        t.write(
            "search.rs",
            "fn search() {\n    // XXX: reads the whole table\n    all()\n}\n",
        )
    });
    let closed = repo.revert("tue 11:00", "Tove", born);
    let report = debt(&repo).all();
    report.counts(4);
    report
        .item("reads the whole table")
        .introduced_by(born)
        .paid_by(closed, "deleted");

    let back = repo.revert("tue 12:00", "Tove", closed);
    let report = debt(&repo).all();
    report.counts(4);
    report
        .item("reads the whole table")
        .open()
        .introduced_by(born)
        .event("reopened", back);
}

#[test]
fn same_day_add_and_remove() {
    let (repo, _) = shop();
    let added = repo.commit("mon 11:00", "Tove", "Search", |t| {
        t.write(
            "search.rs",
            "fn search() {\n    // XXX: reads the whole table\n    all()\n}\n",
        )
    });
    let removed = repo.commit("mon 16:00", "Tove", "With an index", |t| {
        t.replace(
            "search.rs",
            "    // XXX: reads the whole table\n    all()\n",
            "    index()\n",
        )
    });
    let report = debt(&repo).week();
    report
        .item("reads the whole table")
        .introduced_by(added)
        .paid_by(removed, "fixed");
    assert_eq!(
        (
            report.totals.introduced,
            report.totals.paid,
            report.totals.open
        ),
        (4, 1, 3)
    );
}

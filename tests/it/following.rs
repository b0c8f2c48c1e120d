//! One line of history: an item stays itself through whatever happens to its file and its words.

use git2::Oid;

use crate::support::{Item, Repo, debt};

const CHARGE: &str = "\
/// Takes the money.
fn charge(card: &Card) -> bool {
    // TODO: retry when the bank is down
    bank::charge(card)
}
";

const REFUND: &str = "\
/// Gives it back.
fn refund(card: &Card) -> bool {
    // FIXME: refunds are sent twice on a slow line
    bank::refund(card)
}
";

const LOGIN: &str = "\
/// Lets people in.
fn login(name: &str) -> Session {
    // HACK: everybody is an administrator
    Session::of(name, Role::Admin)
}
";

const RETRY: &str = "retry when the bank is down";
const TWICE: &str = "refunds are sent twice";
const ADMIN: &str = "everybody is an administrator";

/// A repository whose first commit, by Sammy on Monday, has the three functions in two files.
fn shop() -> (Repo, Oid) {
    let repo = Repo::new();
    let first = repo.commit("mon 10:00", "Sammy", "Build the shop", |t| {
        t.write("charge.rs", format!("{CHARGE}\n{REFUND}"))
            .write("login.rs", LOGIN)
    });
    (repo, first)
}

/// The item as it is now.
fn look(repo: &Repo, text: &str) -> Item {
    debt(repo).all().item(text).clone()
}

#[test]
fn introduced() {
    let (repo, first) = shop();
    let report = debt(&repo).all();
    report.counts(3);
    report
        .item(RETRY)
        .open()
        .introduced_by(first)
        .introduced_by_person("Sammy")
        .introduced_on(1)
        .at("charge.rs", 3)
        .lived(&["introduced"]);
    assert_eq!(report.item(RETRY).marker, "TODO");
    assert_eq!(report.item(TWICE).marker, "FIXME");
    assert_eq!(report.item(ADMIN).marker, "HACK");
}

#[test]
fn rename() {
    let (repo, first) = shop();
    let before = look(&repo, RETRY);
    let renamed = repo.commit("mon 11:00", "Tove", "Move payments", |t| {
        t.rename("charge.rs", "pay/card.rs")
    });
    let report = debt(&repo).all();
    report.counts(3);
    let item = report.item(RETRY);
    item.open()
        .same_as(&before)
        .introduced_by(first)
        .at("pay/card.rs", 3)
        .event("moved", renamed)
        .lived(&["introduced"]);
    assert_eq!(item.introduced.path.as_deref(), Some("charge.rs"));
}

#[test]
fn rename_with_edit() {
    let (repo, first) = shop();
    let before = look(&repo, RETRY);
    let renamed = repo.commit("mon 11:00", "Tove", "Move payments", |t| {
        t.rename("charge.rs", "pay/card.rs")
            .replace(
                "pay/card.rs",
                "retry when the bank is down",
                "retry thrice when the bank is down",
            )
            .replace("pay/card.rs", "bank::refund(card)", "bank::give_back(card)")
    });
    let report = debt(&repo).all();
    report.counts(3);
    report
        .item("retry thrice when the bank is down")
        .open()
        .same_as(&before)
        .introduced_by(first)
        .at("pay/card.rs", 3)
        .event("edited", renamed);
    report
        .item(TWICE)
        .open()
        .introduced_by(first)
        .at("pay/card.rs", 9);
}

#[test]
fn swap() {
    let (repo, first) = shop();
    let before = debt(&repo).all();
    repo.commit("mon 11:00", "Tove", "Swap the files", |t| {
        t.swap("charge.rs", "login.rs")
    });
    let report = debt(&repo).all();
    assert_eq!(report.standing(), before.standing());
    report
        .item(RETRY)
        .open()
        .same_as(before.item(RETRY))
        .introduced_by(first)
        .at("login.rs", 3);
    report
        .item(ADMIN)
        .open()
        .same_as(before.item(ADMIN))
        .introduced_by(first)
        .at("charge.rs", 3);
}

#[test]
fn split() {
    let (repo, first) = shop();
    let before = debt(&repo).all();
    repo.commit("mon 11:00", "Tove", "Split payments", |t| {
        t.delete("charge.rs")
            .write("pay/charge.rs", CHARGE)
            .write("pay/refund.rs", REFUND)
    });
    let report = debt(&repo).all();
    assert_eq!(report.standing(), before.standing());
    report
        .item(RETRY)
        .introduced_by(first)
        .at("pay/charge.rs", 3);
    report
        .item(TWICE)
        .introduced_by(first)
        .at("pay/refund.rs", 3);
}

#[test]
fn move_in_file() {
    let (repo, first) = shop();
    let before = debt(&repo).all();
    repo.commit("mon 11:00", "Tove", "Refunds first", |t| {
        t.write("charge.rs", format!("{REFUND}\n{CHARGE}"))
    });
    let report = debt(&repo).all();
    assert_eq!(report.standing(), before.standing());
    report
        .item(RETRY)
        .introduced_by(first)
        .at("charge.rs", 9)
        .lived(&["introduced"]);
    report
        .item(TWICE)
        .introduced_by(first)
        .at("charge.rs", 3)
        .lived(&["introduced"]);
}

#[test]
fn move_across_files_in_one_commit() {
    let (repo, first) = shop();
    let before = debt(&repo).all();
    let moved = repo.commit("mon 11:00", "Tove", "Refunds live with the login", |t| {
        t.write("charge.rs", CHARGE)
            .write("login.rs", format!("{LOGIN}\n{REFUND}"))
    });
    let report = debt(&repo).all();
    assert_eq!(report.standing(), before.standing());
    report
        .item(TWICE)
        .introduced_by(first)
        .at("login.rs", 9)
        .event("moved", moved);
}

#[test]
fn a_comment_moves_without_its_code() {
    let (repo, first) = shop();
    let before = debt(&repo).all();
    let moved = repo.commit(
        "mon 11:00",
        "Tove",
        "Say it at the top of the other file",
        |t| {
            let line = "    // FIXME: refunds are sent twice on a slow line\n";
            t.replace("charge.rs", line, "").write(
                "login.rs",
                format!("// FIXME: refunds are sent twice on a slow line\n{LOGIN}"),
            )
        },
    );
    let report = debt(&repo).all();
    assert_eq!(report.standing(), before.standing());
    report
        .item(TWICE)
        .introduced_by(first)
        .at("login.rs", 1)
        .event("moved", moved);
}

#[test]
fn copy() {
    let (repo, first) = shop();
    let before = look(&repo, ADMIN);
    let copied = repo.commit("mon 11:00", "Tove", "Copy the login", |t| {
        t.copy("login.rs", "signup.rs")
    });
    let report = debt(&repo).all();
    report.counts(4);
    let (old, new): (Vec<&Item>, Vec<&Item>) = report
        .saying(ADMIN)
        .into_iter()
        .partition(|item| item.id == before.id);
    old[0]
        .open()
        .introduced_by(first)
        .at("login.rs", 3)
        .lived(&["introduced"]);
    new[0]
        .open()
        .introduced_by(copied)
        .at("signup.rs", 3)
        .introduced_by_person("Tove");
}

#[test]
fn copy_in_the_same_file() {
    let (repo, first) = shop();
    let before = look(&repo, ADMIN);
    let copied = repo.commit("mon 11:00", "Tove", "Copy the login", |t| {
        t.write(
            "login.rs",
            format!("{LOGIN}\n{}", LOGIN.replace("login(name", "signup(name")),
        )
    });
    let report = debt(&repo).all();
    report.counts(4);
    let (old, new): (Vec<&Item>, Vec<&Item>) = report
        .saying(ADMIN)
        .into_iter()
        .partition(|item| item.id == before.id);
    old[0].open().introduced_by(first).at("login.rs", 3);
    new[0].open().introduced_by(copied).at("login.rs", 9);
}

#[test]
fn a_copy_whose_original_goes_later_leaves_a_payment() {
    let (repo, first) = shop();
    let before = look(&repo, ADMIN);
    let copied = repo.commit("mon 11:00", "Tove", "Copy", |t| {
        t.copy("login.rs", "signup.rs")
    });
    let deleted = repo.commit("mon 12:00", "Tove", "Drop", |t| t.delete("login.rs"));
    let report = debt(&repo).all();
    report.counts(4);
    report
        .open_one(ADMIN)
        .other_than(&before)
        .introduced_by(copied)
        .at("signup.rs", 3);
    let gone = report
        .items
        .iter()
        .find(|item| item.id == before.id)
        .unwrap();
    gone.introduced_by(first).paid_by(deleted, "deleted");
}

#[test]
fn reindent() {
    let (repo, _) = shop();
    let before = debt(&repo).all();
    repo.commit("mon 11:00", "Tove", "Use tabs", |t| {
        t.rewrite("charge.rs", |text| text.replace("    ", "\t"))
            .rewrite("login.rs", |text| {
                format!("mod login {{\n{}}}\n", indented(text))
            })
    });
    let report = debt(&repo).all();
    assert_eq!(report.standing(), before.standing());
    report.item(RETRY).lived(&["introduced"]);
    report.item(ADMIN).at("login.rs", 4).lived(&["introduced"]);
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("    {line}\n")).collect()
}

#[test]
fn crlf_conversion() {
    let (repo, _) = shop();
    let before = debt(&repo).all();
    repo.commit("mon 11:00", "Tove", "Windows line ends", |t| {
        t.rewrite("charge.rs", |text| text.replace('\n', "\r\n"))
            .rewrite("login.rs", |text| text.replace('\n', "\r\n"))
    });
    let report = debt(&repo).all();
    assert_eq!(
        report.json["items"], before.json["items"],
        "nothing happened to any item"
    );
    repo.commit("mon 12:00", "Tove", "And back", |t| {
        t.rewrite("charge.rs", |text| text.replace("\r\n", "\n"))
    });
    assert_eq!(debt(&repo).all().json["items"], before.json["items"]);
}

#[test]
fn mode_change_only() {
    let (repo, _) = shop();
    let before = debt(&repo).all();
    repo.commit("mon 11:00", "Tove", "A program", |t| {
        t.make_program("charge.rs")
    });
    assert_eq!(debt(&repo).all().json["items"], before.json["items"]);
}

#[test]
fn edited_text() {
    let (repo, first) = shop();
    let before = look(&repo, RETRY);
    let edited = repo.commit("mon 11:00", "Tove", "Say it better", |t| {
        t.replace(
            "charge.rs",
            RETRY,
            "retry with a pause when the bank is down",
        )
    });
    let report = debt(&repo).all();
    report.counts(3);
    let item = report.item("retry with a pause when the bank is down");
    item.open()
        .same_as(&before)
        .introduced_by(first)
        .introduced_by_person("Sammy");
    item.event("edited", edited)
        .lived(&["introduced", "edited"]);
    let said: Vec<_> = item
        .history
        .iter()
        .map(|event| event.text.as_deref())
        .collect();
    assert_eq!(
        said,
        [
            Some(RETRY),
            Some("retry with a pause when the bank is down")
        ]
    );
}

#[test]
fn edited_many_times() {
    let (repo, first) = shop();
    let before = look(&repo, RETRY);
    let wordings = [
        "retry when the bank is slow or down",
        "retry when the bank is slow or away",
        "try again when the bank is slow or away",
        "try again when the payment is slow or away",
    ];
    let mut old = RETRY;
    for (hour, new) in (11..).zip(wordings) {
        repo.commit(&format!("mon {hour}:00"), "Tove", "Say it better", |t| {
            t.replace("charge.rs", old, new)
        });
        old = new;
    }
    let report = debt(&repo).all();
    report.counts(3);
    report
        .item(old)
        .open()
        .same_as(&before)
        .introduced_by(first)
        .lived(&["introduced", "edited", "edited", "edited", "edited"]);
}

#[test]
fn changed_tag() {
    let (repo, first) = shop();
    let before = look(&repo, RETRY);
    repo.commit("mon 11:00", "Tove", "It is worse", |t| {
        t.replace("charge.rs", "TODO: retry", "FIXME: retry")
    });
    let report = debt(&repo).all();
    report.counts(3);
    let item = report.item(RETRY);
    item.open().same_as(&before).introduced_by(first);
    assert_eq!(item.marker, "FIXME");
}

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

#[test]
fn file_to_folder_and_back() {
    let (repo, first) = shop();
    let before = debt(&repo).all();
    repo.commit("mon 11:00", "Tove", "A folder of the same name", |t| {
        t.rename("charge.rs", "charge.rs/mod.rs")
    });
    let report = debt(&repo).all();
    assert_eq!(report.standing(), before.standing());
    report.item(RETRY).at("charge.rs/mod.rs", 3);
    repo.commit("mon 12:00", "Tove", "And back", |t| {
        t.rename("charge.rs/mod.rs", "charge.rs")
    });
    let report = debt(&repo).all();
    assert_eq!(report.standing(), before.standing());
    report
        .item(RETRY)
        .open()
        .introduced_by(first)
        .at("charge.rs", 3)
        .lived(&["introduced"]);
}

const TWINS: &str = "\
fn open(door: &Door) {
    // TODO: check the error
    door.open();
}

fn feed(cat: &Cat) {
    // TODO: check the error
    cat.feed();
}

fn water(plant: &Plant) {
    // TODO: check the error
    plant.water();
}
";

#[test]
fn twins_with_the_middle_one_paid() {
    let repo = Repo::new();
    let first = repo.commit("mon 10:00", "Sammy", "Chores", |t| {
        t.write("chores.rs", TWINS)
    });
    let before = debt(&repo).all();
    before.counts(3);
    let paid = repo.commit("wed 10:00", "Mira", "Feed with care", |t| {
        t.replace(
            "chores.rs",
            "    // TODO: check the error\n    cat.feed();\n",
            "    cat.feed().unwrap();\n",
        )
    });
    let report = debt(&repo).all();
    report.counts(3);
    let of_line = |line: u64| {
        let born = |item: &&Item| item.introduced.line == Some(line);
        let old = before.items.iter().find(born).unwrap();
        report.items.iter().find(|item| item.id == old.id).unwrap()
    };
    of_line(2).open().introduced_by(first).at("chores.rs", 2);
    of_line(7).introduced_by(first).paid_by(paid, "fixed");
    of_line(12).open().introduced_by(first).at("chores.rs", 11);
}

#[test]
fn twins_that_change_places_are_told_apart_by_their_code() {
    let repo = Repo::new();
    repo.commit("mon 10:00", "Sammy", "Chores", |t| {
        t.write("chores.rs", TWINS)
    });
    let before = debt(&repo).all();
    let parts: Vec<&str> = TWINS.split("\n\n").collect();
    repo.commit("mon 11:00", "Sammy", "Water first", |t| {
        t.write(
            "chores.rs",
            format!("{}\n{}\n\n{}\n", parts[2], parts[0], parts[1]),
        )
    });
    let report = debt(&repo).all();
    assert_eq!(report.standing(), before.standing());
    let line_of = |born: u64| {
        let item = report
            .items
            .iter()
            .find(|item| item.introduced.line == Some(born));
        item.and_then(|item| item.line)
    };
    assert_eq!(
        (line_of(12), line_of(2), line_of(7)),
        (Some(2), Some(7), Some(12))
    );
}

#[test]
fn twins_in_two_files() {
    let repo = Repo::new();
    repo.commit("mon 10:00", "Sammy", "Two doors", |t| {
        t.write(
            "a.rs",
            "fn a() {\n    // TODO: check the error\n    go();\n}\n",
        )
        .write(
            "b.rs",
            "fn b() {\n    // TODO: check the error\n    go();\n}\n",
        )
    });
    let paid = repo.commit("wed 10:00", "Mira", "Check one", |t| {
        t.replace(
            "a.rs",
            "    // TODO: check the error\n    go();\n",
            "    go()?;\n",
        )
    });
    let report = debt(&repo).all();
    report.counts(2);
    report.open_one("check the error").at("b.rs", 2);
    let gone = report.items.iter().find(|item| !item.is_open()).unwrap();
    gone.paid_by(paid, "fixed").at("a.rs", 2);
}

#[test]
fn bare_tags() {
    let repo = Repo::new();
    let first = repo.commit("mon 10:00", "Sammy", "Chores", |t| {
        t.write("chores.rs", TWINS.replace("TODO: check the error", "TODO"))
    });
    let before = debt(&repo).all();
    before.counts(3);
    assert!(
        before
            .items
            .iter()
            .all(|item| item.text.is_empty() && item.marker == "TODO")
    );
    let paid = repo.commit("wed 10:00", "Mira", "Feed with care", |t| {
        t.replace(
            "chores.rs",
            "    // TODO\n    cat.feed();\n",
            "    cat.feed().unwrap();\n",
        )
    });
    let report = debt(&repo).all();
    report.counts(3);
    for item in &report.items {
        item.introduced_by(first);
        match item.introduced.line {
            Some(7) => item.paid_by(paid, "fixed"),
            _ => item.open(),
        };
    }
}

#[test]
fn a_bare_tag_given_words_stays_itself() {
    let repo = Repo::new();
    let first = repo.commit("mon 10:00", "Sammy", "Feed", |t| {
        t.write("cat.rs", "fn feed() {\n    // TODO\n    cat.feed();\n}\n")
    });
    let edited = repo.commit("mon 11:00", "Sammy", "Say what", |t| {
        t.replace("cat.rs", "// TODO", "// TODO: check the error")
    });
    let report = debt(&repo).all();
    report.counts(1);
    report
        .item("check the error")
        .open()
        .introduced_by(first)
        .event("edited", edited);
}

#[test]
fn the_code_under_a_comment_is_rewritten_and_the_comment_stays() {
    let (repo, first) = shop();
    repo.commit("wed 11:00", "Johnny", "Another bank", |t| {
        t.write(
            "charge.rs",
            "use other::Bank;\n\nfn pay(bank: Bank, card: Card) -> Result<(), Fault> {\n    \
             // TODO: retry when the bank is down\n    let slip = bank.slip(card)?;\n    \
             bank.book(slip)\n}\n",
        )
    });
    let report = debt(&repo).all();
    report.counts(3);
    report
        .item(RETRY)
        .open()
        .introduced_by(first)
        .at("charge.rs", 4);
}

#[test]
fn an_item_renamed_away_while_a_new_file_takes_its_path() {
    let (repo, first) = shop();
    let changed = repo.commit("mon 11:00", "Tove", "Make room", |t| {
        t.rename("login.rs", "old/login.rs").write(
            "login.rs",
            "fn login() {\n    // TODO: ask for a second factor\n    ask()\n}\n",
        )
    });
    let report = debt(&repo).all();
    report.counts(4);
    report
        .item(ADMIN)
        .open()
        .introduced_by(first)
        .at("old/login.rs", 3);
    report
        .item("second factor")
        .open()
        .introduced_by(changed)
        .at("login.rs", 2);
}

#[test]
fn every_file_renamed() {
    let (repo, _) = shop();
    let before = debt(&repo).all();
    repo.commit("mon 11:00", "Tove", "All below src", |t| {
        t.rename("charge.rs", "src/pay/charge.rs")
            .rename("login.rs", "src/people/login.rs")
    });
    let report = debt(&repo).all();
    assert_eq!(report.standing(), before.standing());
    assert!(
        report
            .items
            .iter()
            .all(|item| item.path.as_ref().unwrap().starts_with("src/"))
    );
}

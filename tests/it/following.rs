//! One line of history: an item stays itself through whatever happens to its file and its words.

use crate::support::debt;
use crate::support::shop::{ADMIN, CHARGE, LOGIN, REFUND, RETRY, TWICE, look, shop};
use crate::support::when::full_name;

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
    let moved = item.told("moved", renamed);
    assert_eq!(
        (moved.path.as_deref(), moved.line),
        (Some("pay/card.rs"), Some(3))
    );
    assert_eq!(moved.author, full_name("Tove"));
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
    report
        .again(&before)
        .open()
        .introduced_by(first)
        .at("login.rs", 3)
        .lived(&["introduced"]);
    report
        .find("the copy", |item| item.path.as_deref() == Some("signup.rs"))
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
    report
        .again(&before)
        .open()
        .introduced_by(first)
        .at("login.rs", 3);
    report
        .find("the copy", |item| {
            item.path.as_deref() == Some("login.rs") && item.line == Some(9)
        })
        .open()
        .introduced_by(copied);
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
    report
        .again(&before)
        .introduced_by(first)
        .paid_by(deleted, "deleted");
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

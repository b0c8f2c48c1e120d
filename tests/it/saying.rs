//! Debt that a commit message declares, and how another one pays it.

use crate::support::debt;
use crate::support::owed::start;

#[test]
fn an_item_in_a_commit_message() {
    let repo = start();
    let said = repo.say(
        "mon 10:00",
        "Sammy",
        "Show the demo\n\nTODO: hide the debug panel",
    );
    let report = debt(&repo).week();
    let item = report.counts(1).item("hide the debug panel");
    item.open()
        .introduced_by(said)
        .introduced_on(1)
        .introduced_by_person("Sammy");
    assert_eq!(item.source, "commit_message");
    assert_eq!((item.marker.as_str(), &item.path), ("TODO", &None));
    assert_eq!(report.totals.introduced, 1);
}

#[test]
fn an_item_in_a_commit_message_is_paid_by_naming_the_commit() {
    let repo = start();
    let said = repo.say(
        "mon 10:00",
        "Sammy",
        "Show the demo\n\nTODO: hide the debug panel",
    );
    let paid = repo.say(
        "wed 10:00",
        "Johnny",
        &format!("Hide the panel\n\nPays: {said}"),
    );
    debt(&repo)
        .week()
        .item("debug panel")
        .paid_by(paid, "said")
        .introduced_by(said);
}

#[test]
fn a_commit_may_be_named_by_the_start_of_its_id() {
    let repo = start();
    let said = repo.say(
        "mon 10:00",
        "Sammy",
        "Show the demo\n\nTODO: hide the debug panel",
    );
    let short = &said.to_string()[..10];
    let paid = repo.say(
        "wed 10:00",
        "Johnny",
        &format!("Hide the panel\n\nPays: {short}"),
    );
    debt(&repo).week().item("debug panel").paid_by(paid, "said");
}

#[test]
fn an_item_in_a_commit_message_is_paid_by_naming_the_item() {
    let repo = start();
    repo.say(
        "mon 10:00",
        "Sammy",
        "Show the demo\n\nTODO: hide the debug panel",
    );
    let id = debt(&repo).week().item("debug panel").id.clone();
    let paid = repo.say(
        "wed 10:00",
        "Johnny",
        &format!("Hide the panel\n\nPays: {id}"),
    );
    debt(&repo).week().item("debug panel").paid_by(paid, "said");
}

#[test]
fn an_item_in_a_commit_message_is_paid_by_a_revert_of_the_commit() {
    let repo = start();
    let said = repo.commit("mon 10:00", "Sammy", "TODO: hide the debug panel", |t| {
        t.write("panel.rs", "fn panel() {}\n")
    });
    let reverted = repo.revert("wed 10:00", "Johnny", said);
    // The title that the revert quotes is no new debt.
    debt(&repo)
        .all()
        .counts(2)
        .item("debug panel")
        .introduced_by(said)
        .paid_in(reverted);
}

#[test]
fn a_picked_commit_message_is_one_item() {
    let repo = start();
    repo.branch("side");
    let said = repo.commit(
        "mon 10:00",
        "Tove",
        "Panel\n\nTODO: hide the debug panel",
        |t| t.write("panel.rs", "fn panel() {}\n"),
    );
    repo.switch("main");
    repo.commit("mon 11:00", "Mira", "Style", |t| {
        t.write("style.css", "a {}\n")
    });
    repo.pick("mon 12:00", "Mira", said);
    repo.merge("tue 10:00", "Mira", &["side"], |t| t);
    debt(&repo)
        .week()
        .counts(1)
        .item("debug panel")
        .open()
        .introduced_by(said);
}

#[test]
fn a_trailer_that_names_nothing_pays_nothing() {
    let repo = start();
    repo.say(
        "mon 10:00",
        "Sammy",
        "Show the demo\n\nTODO: hide the debug panel",
    );
    repo.say(
        "wed 10:00",
        "Johnny",
        "Hide\n\nPays: 0123456789012345678901234567890123456789",
    );
    debt(&repo).week().item("debug panel").open();
}

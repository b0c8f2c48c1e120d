//! When a thing happened: the day, the deadline, the zones, and clocks that are wrong.

use serde_json::json;

use crate::support::owed::{DONE, names, note, owe, pay, start};
use crate::support::when::when;
use crate::support::{Repo, debt};

/// Status of the one item of a week when it goes at that moment.
fn status_when_paid(moment: &str) -> String {
    let repo = start();
    owe(&repo, "mon 10:00", "Sammy", "card");
    let paid = pay(&repo, moment, "Johnny", "card");
    let report = debt(&repo).now("sun 12:00").week();
    let item = report.counts(1).item("card");
    assert_eq!(item.paid.as_ref().unwrap().commit, Some(paid.to_string()));
    let totals = &report.totals;
    let late = u64::from(item.status == "paid_late");
    assert_eq!(
        (totals.paid, totals.paid_late, totals.open),
        (1 - late, late, 0),
        "{totals:?}"
    );
    item.status.clone()
}

#[test]
fn paid_before_the_deadline() {
    assert_eq!(status_when_paid("thu 23:59:59"), "paid");
}

#[test]
fn paid_at_the_deadline() {
    let report = debt(&start()).week();
    let deadline = report.json["week"]["deadline"].as_str().unwrap();
    assert_eq!(status_when_paid(deadline), "paid", "{deadline}");
}

#[test]
fn paid_after_the_deadline() {
    assert_eq!(status_when_paid("fri 00:00:01"), "paid_late");
    assert_eq!(status_when_paid("sat 10:00"), "paid_late");
}

#[test]
fn a_payment_whose_author_wrote_it_in_time_but_committed_late_is_in_time() {
    let repo = start();
    owe(&repo, "mon 10:00", "Sammy", "card");
    let paid = repo
        .draft("thu 18:00", "Johnny", "Finish card")
        .committed("fri 11:00", "Mira")
        .commit(|t| t.write("card.rs", DONE));
    debt(&repo).week().item("card").paid_by(paid, "fixed");
}

#[test]
fn late_on_another_clock_is_in_time_in_berlin() {
    // Friday 05:00 in Tokyo is Thursday 21:00 in Berlin.
    assert_eq!(status_when_paid("2026-11-20T05:00:00+09:00"), "paid");
    // Thursday 22:00 in New York is Friday 04:00 in Berlin.
    assert_eq!(status_when_paid("2026-11-19T22:00:00-05:00"), "paid_late");
}

#[test]
fn sunday_in_london_is_monday_in_berlin() {
    let repo = start();
    owe(&repo, "2026-11-15T23:30:00Z", "Sammy", "night");
    debt(&repo).week().item("night").introduced_on(1);
    debt(&repo).zone("UTC").week().counts(0);
    let report = debt(&repo).zone("UTC").all();
    report.item("night").introduced_on(None);
}

#[test]
fn the_offset_of_the_author_does_not_decide_the_day() {
    let repo = start();
    // Tuesday evening in California, Wednesday morning in Berlin: no hack day any more.
    owe(&repo, "2026-11-17T23:30:00-08:00", "Sammy", "far");
    // Monday morning in Auckland, Sunday afternoon in Berlin: not yet the week.
    owe(&repo, "2026-11-16T03:00:00+13:00", "Tove", "early");
    // Wednesday in Auckland, Tuesday evening in Berlin: still a hack day.
    owe(&repo, "2026-11-18T09:00:00+13:00", "Tove", "still");
    let report = debt(&repo).week();
    assert_eq!(names(&report), ["still"]);
    report.item("still").introduced_on(2);
    assert_eq!(report.totals.introduced_after_hack_days, 1);
    debt(&repo)
        .zone("America/Los_Angeles")
        .week()
        .item("far")
        .introduced_on(2);
}

#[test]
fn the_week_in_which_summer_time_begins() {
    let repo = Repo::new();
    owe(&repo, "2026-03-22T22:30:00Z", "Mira", "sunday");
    owe(&repo, "2026-03-22T23:30:00Z", "Mira", "monday");
    // Sunday 29 March ends an hour early.
    owe(&repo, "2026-03-29T21:30:00Z", "Mira", "sunday-late");
    owe(&repo, "2026-03-29T22:30:00Z", "Mira", "next");
    let report = debt(&repo).now("2026-03-27 16:00").week();
    assert_eq!(report.json["week"]["name"], "2026-W13");
    assert_eq!(names(&report), ["monday"]);
    report.item("monday").introduced_on(1);
    let report = debt(&repo).now("2026-04-01 16:00").week();
    assert_eq!(report.json["week"]["name"], "2026-W14");
    assert_eq!(names(&report), ["next"]);
    report.item("next").introduced_on(1);
}

#[test]
fn the_week_in_which_summer_time_ends() {
    let repo = Repo::new();
    owe(&repo, "2026-10-18T21:30:00Z", "Mira", "sunday");
    owe(&repo, "2026-10-18T22:30:00Z", "Mira", "monday");
    // Sunday 25 October lasts an hour longer.
    owe(&repo, "2026-10-25T22:30:00Z", "Mira", "sunday-late");
    owe(&repo, "2026-10-25T23:30:00Z", "Mira", "next");
    let report = debt(&repo).of_week("2026-W43");
    assert_eq!(names(&report), ["monday"]);
    let dates: Vec<_> = report.json["week"]["days"]
        .as_array()
        .unwrap()
        .iter()
        .collect();
    assert_eq!(
        (&dates[0]["date"], &dates[4]["date"]),
        (&json!("2026-10-19"), &json!("2026-10-23"))
    );
    assert_eq!(names(&debt(&repo).of_week("2026-W44")), ["next"]);
}

#[test]
fn a_child_older_than_its_parent_still_comes_after_it() {
    let repo = start();
    let born = owe(&repo, "tue 10:00", "Sammy", "card");
    let paid = pay(&repo, "mon 09:00", "Johnny", "card");
    let other = owe(&repo, "mon 08:00", "Johnny", "index");
    let report = debt(&repo).week();
    report
        .item("card")
        .introduced_by(born)
        .introduced_on(2)
        .paid_by(paid, "fixed")
        .lived(&["introduced", "paid"]);
    report
        .item("index")
        .introduced_by(other)
        .introduced_on(1)
        .open();
}

#[test]
fn author_time_decides() {
    let repo = start();
    let author_in = repo
        .draft("mon 10:00", "Sammy", "Card")
        .committed("wed 10:00", "Mira")
        .commit(|t| t.write("card.rs", note("card")));
    repo.draft("2026-11-12 10:00", "Sammy", "Index")
        .committed("tue 10:00", "Mira")
        .commit(|t| t.write("index.rs", note("index")));
    let report = debt(&repo).week();
    report
        .counts(1)
        .item("card")
        .introduced_by(author_in)
        .introduced_on(1);
    report.item("card").introduced_by_person("Sammy");
    assert_eq!(report.totals.introduced_after_hack_days, 0);
}

#[test]
fn committer_time_decides_when_asked_to() {
    let repo = start();
    repo.draft("mon 10:00", "Sammy", "Card")
        .committed("wed 10:00", "Mira")
        .commit(|t| t.write("card.rs", note("card")));
    repo.draft("2026-11-12 10:00", "Sammy", "Index")
        .committed("tue 10:00", "Mira")
        .commit(|t| t.write("index.rs", note("index")));
    let report = debt(&repo).config("[week]\ntime = \"committer\"\n").week();
    assert_eq!(names(&report), ["index"]);
    report
        .item("index")
        .introduced_on(2)
        .introduced_by_person("Sammy");
    assert_eq!(report.totals.introduced_after_hack_days, 1);
}

#[test]
fn what_is_carried_by_a_merge_on_day_three_was_made_on_day_two() {
    let repo = start();
    repo.branch("side");
    let born = owe(&repo, "tue 18:00", "Tove", "search");
    repo.switch("main");
    owe(&repo, "tue 18:30", "Mira", "card");
    repo.merge("wed 09:00", "Mira", &["side"], |t| t);
    let report = debt(&repo).week();
    assert_eq!(names(&report), ["card", "search"]);
    report.item("search").introduced_by(born).introduced_on(2);
    assert_eq!(report.totals.introduced_after_hack_days, 0);
}

#[test]
fn what_is_paid_late_names_its_payment() {
    let repo = start();
    owe(&repo, "tue 10:00", "Sammy", "card");
    let paid = pay(&repo, "fri 12:00", "Johnny", "card");
    let report = debt(&repo).week();
    let item = report.item("card");
    item.introduced_on(2).paid_late_by(paid, "fixed");
    assert_eq!(item.paid.as_ref().unwrap().day, Some(5));
}

#[test]
fn each_time_is_the_moment_git_has() {
    let repo = start();
    owe(&repo, "2026-11-16T09:30:00Z", "Sammy", "card");
    pay(&repo, "2026-11-18T10:00:00-08:00", "Sammy", "card");
    let report = debt(&repo).week();
    let item = report.item("card");
    assert_eq!(when(&item.introduced.time), when("mon 10:30"));
    assert_eq!(when(&item.paid.as_ref().unwrap().time), when("wed 19:00"));
    let times: Vec<_> = item.history.iter().map(|event| when(&event.time)).collect();
    assert_eq!(times, [when("mon 10:30"), when("wed 19:00")]);
}

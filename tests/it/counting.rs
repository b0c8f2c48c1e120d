//! The week, the totals and the time: what is counted, on which day, for whom.

use git2::Oid;
use serde_json::json;

use crate::support::{Repo, Report, debt, debt_of};

/// A file with one item.
fn note(text: &str) -> String {
    format!("fn work() {{\n    // TODO: {text}\n    go();\n}}\n")
}

/// The same file when the item is paid.
const DONE: &str = "fn work() {\n    go_well();\n}\n";

/// A repository with a commit before the week, so that nothing of the week is a root.
fn start() -> Repo {
    let repo = Repo::new();
    repo.commit("2026-11-13 15:00", "Mira", "Start", |t| {
        t.write("old.rs", note("from before"))
    });
    repo
}

/// One item in a file of its own.
fn owe(repo: &Repo, when: &str, who: &str, name: &str) -> Oid {
    repo.commit(when, who, &format!("Build {name}"), |t| {
        t.write(format!("{name}.rs"), note(name))
    })
}

/// The payment of [`owe`].
fn pay(repo: &Repo, when: &str, who: &str, name: &str) -> Oid {
    repo.commit(when, who, &format!("Finish {name}"), |t| {
        t.write(format!("{name}.rs"), DONE)
    })
}

fn names(report: &Report) -> Vec<&str> {
    let mut names: Vec<_> = report.items.iter().map(|item| item.text.as_str()).collect();
    names.sort_unstable();
    names
}

#[test]
fn the_week_is_what_the_hack_days_brought() {
    let repo = start();
    owe(&repo, "mon 10:00", "Sammy", "card");
    owe(&repo, "tue 17:00", "Tove", "search");
    owe(&repo, "wed 10:00", "Tove", "index");
    owe(&repo, "fri 10:00", "Tove", "manual");
    let paid = pay(&repo, "thu 12:00", "Johnny", "card");

    let report = debt(&repo).week();
    assert_eq!(names(&report), ["card", "search"]);
    report.item("card").introduced_on(1).paid_by(paid, "fixed");
    assert_eq!(report.item("card").paid.as_ref().unwrap().day, Some(4));
    report.item("search").introduced_on(2).open();
    assert_eq!(report.json["scope"], "week");

    let totals = &report.totals;
    assert_eq!(
        (totals.introduced, totals.paid, totals.open),
        (2, 1, 1),
        "{totals:?}"
    );
    assert_eq!(
        (totals.paid_late, totals.accepted, totals.carried),
        (0, 0, 0),
        "{totals:?}"
    );
    assert_eq!((totals.dismissed, totals.undecided), (0, 1), "{totals:?}");
    assert_eq!(totals.introduced_after_hack_days, 2, "{totals:?}");
    assert_eq!(totals.paydown, Some(0.5), "{totals:?}");
}

#[test]
fn all_is_the_whole_history() {
    let repo = start();
    owe(&repo, "mon 10:00", "Sammy", "card");
    owe(&repo, "wed 10:00", "Tove", "index");
    let paid = pay(&repo, "fri 12:00", "Johnny", "card");
    let report = debt(&repo).all();
    assert_eq!(names(&report), ["card", "from before", "index"]);
    assert_eq!(report.json["scope"], "all");
    report.item("card").paid_by(paid, "fixed").introduced_on(1);
    report.item("from before").open().introduced_on(None);
    report.item("index").introduced_on(3);
    let totals = &report.totals;
    assert_eq!(
        (totals.introduced, totals.paid, totals.open),
        (3, 1, 2),
        "{totals:?}"
    );
}

#[test]
fn a_week_without_debt_has_no_paydown() {
    let report = debt(&start()).week();
    report.counts(0);
    assert_eq!(report.totals.paydown, None);
    assert_eq!(report.totals.introduced, 0);
}

#[test]
fn the_weekend_belongs_to_no_day() {
    let repo = start();
    owe(&repo, "2026-11-15 12:00", "Sammy", "before");
    owe(&repo, "sat 12:00", "Sammy", "after");
    let report = debt(&repo).now("sun 12:00").week();
    report.counts(0);
    assert_eq!(report.totals.introduced_after_hack_days, 0);
    let report = debt(&repo).now("sun 12:00").all();
    report.item("before").introduced_on(None);
    report.item("after").introduced_on(None);
}

#[test]
fn the_week_tells_its_days() {
    let json = debt(&start()).week().json;
    assert_eq!(json["schema"], "hackweek/debt/1");
    let week = &json["week"];
    assert_eq!(
        (&week["name"], &week["timezone"]),
        (&json!("2026-W47"), &json!("Europe/Berlin"))
    );
    let days = week["days"].as_array().unwrap();
    let dates: Vec<_> = days
        .iter()
        .map(|day| day["date"].as_str().unwrap())
        .collect();
    assert_eq!(
        dates,
        [
            "2026-11-16",
            "2026-11-17",
            "2026-11-18",
            "2026-11-19",
            "2026-11-20"
        ]
    );
    let numbers: Vec<_> = days
        .iter()
        .map(|day| day["day"].as_u64().unwrap())
        .collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5]);
    assert_eq!(days[0]["phase"], "plan + hack");
}

#[test]
fn another_week_can_be_asked_for() {
    let repo = start();
    owe(&repo, "mon 10:00", "Sammy", "card");
    let paid = pay(&repo, "wed 12:00", "Johnny", "card");
    let report = debt(&repo).now("2027-02-01 09:00").of_week("2026-W47");
    report.item("card").paid_by(paid, "fixed").introduced_on(1);
    debt(&repo).of_week("2026-W46").counts(0);
}

/// Status of the one item of a week when it goes at that moment.
fn status_when_paid(moment: &str) -> String {
    let repo = start();
    owe(&repo, "mon 10:00", "Sammy", "card");
    let paid = pay(&repo, moment, "Johnny", "card");
    let report = debt(&repo).now("sun 12:00").week();
    let item = report.counts(1).item("card");
    assert_eq!(item.paid.as_ref().unwrap().commit, paid.to_string());
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
fn two_repositories_at_once() {
    let (shop, desk) = (Repo::named("shop"), Repo::named("desk"));
    owe(&shop, "mon 10:00", "Sammy", "card");
    owe(&desk, "mon 10:00", "Sammy", "card");
    owe(&desk, "tue 10:00", "Tove", "screen");
    let report = debt_of([shop.path(), desk.path()]).week();
    report.counts(3);
    let mut places: Vec<_> = report
        .saying("card")
        .iter()
        .map(|item| item.repository.as_str())
        .collect();
    places.sort_unstable();
    assert_eq!(places, ["desk", "shop"]);
    assert_eq!(report.item("screen").repository, "desk");
    assert_eq!(report.totals.introduced, 3);
    let told = report.json["repositories"].as_array().unwrap();
    let told: Vec<_> = told
        .iter()
        .map(|told| (&told["name"], &told["commits"]))
        .collect();
    assert_eq!(
        told,
        [(&json!("shop"), &json!(1)), (&json!("desk"), &json!(2))]
    );
}

#[test]
fn one_repository_named_twice_is_counted_once() {
    let repo = start();
    repo.checkout();
    owe(&repo, "mon 10:00", "Sammy", "card");
    debt_of([repo.path(), repo.path()]).all().counts(2);
    debt_of([repo.path().to_owned(), repo.path().join(".git")])
        .all()
        .counts(2);
}

#[test]
fn both_names_of_a_person_become_one() {
    let repo = Repo::new();
    owe(&repo, "mon 10:00", "J. Cash <jc@home.example>", "card");
    owe(&repo, "mon 11:00", "Johnny", "index");
    pay(&repo, "wed 11:00", "jc <jc@home.example>", "index");
    repo.commit("wed 12:00", "Mira", "Name people", |t| {
        t.write(
            ".mailmap",
            "Johnny <johnny@shop.example> <jc@home.example>\n",
        )
    });
    let report = debt(&repo).all();
    report.item("card").introduced_by_person("Johnny");
    report.item("index").introduced_by_person("Johnny");
    let paid = report.item("index").paid.clone().unwrap();
    assert_eq!(paid.author, "Johnny <johnny@shop.example>");
    let authors = report
        .items
        .iter()
        .flat_map(|item| &item.history)
        .map(|event| &event.author);
    assert!(
        authors
            .into_iter()
            .all(|author| author == "Johnny <johnny@shop.example>")
    );
}

#[test]
fn suspicions_are_shown_apart_and_not_counted() {
    let repo = start();
    repo.commit("mon 10:00", "Sammy", "Card", |t| {
        t.write(
            "card.rs",
            "fn card() {\n    // this is an ugly workaround for now\n    go();\n}\n",
        )
    });
    let report = debt(&repo).week();
    report.counts(0);
    assert_eq!((report.totals.introduced, report.totals.suspected), (0, 1));
    let suspected = &report.suspected[0];
    assert_eq!(
        (suspected.tier.as_str(), suspected.line),
        ("suspected", Some(2))
    );
    assert!(
        suspected.text.contains("ugly workaround"),
        "{:#}",
        suspected.json
    );
}

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

#[test]
fn each_time_is_told_with_its_offset() {
    let repo = start();
    owe(&repo, "2026-11-16T09:30:00Z", "Sammy", "card");
    let report = debt(&repo).week();
    let time = &report.item("card").introduced.time;
    let time = chrono::DateTime::parse_from_rfc3339(time).unwrap();
    assert_eq!(time.to_utc().to_rfc3339(), "2026-11-16T09:30:00+00:00");
}

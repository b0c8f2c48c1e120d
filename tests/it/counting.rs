//! What is counted: the week, the totals, the repositories and the people.

use serde_json::json;

use crate::support::owed::{names, owe, pay, start};
use crate::support::{Repo, debt, debt_of};

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
    owe(&repo, "2026-11-15 12:00", "Sammy", "on sunday");
    owe(&repo, "sat 12:00", "Sammy", "after");
    let report = debt(&repo).now("sun 12:00").week();
    report.counts(0);
    assert_eq!(report.totals.introduced_after_hack_days, 0);
    let report = debt(&repo).now("sun 12:00").all();
    report.item("on sunday").introduced_on(None);
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

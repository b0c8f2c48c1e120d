//! The standup, the summary and stand-ins past their date, from real repositories.

use serde_json::Value;

use crate::support::Repo;
use crate::support::desk::Desk;

fn array<'v>(value: &'v Value, pointer: &str) -> &'v Vec<Value> {
    value.pointer(pointer).unwrap().as_array().unwrap()
}

fn person<'v>(standup: &'v Value, name: &str) -> &'v Value {
    let people = array(standup, "/people").iter();
    let mut people = people.filter(|it| it["name"].as_str().unwrap().starts_with(name));
    people
        .next()
        .unwrap_or_else(|| panic!("{name} in {standup:#}"))
}

fn subjects(person: &Value) -> Vec<&str> {
    let commits = array(person, "/commits").iter();
    commits.map(|it| it["subject"].as_str().unwrap()).collect()
}

/// Two people hack on two days and pay on the third.
fn week() -> Repo {
    let repo = Repo::new();
    repo.commit("mon 09:30", "Sammy", "begin", |t| {
        t.write(
            "charge.rs",
            "fn charge() {\n    // TODO: retry\n    go();\n}\n",
        )
    });
    repo.commit("mon 15:00", "Johnny", "settings", |t| {
        t.write(
            "config.rs",
            "fn config() {\n    // HACK: read twice\n    twice();\n}\n",
        )
    });
    repo.branch("side");
    repo.commit("tue 10:00", "Sammy", "hook\n\nTODO: undo me", |t| {
        t.write(
            "hook.rs",
            "fn hook() {\n    // FIXME: not signed\n    trust();\n}\n",
        )
    });
    repo.switch("main");
    repo.merge("tue 17:00", "Johnny", &["side"], |t| t);
    repo.commit("wed 10:30", "Johnny", "tests: charge", |t| {
        t.write("tests/charge.rs", "fn charges() {}\n")
    });
    repo.commit("wed 10:50", "Johnny", "retry for real", |t| {
        t.write("charge.rs", "fn charge() {\n    again(3);\n}\n")
    });
    repo
}

#[test]
fn without_a_team_the_authors_are_the_people_and_the_last_work_day_is_looked_back_to() {
    let repo = week();
    let desk = Desk::of(&repo);
    let standup = desk.json("standup");
    assert_eq!(standup["schema"], "hackweek/standup/1");
    assert_eq!(standup["day"], 3);
    assert_eq!(standup["since"]["what"], "last_work_day");
    let johnny = person(&standup, "Johnny");
    let subjects_of = subjects(johnny);
    assert_eq!(subjects_of[..2], ["retry for real", "tests: charge"]);
    assert_eq!(johnny["opened"], 0);
    assert_eq!(johnny["paid"], 1);
    assert_eq!(array(johnny, "/commits")[2]["merge"], true);
    // What Sammy brought in on Monday and nobody paid is owed; what Johnny paid is not.
    let sammy = person(&standup, "Sammy");
    let owed: Vec<_> = array(sammy, "/owes")
        .iter()
        .map(|it| it["text"].as_str().unwrap())
        .collect();
    assert_eq!(owed, ["not signed", "undo me"]);
    assert_eq!(subjects(sammy), ["hook"]);
}

#[test]
fn what_the_team_wrote_stands_beside_what_git_knows() {
    let repo = week();
    let mut desk = Desk::of(&repo);
    desk.sit("Sammy");
    desk.at("wed 09:00");
    desk.does("team add", &["Sammy", "--mail", "sammy@shop.example"]);
    desk.does("task add", &["sign the hook", "--owner", "Sammy"]);
    let standup = desk.at("wed 11:00").json("standup");
    let sammy = person(&standup, "Sammy");
    assert_eq!(sammy["you"], true);
    assert_eq!(sammy["turn"], "waiting");
    assert_eq!(array(sammy, "/today")[0]["text"], "sign the hook");
    assert_eq!(subjects(sammy), ["hook"]);
    // Who commits and is in no team is there too.
    let johnny = person(&standup, "Johnny");
    assert_eq!(johnny["turn"], Value::Null);
    assert_eq!(array(johnny, "/commits").len(), 3);
}

#[test]
fn the_summary_tells_what_git_knows() {
    let repo = week();
    let mut desk = Desk::of(&repo);
    let summary = desk.at("fri 15:00").json("summary");
    assert_eq!(summary["schema"], "hackweek/summary/1");
    assert_eq!(summary["commits"]["count"], 6);
    let debt = &summary["debt"];
    assert_eq!(
        ["opened", "paid", "open"].map(|it| debt[it].as_u64()),
        [Some(4), Some(1), Some(3)]
    );
    assert_eq!(summary["stories"]["best"]["text"], "retry");
    assert_eq!(summary["stories"]["worst"]["text"], "not signed");
    assert_eq!(summary["stories"]["honest"]["subject"], "hook");
    let work = &summary["work"];
    assert_eq!(work["build"], 4);
    assert_eq!(work["tests"], 1);
    // As the debt report has it.
    let report = desk.week();
    assert_eq!(
        (
            report.totals.introduced,
            report.totals.paid,
            report.totals.open
        ),
        (4, 1, 3)
    );
}

/// A promise of Tuesday 14:00 with a file that stands in.
fn promised(repo: &Repo) -> Desk<'_> {
    let mut desk = Desk::of(repo);
    desk.at("mon 09:10");
    desk.sit("Johnny");
    desk.does("team add", &["Sammy", "--mail", "sammy@shop.example"]);
    desk.does(
        "promise add",
        &[
            "webhook JSON",
            "--to",
            "Sammy",
            "--due",
            "2 14:00",
            "--agreed",
            "--stand-in",
            "Sammy simulates data",
            "--stand-in-path",
            "tests/data/webhook.json",
        ],
    );
    desk
}

fn mocked() -> Repo {
    let repo = week();
    repo.commit("tue 11:00", "Sammy", "simulate data", |t| {
        t.write("tests/data/webhook.json", "{}\n")
    });
    repo
}

#[test]
fn a_stand_in_is_debt_once_its_promise_is_past_due() {
    let repo = mocked();
    let mut desk = promised(&repo);
    let mocks = |desk: &Desk<'_>| -> Vec<Value> {
        let report = desk.json("debt");
        let items = array(&report, "/items").iter();
        items.filter(|it| it["marker"] == "MOCK").cloned().collect()
    };
    assert!(mocks(desk.at("tue 13:59")).is_empty());
    let before = desk.json("debt")["totals"]["introduced"].as_u64().unwrap();
    let found = mocks(desk.at("tue 14:00"));
    let item = &found[0];
    assert_eq!(item["source"], "promise");
    assert_eq!(item["status"], "open");
    assert_eq!(item["text"], "webhook.json past its date");
    assert_eq!(item["path"], "tests/data/webhook.json");
    assert_eq!(item["introduced"]["day"], 2);
    assert!(
        item["introduced"]["author"]
            .as_str()
            .unwrap()
            .starts_with("Sammy <"),
        "{item:#}"
    );
    assert_eq!(desk.json("debt")["totals"]["introduced"], before + 1);
    // All documents have it, and people can decide on it as on any other.
    let standup = desk.json("standup");
    let owed = array(person(&standup, "Sammy"), "/owes");
    assert!(owed.iter().any(|it| it["marker"] == "MOCK"), "{owed:#?}");
    let id = item["id"].as_str().unwrap();
    desk.at("wed 10:00")
        .does("debt accept", &[id, "--reason", "it stays for the demo"]);
    assert_eq!(mocks(&desk)[0]["status"], "accepted");
    for format in [
        "table", "markdown", "html", "slack", "csv", "sarif", "github",
    ] {
        desk.does("debt", &["--format", format]);
    }
}

#[test]
fn a_stand_in_is_paid_when_the_real_thing_is_there() {
    let repo = mocked();
    let mut desk = promised(&repo);
    let list = desk.json("promise list");
    let id = array(&list, "/promises")[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    desk.at("wed 09:00").does("promise keep", &[&id]);
    let report = desk.json("debt");
    let mut items = array(&report, "/items").iter();
    let item = items.find(|it| it["marker"] == "MOCK").unwrap();
    assert_eq!(item["status"], "paid");
    assert_eq!(item["paid"]["how"], "said");
    assert_eq!(item["paid"]["day"], 3);
    assert!(
        item["paid"]["author"]
            .as_str()
            .unwrap()
            .starts_with("Johnny <"),
        "{item:#}"
    );
}

#[test]
fn a_promise_kept_in_time_was_never_debt() {
    let repo = mocked();
    let mut desk = promised(&repo);
    let list = desk.json("promise list");
    let id = array(&list, "/promises")[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    desk.at("tue 13:00").does("promise keep", &[&id]);
    let report = desk.at("wed 11:00").json("debt");
    assert!(
        array(&report, "/items")
            .iter()
            .all(|it| it["marker"] != "MOCK")
    );
}

#[test]
fn a_stand_in_is_paid_by_the_commit_that_takes_it_away() {
    let repo = mocked();
    let gone = repo.commit("wed 10:55", "Sammy", "use the real webhook", |t| {
        t.delete("tests/data/webhook.json")
    });
    let desk = promised(&repo);
    let mut desk = desk;
    let report = desk.at("wed 11:00").json("debt");
    let mut items = array(&report, "/items").iter();
    let item = items.find(|it| it["marker"] == "MOCK").unwrap();
    assert_eq!(item["status"], "paid");
    assert_eq!(item["paid"]["commit"], gone.to_string());
    assert_eq!(item["paid"]["how"], "deleted");
}

#[test]
fn a_stand_in_that_went_in_time_was_never_debt() {
    let repo = mocked();
    repo.commit("tue 13:00", "Sammy", "use the real webhook", |t| {
        t.delete("tests/data/webhook.json")
    });
    let mut desk = promised(&repo);
    let report = desk.at("wed 11:00").json("debt");
    assert!(
        array(&report, "/items")
            .iter()
            .all(|it| it["marker"] != "MOCK")
    );
}

//! Tasks, promises, notes and the team on the command line.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::support::Repo;
use crate::support::binary::{hackweek, told};
use crate::support::desk::Desk;
use crate::support::shop::shop;

/// The id of what a command made.
fn made(desk: &Desk<'_>, words: &str, more: &[&str]) -> String {
    let more: Vec<&str> = more.iter().copied().chain(["--format", "json"]).collect();
    let done: Value = serde_json::from_str(&desk.does(words, &more)).unwrap();
    assert_eq!(done["schema"], "hackweek/change/1");
    done["made"].as_str().unwrap().to_owned()
}

#[test]
fn a_task_is_added_given_and_done() {
    let (repo, _) = shop();
    let desk = Desk::of(&repo);
    desk.does("team add Sammy --mail", &["sammy@shop.example"]);
    let said = desk.does(
        "task add",
        &["draw the till", "--owner", "me", "--day", "2"],
    );
    assert_eq!(
        said,
        "T-01 added: draw the till (`hackweek undo` takes it back)\n"
    );
    assert_eq!(made(&desk, "task add", &["paint it"]), "T-02");
    let said = desk.does("task give T-02", &["sam"]);
    assert!(said.starts_with("T-02 moved to Sammy ("), "{said}");
    desk.does("task done t1", &[]);
    let list = desk.json("task list");
    assert_eq!(list["schema"], "hackweek/tasks/1");
    assert_eq!(list["week"], "2026-W47");
    let rows = list["tasks"].as_array().unwrap();
    let row = |id: &str| rows.iter().find(|row| row["id"] == id).unwrap();
    assert_eq!(
        *row("T-01"),
        json!({
            "id": "T-01",
            "text": "draw the till",
            "note": null,
            "owner": "Tove",
            "day": 2,
            "status": "done",
            "done_at": "2026-11-18T11:00:00+01:00",
            "gives_to": [],
            "waits_for": [],
            "carried_from": [],
        })
    );
    assert_eq!(
        (&row("T-02")["owner"], &row("T-02")["status"]),
        (&json!("Sammy"), &json!("open"))
    );
    let page = desk.does("task list", &[]);
    assert!(page.contains("T-02") && page.contains("paint it"), "{page}");
}

#[test]
fn a_carried_task_is_in_the_next_week() {
    let (repo, _) = shop();
    let mut desk = Desk::of(&repo);
    desk.does("task add", &["draw the till"]);
    desk.does("task carry T-01", &[]);
    assert_eq!(desk.json("task list")["tasks"], json!([]));
    desk.at("2026-11-23 10:00");
    let task = &desk.json("task list")["tasks"][0];
    assert_eq!(task["carried_from"], json!(["2026-W47"]));
}

#[test]
fn the_rules_of_the_team_hold() {
    let (repo, _) = shop();
    let desk = Desk::of(&repo);
    for text in ["one", "two", "three"] {
        desk.does("task add", &[text, "--owner", "me"]);
    }
    let why = desk.refused(3, "task add", &["four", "--owner", "me"]);
    assert!(
        why.contains("Tove already has three of three tasks"),
        "{why}"
    );
    desk.refused(2, "task add", &["five", "--day", "6"]);
    desk.refused(2, "task add", &[" "]);
    let why = desk.refused(2, "task done T-99", &[]);
    assert!(
        why.contains("there is no task T-99: `hackweek task list`"),
        "{why}"
    );
    let why = desk.refused(2, "task add", &["six", "--owner", "Nobody"]);
    assert!(why.contains("there is no person Nobody"), "{why}");
    assert_eq!(desk.json("task list")["tasks"].as_array().unwrap().len(), 3);
}

#[test]
fn a_name_that_fits_two_people_is_asked_for_again() {
    let (repo, _) = shop();
    let desk = Desk::of(&repo);
    desk.does("team add", &["Ann Berg"]);
    desk.does("team add", &["Ann Dahl", "--mail", "ann@shop.example"]);
    let why = desk.refused(2, "task add", &["paint", "--owner", "ann"]);
    assert!(
        why.contains("fits 2 persons") && why.contains("Ann Dahl"),
        "{why}"
    );
    desk.does("task add", &["paint", "--owner", "ann@shop.example"]);
    assert_eq!(desk.json("task list")["tasks"][0]["owner"], "Ann Dahl");
    desk.does("team leave", &["Ann Berg"]);
    let team = desk.json("team list");
    assert_eq!(
        team["people"],
        json!([{"name": "Ann Dahl", "mails": ["ann@shop.example"]}])
    );
}

#[test]
fn a_promise_goes_from_proposed_to_kept() {
    let (repo, _) = shop();
    let mut desk = Desk::of(&repo);
    desk.does("team add", &["Sammy"]);
    let id = made(
        &desk,
        "promise add",
        &[
            "the price list",
            "--to",
            "Sammy",
            "--due",
            "3 12:00",
            "--stand-in",
            "made-up prices",
        ],
    );
    let promise = |desk: &Desk<'_>| desk.json("promise list")["promises"][0].clone();
    assert_eq!(
        promise(&desk),
        json!({
            "id": id,
            "from": "Tove",
            "to": ["Sammy"],
            "what": "the price list",
            "shape": null,
            "stand_in": "made-up prices",
            "stand_in_path": null,
            "due": "2026-11-18T12:00:00+01:00",
            "state": "proposed",
            "real_at": null,
            "overdue": false,
        })
    );
    desk.does("promise agree", &[&id]);
    desk.does("promise mock", &[&id]);
    desk.at("wed 13:00");
    let late = promise(&desk);
    assert_eq!(
        (&late["state"], &late["overdue"]),
        (&json!("on_mock"), &json!(true))
    );
    desk.does("promise keep", &[&id]);
    assert_eq!(promise(&desk)["real_at"], "2026-11-18T13:00:00+01:00");
    let page = desk.does("promise list", &[]);
    assert!(
        page.contains("the price list") && page.contains("real"),
        "{page}"
    );
    desk.refused(2, "promise add", &["x", "--due", "soon"]);
    desk.refused(2, "promise keep", &["zzzzzz"]);
}

#[test]
fn notes_have_kinds_and_blockers_are_solved() {
    let (repo, _) = shop();
    let desk = Desk::of(&repo);
    let blocker = made(&desk, "note add --as blocker", &["no key for the bank"]);
    made(&desk, "note add --as good", &["it prints"]);
    made(&desk, "note add --as try", &["pair on day 1"]);
    let parked = made(&desk, "note add --as parked", &["who feeds the cat"]);
    desk.does("note done", &[&blocker]);
    let notes = desk.json("note list");
    let kinds: Vec<&Value> = notes["notes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|n| &n["kind"])
        .collect();
    assert_eq!(kinds, ["blocker", "parked", "good", "try"]);
    assert_eq!(notes["notes"][0]["done"], true);
    assert_eq!(notes["notes"][0]["by"], "Tove");
    assert_eq!(notes["notes"][3]["votes"], 0);
    desk.does("note delete", &[&parked]);
    assert_eq!(desk.json("note list --as parked")["notes"], json!([]));
    desk.refused(2, "note done", &["zzzz"]);
}

#[test]
fn the_week_tells_the_day_and_the_deadline() {
    let (repo, _) = shop();
    let desk = Desk::of(&repo);
    desk.does("week goal", &["a till that rings"]);
    desk.does("task add", &["draw it"]);
    let week = desk.json("week");
    assert_eq!(week["schema"], "hackweek/week/1");
    assert_eq!(
        (&week["day"], &week["phase"]),
        (&json!(3), &json!("review"))
    );
    assert_eq!(week["week"]["deadline"], "2026-11-19T23:59:59+01:00");
    assert_eq!(week["seconds_left"], 37 * 60 * 60 - 1);
    assert_eq!(week["hack_days"], json!([1, 2]));
    assert_eq!(week["goal"], "a till that rings");
    assert_eq!(week["tasks_planned"], 1);
    let page = desk.does("week", &[]);
    assert!(
        page.contains("day 3 of 5: review") && page.contains("in 36 h 59 min"),
        "{page}"
    );
}

#[test]
fn undo_goes_back_to_the_beginning_and_redo_comes_back() {
    let (repo, _) = shop();
    let desk = Desk::of(&repo);
    desk.does("task add", &["draw"]);
    desk.does("task done T-01", &[]);
    desk.does("undo", &[]);
    assert_eq!(desk.json("task list")["tasks"][0]["status"], "open");
    desk.does("undo", &[]);
    assert_eq!(desk.json("task list")["tasks"], json!([]));
    let why = desk.refused(3, "undo", &[]);
    assert!(why.contains("nothing to undo"), "{why}");
    desk.does("redo", &[]);
    desk.does("redo", &[]);
    assert_eq!(desk.json("task list")["tasks"][0]["status"], "done");
    assert!(desk.refused(3, "redo", &[]).contains("nothing to redo"));
}

#[test]
fn everybody_is_who_git_says() {
    let (repo, _) = shop();
    repo.commit("mon 11:00", "Tove", "Name people", |t| {
        t.write(
            ".mailmap",
            "Tove Berg <tove@berg.example> <tove@shop.example>\n",
        )
    });
    let desk = Desk::of(&repo);
    desk.does("note add --as keep", &["the cat"]);
    desk.sit("Sammy");
    desk.does("note add --as keep", &["the dog"]);
    desk.sit("Tove");
    desk.does("note add --as keep", &["the fish"]);
    let team = desk.json("team list");
    assert_eq!(
        team["people"],
        json!([
            {"name": "Tove Berg", "mails": ["tove@berg.example"]},
            {"name": "Sammy", "mails": ["sammy@shop.example"]},
        ])
    );
}

#[test]
fn lists_make_nothing_and_changes_leave_the_repository_alone() {
    let (repo, _) = shop();
    let desk = Desk::of(&repo);
    for words in [
        "task list",
        "promise list",
        "note list",
        "team list",
        "week",
    ] {
        desk.does(words, &[]);
    }
    assert!(!desk.data().join("hackweek.db").exists());
    let before = repo.everything();
    desk.does("task add", &["draw"]);
    assert_eq!(repo.everything(), before);
}

#[test]
fn what_is_written_cannot_play_with_a_terminal() {
    let (repo, _) = shop();
    let desk = Desk::of(&repo);
    let evil = "red \u{1b}[31m\u{202e}alert\nsecond";
    for (words, list) in [
        ("task add", "task list"),
        ("promise add", "promise list"),
        ("note add --as try", "note list"),
        ("team add", "team list"),
        ("week goal", "week"),
    ] {
        for text in [
            desk.does(words, &[evil]),
            desk.does(list, &[]),
            desk.json(list).to_string(),
        ] {
            let bad = |c: char| c == '\u{1b}' || c == '\u{202e}' && !text.starts_with('{');
            assert!(!text.contains(bad), "{words}: {text:?}");
        }
    }
}

#[test]
fn no_repository_is_no_empty_list() {
    let nowhere = Repo::new();
    let path: PathBuf = nowhere.path().join("nothing");
    let data = nowhere.path().join("data");
    let (path, data) = (path.to_str().unwrap(), data.to_str().unwrap());
    for words in [["task", "list"], ["note", "list"]] {
        let output = hackweek(words.into_iter().chain(["--repo", path, "--data", data]));
        assert_eq!(output.status.code(), Some(3), "{}", told(&output));
    }
}

#[test]
fn a_list_has_two_formats() {
    let (repo, _) = shop();
    let desk = Desk::of(&repo);
    let why = desk.refused(2, "task list --format csv", &[]);
    assert!(why.contains("table and json"), "{why}");
    desk.refused(2, "task add --format html", &["draw"]);
    assert_eq!(desk.json("task list")["tasks"], json!([]));
}

#[test]
fn tasks_that_are_added_at_once_have_numbers_of_their_own() {
    let (repo, _) = shop();
    let desk = Desk::of(&repo);
    let (path, data) = (repo.path().to_owned(), desk.data().to_owned());
    std::thread::scope(|scope| {
        for text in ["one", "two", "three", "four"] {
            let (path, data) = (path.to_str().unwrap(), data.to_str().unwrap());
            scope.spawn(move || {
                let now = "2026-11-18T11:00:00+01:00";
                let output = hackweek([
                    "task", "add", text, "--repo", path, "--data", data, "--now", now,
                ]);
                assert_eq!(output.status.code(), Some(0), "{}", told(&output));
            });
        }
    });
    let list = desk.json("task list");
    let mut ids: Vec<&str> = list["tasks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|t| t["id"].as_str().unwrap())
        .collect();
    ids.sort_unstable();
    assert_eq!(ids, ["T-01", "T-02", "T-03", "T-04"]);
}

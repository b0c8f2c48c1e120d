//! What people decide of an item, and that it stays decided.

use serde_json::{Value, json};

use crate::support::binary::told;
use crate::support::desk::Desk;
use crate::support::shop::{ADMIN, LOGIN, RETRY, TWICE, shop};
use crate::support::{Repo, debt, debt_of};

#[test]
fn an_accepted_item_is_no_longer_open() {
    let (repo, _) = shop();
    let desk = Desk::of(&repo);
    let id = desk.id(RETRY);
    let said = desk.does("debt accept", &[&id, "--reason", "the bank is never down"]);
    assert_eq!(
        said,
        format!("{id} accepted: the bank is never down (`hackweek undo` takes it back)\n")
    );
    let report = desk.week();
    let item = report.item(RETRY).is("accepted");
    assert_eq!(
        item.json["decision"],
        json!({
            "kind": "accepted",
            "reason": "the bank is never down",
            "by": "Tove <tove@shop.example>",
            "time": "2026-11-18T11:00:00+01:00",
        })
    );
    let totals = &report.totals;
    assert_eq!((totals.accepted, totals.open, totals.undecided), (1, 2, 2));
}

#[test]
fn what_is_dismissed_is_not_in_the_share_that_is_paid() {
    let (repo, _) = shop();
    let desk = Desk::of(&repo);
    repo.commit("wed 10:00", "Johnny", "Fix", |t| {
        t.write(
            "login.rs",
            LOGIN.replace("    // HACK: everybody is an administrator\n", ""),
        )
    });
    desk.does("debt dismiss", &[&desk.id(RETRY)]);
    let report = desk.week();
    report.item(RETRY).is("dismissed");
    report.item(ADMIN).is("paid");
    assert_eq!(report.totals.dismissed, 1);
    assert_eq!(report.totals.paydown, Some(0.5));
}

#[test]
fn an_item_is_carried_once() {
    let (repo, _) = shop();
    let mut desk = Desk::of(&repo);
    let id = desk.id(TWICE);
    desk.does("debt carry", &[&id]);
    let report = desk.week();
    report.item(TWICE).is("carried");
    assert_eq!((report.totals.carried, report.totals.undecided), (1, 2));
    // The next week it needs another decision, and this one is refused.
    desk.at("2026-11-25 11:00");
    desk.all().item(TWICE).is("open");
    let why = desk.refused(3, "debt carry", &[&id]);
    assert!(why.contains("was carried from 2026-W47 already"), "{why}");
    desk.does("debt accept", &[&id, "--reason", "a slow line is rare"]);
    desk.all().item(TWICE).is("accepted");
}

#[test]
fn a_decision_is_undone_and_done_again_by_later_runs() {
    let (repo, _) = shop();
    let desk = Desk::of(&repo);
    let id = desk.id(RETRY);
    desk.does("debt dismiss", &[&id]);
    let said = desk.does("undo", &[]);
    assert!(
        said.starts_with(&format!("undone: {id} is not debt")),
        "{said}"
    );
    desk.week().item(RETRY).open();
    desk.does("redo", &[]);
    desk.week().item(RETRY).is("dismissed");
    desk.does("debt reopen", &[&id]);
    let report = desk.week();
    assert_eq!(report.item(RETRY).open().json["decision"], Value::Null);
    desk.refused(3, "debt reopen", &[&id]);
}

#[test]
fn the_gate_lets_decided_items_pass() {
    let (repo, _) = shop();
    let desk = Desk::of(&repo);
    let gate = || desk.run("debt --fail-on undecided", &[]).status.code();
    assert_eq!(gate(), Some(1));
    desk.does("debt carry", &[&desk.id(RETRY)]);
    desk.does("debt dismiss", &[&desk.id(TWICE)]);
    assert_eq!(gate(), Some(1));
    desk.does(
        "debt accept",
        &[&desk.id(ADMIN), "--reason", "it is a demo"],
    );
    assert_eq!(gate(), Some(0));
}

/// What each gate says of what is open, undecided and late; empty where it lets the report pass.
/// Every report that tells of debt says the same.
fn gates(desk: &Desk) -> [String; 3] {
    ["open", "undecided", "late"].map(|what| {
        let mut said = Vec::new();
        for report in ["debt", "debt --all --week 2026-W48", "standup", "summary"] {
            let output = desk.run(report, &["--fail-on", what]);
            let words = String::from_utf8(output.stderr.clone()).unwrap();
            let found = words.lines().find(|line| line.contains("the gate found"));
            let found = found.map(|line| line.replace("hackweek: the gate found ", ""));
            let code = i32::from(found.is_some());
            assert_eq!(output.status.code(), Some(code), "{}", told(&output));
            said.push(found.unwrap_or_default());
        }
        assert!(said.iter().all(|it| *it == said[0]), "{what}: {said:?}");
        said.remove(0)
    })
}

#[test]
fn the_gate_counts_what_was_carried_into_the_week() {
    let (repo, _) = shop();
    let mut desk = Desk::of(&repo);
    let [retry, twice, admin] = [RETRY, TWICE, ADMIN].map(|text| desk.id(text));
    for id in [&retry, &twice, &admin] {
        desk.does("debt carry", &[id]);
    }
    let passed = desk.run("debt --fail-on open,undecided,late", &[]);
    assert_eq!(passed.status.code(), Some(0), "{}", told(&passed));

    desk.at("2026-11-24 11:00");
    let three = "3 open (3 carried in)";
    assert_eq!(gates(&desk), [three, "3 undecided (3 carried in)", ""]);
    repo.commit("2026-11-24 09:00", "Sammy", "More", |t| {
        t.write("more.rs", "// TODO: more\nfn more() {}\n")
    });
    let four = "4 open (3 carried in)";
    assert_eq!(gates(&desk), [four, "4 undecided (3 carried in)", ""]);
    desk.does("debt accept", &[&retry, "--reason", "it is never down"]);
    let three = "3 open (2 carried in)";
    assert_eq!(gates(&desk), [three, "3 undecided (2 carried in)", ""]);

    // Day 4 is over, and does not close.
    desk.at("2026-11-27 10:00");
    let late = "3 late (2 carried in)";
    assert_eq!(gates(&desk), [three, "3 undecided (2 carried in)", late]);
    let why = desk.refused(3, "check close", &[]);
    assert!(why.contains("3 still need a decision"), "{why}");
    desk.does("debt paid", &[&twice]);
    let two = "2 open (1 carried in)";
    assert_eq!(gates(&desk), [two, "2 undecided (1 carried in)", late]);
    desk.does("debt dismiss", &[&admin]);
    let late = "2 late (1 carried in)";
    assert_eq!(gates(&desk), ["1 open", "1 undecided", late]);

    // The reports say so too.
    let statuses = &desk.json("debt")["carried_in"];
    let statuses = statuses.as_array().unwrap().iter();
    let statuses: Vec<&Value> = statuses.map(|item| &item["status"]).collect();
    assert_eq!(statuses, ["accepted", "paid_late", "dismissed"]);
    for report in ["standup", "summary"] {
        let carried = &desk.json(report)["debt"]["carried_in"];
        assert_eq!(
            *carried,
            json!({
                "from": ["2026-W47"],
                "items": 3,
                "paid": 1,
                "paid_late": 1,
                "accepted": 1,
                "dismissed": 1,
                "open": 0,
            }),
            "{report}"
        );
    }
}

#[test]
fn a_paid_item_stays_paid() {
    let (repo, _) = shop();
    let desk = Desk::of(&repo);
    let id = desk.id(ADMIN);
    desk.does("debt carry", &[&id]);
    let fix = repo.commit("thu 10:00", "Johnny", "Fix", |t| t.delete("login.rs"));
    desk.week().item(ADMIN).paid_by(fix, "deleted");
    let why = desk.refused(3, "debt accept", &[&id, "--reason", "why not"]);
    assert!(why.contains("is paid already"), "{why}");
}

#[test]
fn a_person_pays_what_git_cannot_show() {
    let (repo, _) = shop();
    repo.say("tue 9:00", "Sammy", "Ship it\n\nTODO: tell the bank");
    let mut desk = Desk::of(&repo);
    desk.at("thu 10:00");
    desk.does("debt paid", &[&desk.id("tell the bank")]);
    let report = desk.week();
    let item = report.item("tell the bank").is("paid");
    let paid = item.paid.clone().unwrap();
    assert_eq!(
        (paid.commit, paid.how.as_str(), paid.day),
        (None, "said", Some(4))
    );
    assert_eq!(paid.author, "Tove <tove@shop.example>");
    assert_eq!(report.totals.paid, 1);
}

#[test]
fn a_promoted_suspicion_counts() {
    let repo = Repo::new();
    repo.commit("mon 10:00", "Sammy", "Build", |t| {
        t.write(
            "a.rs",
            "fn a() {\n    // this is an ugly workaround\n    go();\n}\n",
        )
    });
    let desk = Desk::of(&repo);
    let report = desk.week();
    report.counts(0);
    let id = report.suspected.first().unwrap().id.clone();
    desk.does("debt promote", &[&id]);
    let report = desk.week();
    assert_eq!((report.totals.introduced, report.totals.undecided), (1, 1));
    assert_eq!(report.item("ugly").tier, "declared");
    desk.does("debt reopen", &[&id]);
    desk.week().counts(0);
}

#[test]
fn the_beginning_of_an_id_is_enough() {
    let (repo, _) = shop();
    let desk = Desk::of(&repo);
    let id = desk.id(RETRY);
    desk.does("debt dismiss", &[&id[..6].to_uppercase()]);
    desk.does("debt reopen", &[&format!("shop:{}", &id[..6])]);
    let short = desk.refused(2, "debt dismiss", &[&id[..3]]);
    assert!(short.contains("at least 4"), "{short}");
    let none = desk.refused(2, "debt dismiss", &["zzzzzzzz"]);
    assert!(none.contains("there is no item zzzzzzzz"), "{none}");
    desk.refused(2, "debt dismiss", &[&format!("elsewhere:{id}")]);
    desk.refused(2, "debt accept", &[&id]);
    desk.refused(2, "debt accept", &[&id, "--reason", " "]);
    desk.refused(2, "debt --all dismiss", &[&id]);
}

#[test]
fn decisions_outlive_a_rebuild_and_a_rebase() {
    let (repo, first) = shop();
    repo.branch("side");
    repo.commit("mon 11:00", "Johnny", "Cat", |t| {
        t.write(
            "cat.rs",
            "fn feed() {\n    // TODO: buy food\n    cat();\n}\n",
        )
    });
    let desk = Desk::of(&repo);
    let id = desk.id("buy food");
    desk.does("debt accept", &[&id, "--reason", "the cat is fat"]);
    desk.does("rebuild", &[]);
    desk.all().item("buy food").is("accepted");
    repo.branch_at("onto", first);
    let onto = repo.say("mon 12:00", "Sammy", "Meanwhile");
    repo.switch("side");
    assert!(repo.rebase("mon 13:00", "Johnny", onto));
    desk.all().item("buy food").is("accepted");
}

#[test]
fn a_report_makes_no_log_and_no_decision_touches_the_repository() {
    let (repo, _) = shop();
    let desk = Desk::of(&repo);
    let log = desk.data().join("hackweek.db");
    let report = desk.week();
    desk.refused(3, "undo", &[]);
    assert!(!log.exists());
    let before = repo.everything();
    desk.does("debt dismiss", &[&report.items[0].id]);
    assert!(log.exists());
    assert_eq!(repo.everything(), before);
}

#[test]
fn a_log_of_something_else_is_left_alone() {
    let (repo, _) = shop();
    let desk = Desk::of(&repo);
    let id = desk.id(RETRY);
    let log = desk.data().join("hackweek.db");
    std::fs::write(&log, "my diary").unwrap();
    for words in ["debt", "undo"] {
        let why = desk.refused(3, words, &[]);
        assert!(why.contains("is left alone"), "{why}");
    }
    desk.refused(3, "debt dismiss", &[&id]);
    assert_eq!(std::fs::read_to_string(&log).unwrap(), "my diary");
}

#[test]
fn people_who_decide_at_once_all_decide() {
    let (repo, _) = shop();
    let desk = Desk::of(&repo);
    let ids = [RETRY, TWICE, ADMIN].map(|text| desk.id(text));
    let outputs = std::thread::scope(|scope| {
        let path = (desk.repo.path().to_owned(), desk.data().to_owned());
        let runs = ids.each_ref().map(|id| {
            let (repo, data) = path.clone();
            scope.spawn(move || {
                let (repo, data) = (repo.to_str().unwrap(), data.to_str().unwrap());
                let now = "2026-11-18T11:00:00+01:00";
                crate::support::binary::hackweek([
                    "debt",
                    "dismiss",
                    id,
                    "--repo",
                    repo,
                    "--data",
                    data,
                    "--now",
                    now,
                    "--timezone",
                    "Europe/Berlin",
                ])
            })
        });
        runs.map(|run| run.join().unwrap())
    });
    for output in outputs {
        assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    }
    let report = desk.week();
    assert_eq!(report.totals.dismissed, 3);
    let by: Vec<&Value> = report
        .items
        .iter()
        .map(|i| &i.json["decision"]["by"])
        .collect();
    assert_eq!(by, ["Tove <tove@shop.example>"; 3]);
}

#[test]
fn another_repository_has_another_board() {
    let ((mine, _), (other, _)) = (shop(), shop());
    let desk = Desk::of(&mine);
    desk.does("debt dismiss", &[&desk.id(RETRY)]);
    debt(&other).data(desk.data()).all().item(RETRY).open();
    // The same repository from a worktree of it is the same board.
    let tree = mine.worktree();
    debt_of([tree])
        .data(desk.data())
        .all()
        .item(RETRY)
        .is("dismissed");
}

#[test]
fn an_item_is_named_by_where_it_stands() {
    let (repo, _) = shop();
    repo.commit("mon 11:00", "Sammy", "Move", |t| {
        t.rename("login.rs", "in/login.rs")
    });
    let desk = Desk::of(&repo);
    for place in ["in/login.rs:3", "login.rs:3", "shop/in/login.rs:3"] {
        desk.does("debt dismiss", &[place]);
        desk.week().item(ADMIN).is("dismissed");
        desk.does("undo", &[]);
    }
    for nothing in ["in/login.rs:4", "ogin.rs:3", "login.rs:"] {
        desk.refused(2, "debt dismiss", &[nothing]);
    }
}

#[test]
fn a_secret_in_an_item_is_not_shown_when_several_fit() {
    let repo = Repo::new();
    let key = ["AKIA", "IOSFODNN7", "EXAMPLE"].concat();
    let owing = format!("fn a() {{\n    // TODO: drop {key}\n    go();\n}}\n");
    repo.commit("mon 10:00", "Sammy", "Build", |t| {
        t.write("a/x.rs", owing.as_str())
            .write("b/x.rs", owing.as_str())
    });
    let desk = Desk::of(&repo);
    let why = desk.refused(2, "debt dismiss", &["x.rs:2"]);
    assert!(
        why.contains("fits 2 items") && why.contains("a/x.rs:2"),
        "{why}"
    );
    assert!(!why.contains(&key), "{why}");
}

//! `hackweek config set` and `unset`: one value changed in the user's file.

use std::fs;

use tempfile::TempDir;

use super::bare::{command, hackweek, said};

const FILE: &str = ".config/hackweek/hackweek.toml";

fn config(home: &TempDir, args: &[&str]) -> (i32, String, String) {
    hackweek(home.path(), &[&["config"], args].concat())
}

fn file(home: &TempDir) -> String {
    fs::read_to_string(home.path().join(FILE)).unwrap()
}

#[test]
fn a_value_is_set_and_the_way_back_is_told_and_works() {
    let home = tempfile::tempdir().unwrap();
    assert_eq!(
        config(&home, &["set", "standup.seconds", "120"]),
        (
            0,
            String::new(),
            "hackweek: standup.seconds is 120 now; wrote ~/.config/hackweek/hackweek.toml\n  \
             hint: `hackweek config unset standup.seconds` takes it back\n"
                .to_owned()
        )
    );
    let (_, shown, _) = config(&home, &["show"]);
    assert_eq!(shown, "[standup]\nseconds = 120\n");
    let (_, _, err) = config(&home, &["set", "debt.tags", "TODO, NOCOMMIT"]);
    assert!(
        err.contains("debt.tags is [\"TODO\", \"NOCOMMIT\"] now;"),
        "{err}"
    );
    let (_, _, err) = config(&home, &["set", "debt.tags", "TODO"]);
    assert!(
        err.contains("hint: `hackweek config set debt.tags 'TODO, NOCOMMIT'` takes it back"),
        "{err}"
    );
    let (code, _, err) = config(&home, &["set", "debt.tags", "TODO"]);
    assert!(code == 0 && err.contains("nothing to change"), "{err}");
    let (_, _, err) = config(&home, &["unset", "debt.tags"]);
    assert!(
        err.contains("debt.tags is TODO, FIXME, XXX, HACK again"),
        "{err}"
    );
    assert_eq!(file(&home), "[standup]\nseconds = 120\n");
}

#[test]
fn a_moved_day_is_found_where_the_user_wrote_it() {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir_all(home.path().join(FILE).parent().unwrap()).unwrap();
    fs::write(
        home.path().join(FILE),
        "[week.moved]\n2026-W47.5 = 2026-11-21\n",
    )
    .unwrap();
    let key = "week.moved.2026-W47.5";
    let (code, _, err) = config(&home, &["set", key, "2026-11-22"]);
    assert_eq!(code, 0, "{err}");
    assert_eq!(file(&home), "[week.moved]\n2026-W47.5 = \"2026-11-22\"\n");
    let (code, _, err) = config(&home, &["unset", key]);
    assert_eq!(code, 0, "{err}");
    assert!(!file(&home).contains("2026-W47"));
}

#[test]
fn keys_are_set_and_refused_as_the_screens_would() {
    let home = tempfile::tempdir().unwrap();
    let (code, _, _) = config(&home, &["set", "keys.debt.edit", "E, ctrl-e"]);
    assert_eq!(code, 0);
    assert_eq!(file(&home), "[keys]\n\"debt.edit\" = [\"E\", \"ctrl-e\"]\n");
    for (key, value, why) in [
        (
            "keys.debt.edit",
            "j",
            "j would be both \"move.down\" and \"debt.edit\"",
        ),
        ("keys.debt.edit", "hyper-x", "is no key"),
        ("keys.debt.edti", "E", "did you mean \"debt.edit\"?"),
        (
            "standup.seconds",
            "2",
            "`standup.seconds`: `2` is not between 10 and 3600",
        ),
        ("mouse", "true", "did you mean `ui.mouse`?"),
        ("debt.excludes", "a[", "a["),
    ] {
        let (code, out, err) = config(&home, &["set", key, value]);
        assert_eq!((code, out.as_str()), (2, ""), "{key}: {err}");
        assert!(err.contains(why), "{err}");
    }
    assert_eq!(file(&home), "[keys]\n\"debt.edit\" = [\"E\", \"ctrl-e\"]\n");
    let (code, _, err) = config(&home, &["unset", "keys.debt.edit"]);
    assert!(
        code == 0 && err.contains("was [\"E\", \"ctrl-e\"]"),
        "{err}"
    );
    assert_eq!(file(&home), "");
}

#[test]
fn a_broken_file_is_told_and_left_and_another_can_be_named() {
    let home = tempfile::tempdir().unwrap();
    let own = home.path().join("own.toml");
    fs::write(&own, "[ui]\nmose = true\n").unwrap();
    let args = ["set", "ui.mouse", "false", "--config", "own.toml"];
    let (code, _, err) = config(&home, &args);
    assert_eq!(code, 3);
    assert!(err.contains("own.toml:2: unknown key `mose`"), "{err}");
    assert_eq!(fs::read_to_string(&own).unwrap(), "[ui]\nmose = true\n");
    fs::write(&own, "[ui]\r\nmouse = true # wheel\r\n").unwrap();
    assert_eq!(config(&home, &args).0, 0);
    assert_eq!(
        fs::read_to_string(&own).unwrap(),
        "[ui]\r\nmouse = false # wheel\r\n"
    );
    assert!(!home.path().join(FILE).exists());
    let (code, _, err) = config(&home, &["set", "ui.mouse", "true", "--output", "x"]);
    assert!(code == 2 && err.contains("--config FILE"), "{err}");
}

#[test]
fn the_datas_own_file_is_written_where_it_counts() {
    let home = tempfile::tempdir().unwrap();
    config(&home, &["set", "ui.mouse", "false"]);
    fs::create_dir(home.path().join("data")).unwrap();
    fs::write(home.path().join("data/hackweek.toml"), "").unwrap();
    let (code, _, err) = config(&home, &["set", "plan.minutes", "45", "--data", "data"]);
    assert_eq!(code, 0);
    assert!(err.contains("wrote ~/data/hackweek.toml"), "{err}");
    assert!(
        err.contains("hint: it counts in place of ~/.config/hackweek/hackweek.toml"),
        "{err}"
    );
    assert_eq!(file(&home), "[ui]\nmouse = false\n");
}

#[test]
fn the_limit_of_tasks_that_is_set_is_the_one_that_holds() {
    let home = tempfile::tempdir().unwrap();
    git2::Repository::init(home.path()).unwrap();
    config(&home, &["set", "plan.per_person", "1"]);
    let add = |what: &str| {
        let mut command = command(home.path(), &["task", "add", what, "--owner", "Sammy"]);
        said(command.env("USER", "Sammy").output().unwrap())
    };
    let (code, _, err) = hackweek(home.path(), &["team", "add", "Sammy"]);
    assert_eq!(code, 0, "{err}");
    let (code, _, err) = add("one");
    assert_eq!(code, 0, "{err}");
    let (code, _, err) = add("two");
    assert_ne!(code, 0, "{err}");
    config(&home, &["set", "plan.per_person", "2"]);
    let (code, _, err) = add("two");
    assert_eq!(code, 0, "{err}");
}

#[test]
fn shells_complete_settings_and_actions() {
    let home = tempfile::tempdir().unwrap();
    let (_, script, _) = hackweek(home.path(), &["completions", "zsh"]);
    for key in [
        "standup.seconds",
        "ui.glyphs",
        "keys.debt.edit",
        "keys.move.down",
    ] {
        assert!(script.contains(key), "{key}");
    }
}

#[test]
fn processes_that_write_at_once_lose_nothing() {
    let home = tempfile::tempdir().unwrap();
    let keys = [
        "standup.seconds",
        "demo.seconds",
        "plan.minutes",
        "review.minutes",
    ];
    std::thread::scope(|scope| {
        for key in keys {
            let home = &home;
            scope.spawn(move || {
                for value in ["30", "40", "50"] {
                    let (code, _, err) = config(home, &["set", key, value]);
                    assert_eq!(code, 0, "{err}");
                }
            });
        }
    });
    let text = file(&home);
    assert_eq!(text.matches(" = 50\n").count(), keys.len(), "{text}");
}

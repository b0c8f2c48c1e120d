//! A file that is changed by the program is still the user's.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use proptest::prelude::*;

use super::file::ConfigFile;
use super::*;
use crate::workspace::places::Places;

fn fine(_: &Config) -> Result<(), String> {
    Ok(())
}

fn file(text: &str) -> ConfigFile {
    ConfigFile {
        path: PathBuf::from("hackweek.toml"),
        text: Some(text.to_owned()),
        passed_over: None,
    }
}

fn to(key: &str, value: &str) -> Edit {
    Edit {
        key: key.to_owned(),
        to: Some(Written::Typed(value.to_owned())),
    }
}

fn away(key: &str) -> Edit {
    Edit {
        key: key.to_owned(),
        to: None,
    }
}

fn edited(text: &str, edit: &Edit) -> Result<String, String> {
    let edited = file(text).edited(std::slice::from_ref(edit), &fine);
    edited.map(|(text, _)| text).map_err(|why| why.to_string())
}

const OWN: &str = r#"# Mine.
[ui]   # how it looks
glyphs  =  "ascii"   # the font is odd
# The mouse gets in the way.
mouse = false

# What we owe.
[debt]
tags = [
  "TODO", # the usual
  "LATER",
]
# the end
"#;

#[test]
fn a_value_takes_the_place_of_the_old_one_and_nothing_else_moves() {
    assert_eq!(
        edited(OWN, &to("ui.glyphs", "auto")).unwrap(),
        OWN.replace("\"ascii\"", "\"auto\"")
    );
    assert_eq!(
        edited(OWN, &to("debt.tags", "TODO, LATER, FIXME")).unwrap(),
        OWN.replace("  \"LATER\",\n", "  \"LATER\",\n  \"FIXME\",\n")
    );
}

#[test]
fn a_new_value_comes_last_in_its_table_and_a_new_table_last_in_the_file() {
    assert_eq!(
        edited(OWN, &to("debt.stubs", "true")).unwrap(),
        OWN.replace("]\n# the end", "]\nstubs = true\n# the end")
    );
    assert_eq!(
        edited(OWN, &to("standup.seconds", "120")).unwrap(),
        format!("{OWN}\n[standup]\nseconds = 120\n")
    );
    assert_eq!(
        edited("", &to("keys.debt.edit", "E, ctrl-e")).unwrap(),
        "[keys]\n\"debt.edit\" = [\"E\", \"ctrl-e\"]\n"
    );
    assert_eq!(
        edited(OWN, &to("week.moved.2026-W47.5", "2026-11-21")).unwrap(),
        format!("{OWN}\n[week.moved]\n\"2026-W47.5\" = \"2026-11-21\"\n")
    );
}

#[test]
fn tables_in_one_line_and_dotted_keys_stay_as_they_are_written() {
    for (before, edit, after) in [
        (
            "ui = { mouse = false }\n",
            to("ui.glyphs", "ascii"),
            "ui = { mouse = false, glyphs = \"ascii\" }\n",
        ),
        (
            "ui.mouse = false\n",
            to("ui.glyphs", "ascii"),
            "ui.mouse = false\nui.glyphs = \"ascii\"\n",
        ),
        (
            "ui.mouse = false\nui.glyphs = \"ascii\"\n",
            away("ui.mouse"),
            "ui.glyphs = \"ascii\"\n",
        ),
        (
            "week.time = \"author\"\n",
            to("week.moved.2026-W47.5", "2026-11-21"),
            "week.time = \"author\"\nweek.moved = { \"2026-W47.5\" = \"2026-11-21\" }\n",
        ),
    ] {
        assert_eq!(edited(before, &edit).unwrap(), after);
    }
    let one_line = edited(
        "ui = { mouse = false, glyphs = \"ascii\" }\n",
        &away("ui.mouse"),
    );
    assert_eq!(file(&one_line.unwrap()).value("ui.mouse"), "true");
}

#[test]
fn what_is_taken_out_leaves_comments_and_no_empty_header() {
    assert_eq!(
        edited(OWN, &away("ui.mouse")).unwrap(),
        OWN.replace("mouse = false\n", "")
    );
    assert_eq!(edited(OWN, &away("ui.nothing")).unwrap_err(), {
        "there is no setting `ui.nothing`: the keys here are mouse, glyphs"
    });
    assert_eq!(edited(OWN, &away("standup.seconds")).unwrap(), OWN);
    let list = edited(OWN, &away("debt.tags")).unwrap();
    assert!(
        list.ends_with("\n# What we owe.\n[debt]\n# the end\n"),
        "{list}"
    );
    assert_eq!(
        edited("[ui]\nmouse = true\n", &away("ui.mouse")).unwrap(),
        ""
    );
}

#[test]
fn line_endings_marks_and_a_missing_last_newline_are_kept() {
    let dos = format!("\u{feff}{}", OWN.replace('\n', "\r\n"));
    let both = edited(&dos, &to("standup.seconds", "120")).unwrap();
    assert_eq!(both, format!("{dos}\r\n[standup]\r\nseconds = 120\r\n"));
    assert_eq!(edited(&both, &away("standup.seconds")).unwrap(), dos);
    let mixed = "[ui]\r\nmouse = true\n\n# here\r\n[debt]\nstubs = true";
    assert_eq!(
        edited(mixed, &to("debt.skipped_tests", "true")).unwrap(),
        format!("{mixed}\nskipped_tests = true").replace("true\nskipped", "true\r\nskipped")
    );
}

#[test]
fn a_wrong_value_is_refused_in_the_words_of_the_reader() {
    let refused = |key: &str, value: &str| {
        let error = file(OWN).edited(&[to(key, value)], &fine).unwrap_err();
        error.of_value(key)
    };
    assert_eq!(
        refused("standup.seconds", "3"),
        "`3` is not between 10 and 3600"
    );
    assert_eq!(
        refused("standup.seconds", "1:30"),
        "a whole number is wanted here, not string"
    );
    assert_eq!(
        refused("week.holidays", "2026-12-24, xmas"),
        "`xmas` is not a date: write it like 2026-12-24"
    );
    assert_eq!(
        refused("ui.glyphs", "emoji"),
        "`emoji` is not one of \"auto\", \"unicode\", \"ascii\""
    );
    assert!(refused("week.deadline", "mon").contains("before hack day 2"));
    assert!(refused("debt.tags", "[\"TODO\"").contains("is no list"));
    let not_off = |config: &Config| match config.ui.mouse {
        true => Err("not so".to_owned()),
        false => Ok(()),
    };
    let refused = file(OWN).edited(&[to("ui.mouse", "true")], &not_off);
    assert_eq!(refused.unwrap_err().to_string(), "`ui.mouse`: not so");
    // What was wrong before is not the fault of this key.
    let wrong = file("[ui]\nmouse = true\n").edited(&[to("debt.stubs", "true")], &not_off);
    assert_eq!(wrong.unwrap_err().to_string(), "hackweek.toml: not so");
}

#[test]
fn a_mistake_elsewhere_is_told_with_its_line_and_one_in_the_key_itself_is_mended() {
    let broken = "[ui]\nmose = true\n";
    assert_eq!(
        edited(broken, &to("debt.stubs", "true")).unwrap_err(),
        "hackweek.toml:2: unknown key `mose` in [ui]: did you mean `mouse`?"
    );
    assert!(
        edited("[ui\n", &to("debt.stubs", "true"))
            .unwrap_err()
            .starts_with("hackweek.toml:1: ")
    );
    assert!(
        edited("ui = 1\n", &to("ui.mouse", "true"))
            .unwrap_err()
            .contains("a table, [ui],")
    );
    let wrong = "[standup]\nseconds = 1\n";
    assert_eq!(edited(wrong, &away("standup.seconds")).unwrap(), "");
    assert_eq!(
        edited(wrong, &to("standup.seconds", "90")).unwrap(),
        "[standup]\nseconds = 90\n"
    );
}

#[test]
fn a_setting_that_is_not_there_is_told_with_the_nearest() {
    let no = |key: &str| edited("", &to(key, "1")).unwrap_err();
    assert!(
        no("mouse").ends_with("did you mean `ui.mouse`?"),
        "{}",
        no("mouse")
    );
    assert!(no("standup.second").ends_with("did you mean `standup.seconds`?"));
    assert!(
        no("plan").ends_with("the keys here are minutes, per_person"),
        "{}",
        no("plan")
    );
    assert!(no("zzzzzzzz").contains("the keys here are week, standup, plan,"));
    assert!(!no("\u{1b}[2J").contains('\u{1b}'));
}

#[test]
fn every_setting_has_a_default_of_its_kind_and_takes_it_back() {
    let keys: Vec<String> = SETTINGS.iter().map(|one| one.key.to_owned()).collect();
    let all = schema::TABLES
        .iter()
        .flat_map(|(table, keys)| keys.iter().map(move |key| format!("{table}.{key}")));
    for key in all.filter(|key| key != "week.moved") {
        assert!(keys.contains(&key), "{key} cannot be set by itself");
    }
    for setting in SETTINGS {
        let value = file("").value(setting.key);
        if setting.key == "week.timezone" {
            assert_eq!(value, "");
            continue;
        }
        let text = edited("", &to(setting.key, &value)).unwrap();
        let config = Config::parse(Path::new("x"), &text).unwrap();
        assert_eq!(config, Config::default(), "{}", setting.key);
        if let Kind::Word(words) = setting.kind {
            for word in words {
                edited("", &to(setting.key, word)).unwrap();
            }
        }
    }
}

#[test]
fn a_deep_nest_is_an_error_and_no_overflow() {
    for text in [
        format!("week = {}{}", "[".repeat(200_000), "]".repeat(200_000)),
        format!("week = {}{}", "{a=".repeat(200_000), "}".repeat(200_000)),
        format!("{}x = 1", "a.".repeat(100_000)),
    ] {
        assert!(edited(&text, &to("ui.mouse", "true")).is_err());
    }
    let deep = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
    assert!(edited("", &to("debt.tags", &deep)).is_err());
    assert!(edited("", &to("ui.glyphs", &"a".repeat(200_000))).is_err());
}

/// Three places of their own.
struct World(tempfile::TempDir);

impl World {
    fn new() -> Self {
        let world = Self(tempfile::tempdir().unwrap());
        fs::create_dir(world.path("data")).unwrap();
        world
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn places(&self) -> Places {
        Places {
            data_dir: self.path("data"),
            config_dir: Some(self.path("config/hackweek")),
            config_file: None,
        }
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }
}

const USERS: &str = "config/hackweek/hackweek.toml";

#[test]
fn the_users_file_is_made_changed_and_changed_back_to_nothing() {
    let world = World::new();
    let made = change(&world.places(), &[to("standup.seconds", "120")], &fine).unwrap();
    assert_eq!(world.read(USERS), "[standup]\nseconds = 120\n");
    assert_eq!((made.before.clone(), made.was[0].old.clone()), (None, None));
    assert_eq!(made.config.rules.standup_each, 120);
    let again = change(&world.places(), &[to("standup.seconds", "60")], &fine).unwrap();
    assert_eq!(again.was[0].old.as_deref(), Some("120"));
    let back = change_back(&world.places(), &again, &fine).unwrap();
    assert_eq!(world.read(USERS), "[standup]\nseconds = 120\n");
    change_back(&world.places(), &back, &fine).unwrap();
    assert_eq!(world.read(USERS), "[standup]\nseconds = 60\n");
    change(&world.places(), &[to("standup.seconds", "120")], &fine).unwrap();
    change_back(&world.places(), &made, &fine).unwrap();
    assert!(!world.path(USERS).exists());
    let names = fs::read_dir(world.path("config/hackweek")).unwrap().count();
    assert_eq!(names, 0, "something is left behind");
}

#[test]
fn what_others_wrote_since_stays_when_a_change_is_taken_back() {
    let world = World::new();
    let made = change(&world.places(), &[to("standup.seconds", "120")], &fine).unwrap();
    change(&world.places(), &[to("ui.mouse", "false")], &fine).unwrap();
    change_back(&world.places(), &made, &fine).unwrap();
    assert_eq!(world.read(USERS), "[ui]\nmouse = false\n");
}

/// Days 1 to 3 of a week, a day later each.
fn a_day_later() -> [Edit; 3] {
    [(1, 17), (2, 18), (3, 19)].map(|(day, date)| {
        to(
            &format!("week.moved.2026-W47.{day}"),
            &format!("2026-11-{date}"),
        )
    })
}

#[test]
fn several_keys_are_changed_together_and_taken_back_together() {
    let world = World::new();
    change(
        &world.places(),
        &[to("week.moved.2026-W47.4", "2026-11-20")],
        &fine,
    )
    .unwrap_err();
    let mut later = a_day_later().to_vec();
    // Day 4 stays in the way of the third.
    let refused = change(&world.places(), &later, &fine).unwrap_err();
    assert!(
        refused
            .to_string()
            .starts_with("`week.moved.2026-W47.3`: day 3 of 2026-W47 can't be on 2026-11-19"),
        "{refused}"
    );
    assert!(!world.path(USERS).exists());
    later.push(to("week.moved.2026-W47.4", "2026-11-20"));
    later.push(to("week.moved.2026-W47.5", "2026-11-21"));
    let changed = change(&world.places(), &later, &fine).unwrap();
    assert_eq!(changed.config.calendar.settings().moved.len(), 5);
    change(&world.places(), &[to("ui.mouse", "false")], &fine).unwrap();
    let back = change_back(&world.places(), &changed, &fine).unwrap();
    assert_eq!(world.read(USERS), "[ui]\nmouse = false\n");
    change_back(&world.places(), &back, &fine).unwrap();
    let again = world.read(USERS);
    assert_eq!(again.matches("2026-W47.").count(), 5, "{again}");
}

#[test]
fn a_moved_day_is_changed_where_it_stands_also_without_quotes() {
    let key = "week.moved.2026-W47.5";
    for (before, after, without) in [
        (
            "[week.moved]\n2026-W47.5 = 2026-11-21 # a party\n",
            "[week.moved]\n2026-W47.5 = \"2026-11-22\" # a party\n",
            "[week.moved]\n",
        ),
        (
            "[week.moved.2026-W47]\n5 = \"2026-11-21\"\n",
            "[week.moved.2026-W47]\n5 = \"2026-11-22\"\n",
            "",
        ),
        (
            "[week]\nmoved = { 2026-W47 = { 5 = \"2026-11-21\" } }\n",
            "[week]\nmoved = { 2026-W47 = { 5 = \"2026-11-22\" } }\n",
            "[week]\nmoved = { 2026-W47 = {} }\n",
        ),
    ] {
        assert_eq!(file(before).value(key), "2026-11-21", "{before}");
        assert_eq!(edited(before, &to(key, "2026-11-22")).unwrap(), after);
        assert_eq!(edited(before, &away(key)).unwrap(), without, "{before}");
        // Another day of that week beside it.
        let both = edited(before, &to("week.moved.2026-W47.4", "2026-11-20")).unwrap();
        let config = file(&both).config().unwrap();
        assert_eq!(config.calendar.settings().moved.len(), 2, "{both}");
    }
}

#[test]
fn the_file_that_counts_is_the_one_that_is_written() {
    let world = World::new();
    change(&world.places(), &[to("ui.mouse", "false")], &fine).unwrap();
    fs::write(world.path("data/hackweek.toml"), "# ours\n").unwrap();
    let changed = change(&world.places(), &[to("plan.per_person", "4")], &fine).unwrap();
    assert_eq!(changed.file.path, world.path("data/hackweek.toml"));
    assert_eq!(changed.file.passed_over, Some(world.path(USERS)));
    assert_eq!(
        world.read("data/hackweek.toml"),
        "# ours\n\n[plan]\nper_person = 4\n"
    );
    assert_eq!(world.read(USERS), "[ui]\nmouse = false\n");
    let places = Places {
        config_file: Some(world.path("own/x.toml")),
        ..world.places()
    };
    change(&places, &[to("ui.mouse", "true")], &fine).unwrap();
    assert_eq!(world.read("own/x.toml"), "[ui]\nmouse = true\n");
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_a_mode_stays_a_mode() {
    use std::os::unix::fs::PermissionsExt;
    let world = World::new();
    fs::create_dir_all(world.path("config/hackweek")).unwrap();
    fs::create_dir(world.path("dotfiles")).unwrap();
    fs::write(world.path("dotfiles/h.toml"), OWN).unwrap();
    fs::set_permissions(
        world.path("dotfiles/h.toml"),
        fs::Permissions::from_mode(0o640),
    )
    .unwrap();
    std::os::unix::fs::symlink("../../dotfiles/h.toml", world.path(USERS)).unwrap();
    let changed = change(&world.places(), &[to("ui.glyphs", "auto")], &fine).unwrap();
    assert!(world.path(USERS).is_symlink());
    assert_eq!(
        world.read("dotfiles/h.toml"),
        OWN.replace("\"ascii\"", "\"auto\"")
    );
    let mode = fs::metadata(world.path("dotfiles/h.toml"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o640);
    change_back(&world.places(), &changed, &fine).unwrap();
    assert_eq!(world.read("dotfiles/h.toml"), OWN);
    assert!(world.path(USERS).is_symlink());
}

#[cfg(unix)]
#[test]
fn what_may_not_be_written_is_told_and_stays_as_it_was() {
    use std::os::unix::fs::PermissionsExt;
    let world = World::new();
    fs::create_dir_all(world.path("config/hackweek")).unwrap();
    fs::write(world.path(USERS), OWN).unwrap();
    fs::set_permissions(world.path(USERS), fs::Permissions::from_mode(0o444)).unwrap();
    let error = change(&world.places(), &[to("ui.mouse", "true")], &fine).unwrap_err();
    assert!(error.to_string().ends_with("it is as it was"), "{error}");
    assert_eq!(world.read(USERS), OWN);
    let names = fs::read_dir(world.path("config/hackweek")).unwrap().count();
    assert_eq!(names, 1, "a draft is left behind");
    // A file where a folder should be.
    fs::remove_dir_all(world.path("config")).unwrap();
    fs::write(world.path("config"), "").unwrap();
    let error = change(&world.places(), &[to("ui.mouse", "true")], &fine).unwrap_err();
    assert!(
        matches!(error, ConfigError::Read { .. } | ConfigError::Write { .. }),
        "{error}"
    );
}

#[test]
fn drafts_of_processes_that_ended_are_taken_away_and_nothing_else() {
    let world = World::new();
    let folder = world.path("config/hackweek");
    fs::create_dir_all(&folder).unwrap();
    let age = |name: &str, hours: u64| {
        let then = SystemTime::now() - Duration::from_secs(hours * 3600 + 60);
        let file = fs::File::open(folder.join(name)).unwrap();
        file.set_modified(then).unwrap();
    };
    for (name, hours) in [
        (".hackweek-Ab3xYz.tmp", 1),
        (".hackweek-000000.tmp", 48),
        // Another process may be at it.
        (".hackweek-Young0.tmp", 0),
        // Of others, or of an output.
        (".hackweek-Ab3xYz.tmp.bak", 48),
        (".hackweek-Ab3xYzz.tmp", 48),
        (".hackweek-Ab3xY.tmp", 48),
        (".hackweek-123-45.tmp", 48),
        (".hackweek-12-345.tmp", 48),
        (".hackweek-ébcde.tmp", 48),
        ("hackweek-Ab3xYz.tmp", 48),
        ("notes.toml", 48),
    ] {
        fs::write(folder.join(name), "mine").unwrap();
        age(name, hours);
    }
    fs::create_dir(folder.join(".hackweek-Folder.tmp")).unwrap();
    #[cfg(unix)]
    {
        age(".hackweek-Folder.tmp", 48);
        std::os::unix::fs::symlink("notes.toml", folder.join(".hackweek-Linked.tmp")).unwrap();
    }
    let names = || {
        let entries = fs::read_dir(&folder).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.collect::<BTreeSet<_>>()
    };
    let before = names();
    // What is refused takes nothing away.
    change(&world.places(), &[to("standup.seconds", "2")], &fine).unwrap_err();
    assert_eq!(names(), before);
    change(&world.places(), &[to("standup.seconds", "120")], &fine).unwrap();
    let after = names();
    let gone: Vec<&String> = before.difference(&after).collect();
    assert_eq!(gone, [".hackweek-000000.tmp", ".hackweek-Ab3xYz.tmp"]);
    let new: Vec<&String> = after.difference(&before).collect();
    assert_eq!(new, ["hackweek.toml"]);
}

#[test]
fn two_who_write_at_once_lose_nothing_of_each_other() {
    let world = World::new();
    let write = |key: &'static str, from: u32| {
        let places = world.places();
        move || {
            for value in from..from + 25 {
                change(&places, &[to(key, &value.to_string())], &fine).unwrap();
            }
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(write("standup.seconds", 100));
        scope.spawn(write("plan.minutes", 30));
        scope.spawn(write("demo.seconds", 200));
    });
    let found = ConfigFile::find(&world.places()).unwrap();
    let value = |key: &str| found.value(key);
    assert_eq!(
        ["standup.seconds", "plan.minutes", "demo.seconds"].map(value),
        ["124", "54", "224"]
    );
}

/// Settings and values that each can have.
fn any_setting() -> impl Strategy<Value = (&'static str, String)> {
    let word = "[a-zA-Z][a-zA-Z*/ ,\"'éö#=-]{0,12}[a-z]";
    prop_oneof![
        (10_u32..=3600).prop_map(|n| ("standup.seconds", n.to_string())),
        (1_u32..=20).prop_map(|n| ("plan.per_person", n.to_string())),
        any::<bool>().prop_map(|on| ("ui.mouse", on.to_string())),
        prop::sample::select(vec!["auto", "ascii", "unicode"])
            .prop_map(|word| ("ui.glyphs", word.to_owned())),
        Just(("week.holidays", "2026-12-24, 2026-12-25".to_owned())),
        Just(("week.hack_days", "1, 3".to_owned())),
        Just(("week.moved.2026-W47.5", "2026-11-21".to_owned())),
        prop::collection::vec(word, 1..4).prop_map(|words| {
            let words: toml_edit::Array = words.into_iter().collect();
            ("debt.phrases", toml_edit::Value::Array(words).to_string())
        }),
        prop::collection::vec(word, 1..4).prop_map(|words| {
            let words: toml_edit::Array = words.into_iter().collect();
            ("keys.debt.edit", toml_edit::Value::Array(words).to_string())
        }),
    ]
}

/// Files as people write them.
fn any_file() -> impl Strategy<Value = String> {
    let pieces = vec![
        "# a comment\n",
        "\n",
        "[ui]\n# here\nmouse = true\n",
        "[debt] # this\n\n  stubs = true # why not\n",
        "[git]\nbranches = [ 'main',\n  # and\n \"x\" ]\n\n",
        "[standup]\nseconds = 0x5A\n",
        "[week]\ntime = \"author\"\n",
        "[week.moved]\n\"2026-W40.5\" = 2026-10-03\n",
        "[keys]\n#\"debt.edit\" = [\"E\"]\n",
        "[plan] # nothing yet\n",
    ];
    (
        prop::sample::subsequence(pieces, 0..=10).prop_shuffle(),
        any::<bool>(),
    )
        .prop_map(|(pieces, dos)| {
            let text = pieces.concat();
            if dos {
                text.replace('\n', "\r\n")
            } else {
                text
            }
        })
        .prop_filter("TOML", |text| Config::parse(Path::new("x"), text).is_ok())
}

proptest! {
    #[test]
    fn what_is_set_is_read_and_what_is_unset_was_never_there(
        text in any_file(),
        (key, value) in any_setting(),
    ) {
        let (set, config) = file(&text).edited(&[to(key, &value)], &fine).unwrap();
        let shown = file(&set).value(key);
        // Typed again as it is shown, it is the same.
        let (same, again) = file(&set).edited(&[to(key, &shown)], &fine).unwrap();
        prop_assert_eq!(&again, &config);
        prop_assert_eq!(file(&same).value(key), shown);
        // Every comment is there.
        let comments = |text: &str| text.matches('#').count();
        if file(&text).literal(key).is_none() {
            prop_assert!(comments(&set) >= comments(&text));
            let (unset, _) = file(&set).edited(&[away(key)], &fine).unwrap();
            prop_assert_eq!(unset, text);
        }
    }

    #[test]
    fn lists_are_read_as_they_are_shown(words in prop::collection::vec("[ -~]{0,8}", 0..5)) {
        let array: toml_edit::Array = words.iter().map(String::as_str).collect();
        let value = toml_edit::Value::Array(array);
        let typed = settings::typed(Kind::Texts(""), &settings::shown(&value)).unwrap();
        let texts: Vec<&str> = typed.as_array().unwrap().iter().filter_map(|it| it.as_str()).collect();
        prop_assert_eq!(texts, words);
    }
}
